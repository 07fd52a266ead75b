/**
 * A document as bytes: a base and the updates after it, in the order in which people saw them. What is here was sent to
 * everyone in the room; whether each part is stored is noted beside it. Asleep it holds nothing that Postgres does not,
 * and only what came since.
 */
import { limits } from "./limits.ts";
import { mergeInTree } from "./updates.ts";

interface TailEntry {
  /** Counts up over the room's life; what a slow socket missed is named by it. */
  sequence: number;
  bytes: Uint8Array;
  /** The log position that holds it; null while it is not stored. */
  position: number | null;
}

/** What was loaded: everything up to the last row's position. */
interface Loaded {
  snapshot: Uint8Array | null;
  rows: readonly { position: number; bytes: Uint8Array }[];
}

export class RoomBytes {
  /** Stored updates; null while asleep. */
  #base: Uint8Array[] | null;
  #tail: TailEntry[] = [];
  /** Bytes of both; counted along, because every update asks for it. */
  #size = 0;
  #nextSequence = 0;
  /** Of what was added below this sequence some is no longer told apart from the base. */
  #mixedBelow = 0;
  #isCondensing = false;

  constructor(loaded: Loaded) {
    this.#base = partsOf(loaded);
    this.#measure();
  }

  get nextSequence(): number {
    return this.#nextSequence;
  }
  get isAwake(): boolean {
    return this.#base !== null;
  }
  get isAllStored(): boolean {
    return this.#tail.every((entry) => entry.position !== null);
  }
  /** Bytes held, not counting what sleeps in Postgres. */
  get size(): number {
    return this.#size;
  }

  add(bytes: Uint8Array, position: number | null): TailEntry {
    const entry = { sequence: this.#nextSequence, bytes, position };
    this.#nextSequence += 1;
    this.#tail.push(entry);
    this.#size += bytes.length;
    return entry;
  }

  /** Lets go of everything; what is in it can be read from Postgres again. */
  sleep(): void {
    if (this.#isCondensing || !this.isAllStored) return;
    this.#base = null;
    this.#keepInTail(() => false);
  }

  /** @param loaded  everything stored up to `position`, read just now */
  wake(loaded: Loaded, position: number): void {
    if (this.#base !== null) return;
    this.#base = partsOf(loaded);
    this.#keepInTail((entry) => entry.position === null || entry.position > position);
  }

  /** Every part, to be applied in order. Only while awake. */
  parts(): Uint8Array[] {
    return [...this.#awake(), ...this.#tail.map((entry) => entry.bytes)];
  }

  storedParts(): Uint8Array[] {
    return [...this.#awake(), ...this.#tail.filter((entry) => entry.position !== null).map((entry) => entry.bytes)];
  }

  /**
   * What somebody with nothing gets, in order. A small document is one part. Of a large one everything goes out as it
   * lies: merging what came after the snapshot would keep everybody waiting, at each join anew.
   */
  forNewcomer(): Uint8Array[] {
    this.#fold();
    const parts = this.parts();
    if (parts.length === 0) return [mergeInTree([])];
    if (parts.length === 1 || this.#size > limits.mergeOnJoinBytes) return parts;
    return [mergeInTree(parts)];
  }

  /** What was added from `sequence` on, as few parts; everything when that is no longer told apart. */
  since(sequence: number): { isWhole: boolean; parts: Uint8Array[] } {
    if (sequence >= this.#nextSequence) return { isWhole: false, parts: [] };
    if (sequence < this.#mixedBelow) return { isWhole: true, parts: this.forNewcomer() };
    const missed = this.#tail.filter((entry) => entry.sequence >= sequence).map((entry) => entry.bytes);
    return { isWhole: false, parts: [mergeInTree(missed)] };
  }

  /** While a condensed form is being made, the parts it replaces stay as they are. */
  beginCondensing(): Uint8Array[] {
    this.#isCondensing = true;
    return this.storedParts();
  }

  /** Takes a condensed form of everything stored up to `position`; null when there is none after all. */
  endCondensing(condensed: { bytes: Uint8Array; position: number } | null): void {
    this.#isCondensing = false;
    if (condensed === null || this.#base === null) return;
    this.#base = [condensed.bytes];
    this.#keepInTail((entry) => entry.position === null || entry.position > condensed.position);
  }

  /** Puts what can be read of a damaged document in the place of what is stored. */
  replaceStored(bytes: Uint8Array): void {
    this.#base = [bytes];
    this.#keepInTail((entry) => entry.position === null);
  }

  /** Merges what is stored into the base while that is cheap, so that the next join finds it done. */
  #fold(): void {
    const base = this.#awake();
    if (this.#isCondensing || this.size > limits.mergeOnJoinBytes) return;
    const unstored = this.#tail.findIndex((entry) => entry.position === null);
    const folded = this.#tail.slice(0, unstored < 0 ? this.#tail.length : unstored);
    if (folded.length === 0 && base.length <= 1) return;
    this.#base = [mergeInTree([...base, ...folded.map((entry) => entry.bytes)])];
    const isFolded = new Set(folded);
    this.#keepInTail((entry) => !isFolded.has(entry));
  }

  #keepInTail(isKept: (entry: TailEntry) => boolean): void {
    for (const entry of this.#tail)
      if (!isKept(entry)) this.#mixedBelow = Math.max(this.#mixedBelow, entry.sequence + 1);
    this.#tail = this.#tail.filter(isKept);
    this.#measure();
  }

  #measure(): void {
    this.#size = sizeOf(this.#base ?? []) + sizeOf(this.#tail.map((entry) => entry.bytes));
  }

  #awake(): Uint8Array[] {
    if (this.#base === null) throw new Error("the document is asleep");
    return this.#base;
  }
}

function partsOf({ snapshot, rows }: Loaded): Uint8Array[] {
  return [...(snapshot === null ? [] : [snapshot]), ...rows.map((row) => row.bytes)];
}

const sizeOf = (parts: readonly Uint8Array[]): number => parts.reduce((sum, part) => sum + part.length, 0);
