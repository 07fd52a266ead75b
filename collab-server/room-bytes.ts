/**
 * A document as bytes: a base and the updates after it, in the order in which people saw them. What is here was sent to
 * everyone in the room; whether each part is stored is noted beside it.
 */
import * as Y from "yjs";
import { limits } from "./limits.ts";
import { emptyUpdate, mergeInTree } from "./updates.ts";

interface TailEntry {
  /** Counts up over the room's life; what a slow socket missed is named by it. */
  sequence: number;
  bytes: Uint8Array;
  /** The log position that holds it; null while it is not stored. */
  position: number | null;
}

export class RoomBytes {
  /** Everything in it is stored. */
  #base: Uint8Array;
  #tail: TailEntry[] = [];
  #nextSequence = 0;
  #isCondensing = false;

  constructor(base: Uint8Array | null, rows: readonly { position: number; bytes: Uint8Array }[]) {
    this.#base = base ?? emptyUpdate;
    for (const row of rows) this.add(row.bytes, row.position);
  }

  get nextSequence(): number {
    return this.#nextSequence;
  }
  get size(): number {
    return this.#tail.reduce((sum, entry) => sum + entry.bytes.length, this.#base.length);
  }

  add(bytes: Uint8Array, position: number | null): TailEntry {
    const entry = { sequence: this.#nextSequence, bytes, position };
    this.#nextSequence += 1;
    this.#tail.push(entry);
    return entry;
  }

  /** Every part, to be applied in order. */
  parts(): Uint8Array[] {
    return [this.#base, ...this.#tail.map((entry) => entry.bytes)];
  }

  storedParts(): Uint8Array[] {
    return [this.#base, ...this.#tail.filter((entry) => entry.position !== null).map((entry) => entry.bytes)];
  }

  /**
   * What a newcomer with nothing gets, in order; the last part completes the document and so goes out as sync step 2.
   * A small document is one part; of a large one the base goes out as it lies.
   */
  forNewcomer(): Uint8Array[] {
    this.#fold();
    if (this.#tail.length === 0) return [this.#base];
    const tail = mergeInTree(this.#tail.map((entry) => entry.bytes));
    if (this.#base.length + tail.length <= limits.mergeOnJoinBytes) return [Y.mergeUpdates([this.#base, tail])];
    return [this.#base, tail];
  }

  /** What is missing above a state vector. */
  missingFrom(stateVector: Uint8Array): Uint8Array {
    this.#fold();
    return Y.diffUpdate(mergeInTree(this.parts()), stateVector);
  }

  /** What was added from `sequence` on; everything when that is no longer told apart. */
  since(sequence: number): Uint8Array | null {
    if (sequence >= this.#nextSequence) return null;
    const first = this.#tail[0]?.sequence ?? this.#nextSequence;
    const entries =
      sequence < first
        ? this.parts()
        : this.#tail.filter((entry) => entry.sequence >= sequence).map((entry) => entry.bytes);
    return mergeInTree(entries);
  }

  /** While a condensed form is being made, the parts it replaces stay as they are. */
  beginCondensing(): Uint8Array[] {
    this.#isCondensing = true;
    return this.storedParts();
  }

  /** Takes a condensed form of everything stored up to `position`; null when there is none after all. */
  endCondensing(condensed: { bytes: Uint8Array; position: number } | null): void {
    this.#isCondensing = false;
    if (condensed === null) return;
    this.#base = condensed.bytes;
    this.#tail = this.#tail.filter((entry) => entry.position === null || entry.position > condensed.position);
  }

  /** Merges what is stored into the base while that is cheap, so that the next join finds it done. */
  #fold(): void {
    if (this.#isCondensing || this.size > limits.mergeOnJoinBytes) return;
    const stored = this.#tail.findIndex((entry) => entry.position === null);
    const count = stored < 0 ? this.#tail.length : stored;
    if (count === 0) return;
    const folded = this.#tail.splice(0, count).map((entry) => entry.bytes);
    this.#base = mergeInTree([this.#base, mergeInTree(folded)]);
  }
}
