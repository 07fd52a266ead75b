/**
 * Who is here and where they point, of one room: the last bytes of each client, no live Awareness. A client id belongs to
 * the socket that brought it first, so nobody moves another's cursor. Stock clients echo what they hear of others back to
 * us; those entries are left aside.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { readBytes } from "./frames.ts";
import { limits } from "./limits.ts";

interface Entry<Owner> {
  owner: Owner;
  clock: number;
  /** JSON as it came. */
  state: Uint8Array;
  seenAt: number;
}

const nothing = new TextEncoder().encode("null");

export class RoomAwareness<Owner extends { userId: string }> {
  readonly #entries = new Map<number, Entry<Owner>>();
  readonly #idOf = new Map<Owner, number>();
  readonly #changed = new Set<number>();
  /** Entries that went away since the last gathering: id → clock. */
  readonly #gone = new Map<number, number>();

  get size(): number {
    return this.#entries.size;
  }
  get hasChanges(): boolean {
    return this.#changed.size > 0 || this.#gone.size > 0;
  }

  /**
   * Takes an awareness update from a socket.
   * @throws Error when it is malformed; peers would choke on it
   */
  take(owner: Owner, update: Uint8Array, now: number): void {
    const decoder = decoding.createDecoder(update);
    const count = decoding.readVarUint(decoder);
    for (let i = 0; i < count; i += 1) {
      const id = decoding.readVarUint(decoder);
      const clock = decoding.readVarUint(decoder);
      const state = readBytes(decoder);
      const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(state));
      if (!this.#isTheirs(owner, id, value)) continue;
      const known = this.#entries.get(id);
      if (known !== undefined && known.owner === owner && clock < known.clock) continue;
      if (state.length > limits.maxAwarenessBytes) {
        if (known !== undefined) known.seenAt = now;
        continue;
      }
      if (value === null) {
        this.#remove(id, clock);
      } else {
        this.#entries.set(id, { owner, clock, state, seenAt: now });
        this.#idOf.set(owner, id);
        this.#gone.delete(id);
        this.#changed.add(id);
      }
    }
  }

  /** The socket went away, and its cursor with it. */
  drop(owner: Owner): void {
    const id = this.#idOf.get(owner);
    this.#idOf.delete(owner);
    const entry = id === undefined ? undefined : this.#entries.get(id);
    if (id !== undefined && entry !== undefined && entry.owner === owner) this.#remove(id, entry.clock);
  }

  /** Removes those that were not renewed since `before`. */
  expire(before: number): void {
    for (const [id, entry] of this.#entries) if (entry.seenAt < before) this.#remove(id, entry.clock);
  }

  /** What changed since the last call, as one awareness update; null when nothing did. */
  takeChanges(): Uint8Array | null {
    if (!this.hasChanges) return null;
    const gone = [...this.#gone].map(([id, clock]) => ({ id, clock, state: nothing }));
    const changed = [...this.#changed].flatMap((id) => this.#describe(id));
    this.#gone.clear();
    this.#changed.clear();
    return encode([...gone, ...changed]);
  }

  /** Everybody, for who has just come; null when nobody is here. */
  everyone(): Uint8Array | null {
    return this.#entries.size === 0 ? null : encode([...this.#entries.keys()].flatMap((id) => this.#describe(id)));
  }

  #describe(id: number): { id: number; clock: number; state: Uint8Array }[] {
    const entry = this.#entries.get(id);
    return entry === undefined ? [] : [{ id, clock: entry.clock, state: entry.state }];
  }

  #isTheirs(owner: Owner, id: number, value: unknown): boolean {
    const known = this.#entries.get(id);
    if (known !== undefined && known.owner !== owner) {
      // The same person on a new socket while the old one is not noticed dead yet.
      if (known.owner.userId !== owner.userId || value === null || this.#idOf.has(owner)) return false;
      this.#idOf.delete(known.owner);
      return true;
    }
    const own = this.#idOf.get(owner);
    return own === undefined ? value !== null : own === id;
  }

  #remove(id: number, clock: number): void {
    if (!this.#entries.delete(id)) return;
    this.#changed.delete(id);
    this.#gone.set(id, clock);
  }
}

function encode(entries: { id: number; clock: number; state: Uint8Array }[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, entries.length);
  for (const { id, clock, state } of entries) {
    encoding.writeVarUint(encoder, id);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarUint8Array(encoder, state);
  }
  return encoding.toUint8Array(encoder);
}
