/**
 * Who is here and where they point, of one room: the last bytes of each client, no live Awareness. A client id belongs to
 * the socket that brought it first, so nobody moves another's cursor. Stock clients echo what they hear of others back to
 * us; those entries are left aside. People on another instance belong to that instance.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { readBytes } from "./frames.ts";
import { limits } from "./limits.ts";

interface Entry<Owner> {
  owner: Owner;
  /** Whose it is: another instance's word for its people counts as ours does. */
  userId: string;
  clock: number;
  /** JSON as it came. */
  state: Uint8Array;
  seenAt: number;
}

const nothing = new TextEncoder().encode("null");

/** Another instance, which answers for the people on it. */
class Elsewhere {
  readonly instance: string;
  constructor(instance: string) {
    this.instance = instance;
  }
}

/** @typeParam Owner  a socket; `joined` counts up in a room, so that of two the newer one is known */
export class RoomAwareness<Owner extends { userId: string; joined: number }> {
  readonly #entries = new Map<number, Entry<Owner | Elsewhere>>();
  readonly #idOf = new Map<Owner, number>();
  readonly #changed = new Set<number>();
  /** Entries that went away since the last gathering. */
  readonly #gone = new Map<number, { clock: number; isOurs: boolean }>();
  readonly #instances = new Map<string, Elsewhere>();

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
    for (const { id, clock, state } of decode(update)) {
      const isGone = isNothing(state);
      if (!this.#isTheirs(owner, id, isGone)) continue;
      const known = this.#entries.get(id);
      if (known !== undefined && known.owner === owner && clock < known.clock) continue;
      if (state.length > limits.maxAwarenessBytes) {
        if (known !== undefined) known.seenAt = now;
        continue;
      }
      if (isGone) {
        this.#remove(id, clock);
      } else {
        this.#set(id, { owner, userId: owner.userId, clock, state, seenAt: now });
        this.#idOf.set(owner, id);
      }
    }
  }

  /** Takes what another instance says of the people on it. @throws Error when it is malformed */
  takeFrom(instance: string, update: Uint8Array, now: number): void {
    const elsewhere = this.#instances.get(instance) ?? new Elsewhere(instance);
    this.#instances.set(instance, elsewhere);
    for (const { id, clock, state, userId } of decodeOwned(update)) {
      const known = this.#entries.get(id);
      // Somebody who moved from one instance to another: the later word counts.
      if (known !== undefined && (clock < known.clock || (known.owner !== elsewhere && clock === known.clock)))
        continue;
      if (isNothing(state)) {
        if (known?.owner === elsewhere) this.#remove(id, clock);
      } else {
        if (known !== undefined && !(known.owner instanceof Elsewhere)) this.#idOf.delete(known.owner);
        this.#set(id, { owner: elsewhere, userId, clock, state, seenAt: now });
      }
    }
  }

  /** An instance is gone, and everybody on it. */
  dropInstance(instance: string): void {
    const elsewhere = this.#instances.get(instance);
    this.#instances.delete(instance);
    for (const [id, entry] of this.#entries) if (entry.owner === elsewhere) this.#remove(id, entry.clock);
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

  /**
   * What changed since the last call, as awareness updates: for everybody here, and for the other instances, which are
   * told of our people only. Null where nothing did.
   */
  takeChanges(): { here: Uint8Array | null; elsewhere: Uint8Array | null } {
    const changes = [
      ...[...this.#gone].map(([id, { clock, isOurs }]) => ({ id, clock, state: nothing, isOurs, userId: "" })),
      ...[...this.#changed].flatMap((id) => this.#describe(id)),
    ];
    this.#gone.clear();
    this.#changed.clear();
    return { here: encode(changes), elsewhere: encodeOwned(changes.filter((change) => change.isOurs)) };
  }

  /** Everybody, for who has just come; null when nobody is here. */
  everyone(): Uint8Array | null {
    return encode([...this.#entries.keys()].flatMap((id) => this.#describe(id)));
  }

  /** Our people, for an instance that has just come. */
  ours(): Uint8Array | null {
    return encodeOwned([...this.#entries.keys()].flatMap((id) => this.#describe(id)).filter(({ isOurs }) => isOurs));
  }

  #set(id: number, entry: Entry<Owner | Elsewhere>): void {
    this.#entries.set(id, entry);
    this.#gone.delete(id);
    this.#changed.add(id);
  }

  #describe(id: number): Described[] {
    const entry = this.#entries.get(id);
    if (entry === undefined) return [];
    const { clock, state, userId, owner } = entry;
    return [{ id, clock, state, userId, isOurs: !(owner instanceof Elsewhere) }];
  }

  #isTheirs(owner: Owner, id: number, isGone: boolean): boolean {
    const known = this.#entries.get(id);
    if (known !== undefined && known.owner !== owner) {
      if (isGone || this.#idOf.has(owner)) return false;
      // The same person on a new socket, here or come over from another instance, while the old one is not noticed dead.
      if (known.userId !== owner.userId) return false;
      // What an older socket of theirs brings late does not take the place from the newer one.
      return known.owner instanceof Elsewhere || owner.joined > known.owner.joined;
    }
    const own = this.#idOf.get(owner);
    return own === undefined ? !isGone : own === id;
  }

  #remove(id: number, clock: number): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#entries.delete(id);
    this.#changed.delete(id);
    this.#gone.set(id, { clock, isOurs: !(entry.owner instanceof Elsewhere) });
  }
}

interface Described {
  id: number;
  clock: number;
  state: Uint8Array;
  userId: string;
  isOurs: boolean;
}

function decode(update: Uint8Array): { id: number; clock: number; state: Uint8Array }[] {
  const decoder = decoding.createDecoder(update);
  const count = decoding.readVarUint(decoder);
  const entries = [];
  for (let i = 0; i < count; i += 1) {
    const id = decoding.readVarUint(decoder);
    const clock = decoding.readVarUint(decoder);
    const state = readBytes(decoder);
    JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(state));
    entries.push({ id, clock, state });
  }
  return entries;
}

/** Between instances an awareness update is followed by whose each entry is. */
function encodeOwned(entries: readonly Described[]): Uint8Array | null {
  const update = encode(entries);
  if (update === null) return null;
  return encoding.encode((encoder) => {
    encoding.writeVarUint8Array(encoder, update);
    for (const { userId } of entries) encoding.writeVarString(encoder, userId);
  });
}

function decodeOwned(bytes: Uint8Array): { id: number; clock: number; state: Uint8Array; userId: string }[] {
  const decoder = decoding.createDecoder(bytes);
  const entries = decode(readBytes(decoder));
  return entries.map((entry) => ({ ...entry, userId: decoding.readVarString(decoder) }));
}

function encode(entries: readonly { id: number; clock: number; state: Uint8Array }[]): Uint8Array | null {
  if (entries.length === 0) return null;
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, entries.length);
    for (const { id, clock, state } of entries) {
      encoding.writeVarUint(encoder, id);
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarUint8Array(encoder, state);
    }
  });
}

/** How a client says that it is gone; it may be spelt with spaces. */
function isNothing(state: Uint8Array): boolean {
  return state.length < 16 && new TextDecoder().decode(state).trim() === "null";
}
