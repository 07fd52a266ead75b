/** Yjs updates as bytes: checked, merged and compared without a live document. */
import type * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as Y from "yjs";

/** What an update holds, read while checking that it decodes. */
export interface UpdateContent {
  /** [client, first clock, clock after the last] of each run of structs. */
  runs: [number, number, number][];
  deletes: Deletes;
  /**
   * Where the deletes begin, if all before it is one run of one client: such updates of different people are merged by
   * laying them side by side. Null when it has to be taken apart for that.
   */
  deletesAt: number | null;
}
type Deletes = ReturnType<typeof Y.createDeleteSet>;

/**
 * @throws Error when the bytes are not a Yjs v1 update, or one that builds on what its own client has yet to write: Yjs
 *   decodes that and fails when it applies it
 */
export function inspectUpdate(bytes: Uint8Array): UpdateContent {
  const { structs, ds } = Y.decodeUpdateV2(bytes, MarkingDecoder);
  const runs: [number, number, number][] = [];
  let hasSkips = false;
  for (const struct of structs) {
    if (struct instanceof Y.Skip) {
      hasSkips = true;
      continue;
    }
    const { client, clock } = struct.id;
    if (struct.length < 1) throw new Error("a struct of no length");
    if (struct instanceof Y.Item) checkOrder(struct);
    const last = runs.at(-1);
    if (last !== undefined && last[0] === client && last[2] === clock) last[2] = clock + struct.length;
    else runs.push([client, clock, clock + struct.length]);
  }
  const isOneRun = runs.length === 1 && !hasSkips && bytes[0] === 1;
  return { runs, deletes: ds, deletesAt: isOneRun ? findDeletes(bytes, ds.clients.size) : null };
}

/** Remembers where in the bytes it was. */
class MarkingDecoder extends Y.UpdateDecoderV1 {
  static last: MarkingDecoder | null = null;
  readonly bytes: decoding.Decoder;
  /** After the number of clients in the delete set, when there are any. */
  firstDeletesAt: number | null = null;
  constructor(decoder: decoding.Decoder) {
    super(decoder);
    this.bytes = decoder;
    MarkingDecoder.last = this;
  }
  override resetDsCurVal(): void {
    this.firstDeletesAt ??= this.bytes.pos;
  }
}

/** Of the update that was decoded last. @returns null unless it is written in its shortest form, with nothing behind it */
function findDeletes(bytes: Uint8Array, clients: number): number | null {
  const { last } = MarkingDecoder;
  // Yjs does not mind what follows an update.
  if (last?.bytes.pos !== bytes.length) return null;
  const at = (last.firstDeletesAt ?? bytes.length) - 1;
  const isShort = (bytes[at - 1] ?? 0) < 0x80;
  return isShort && bytes[at] === clients ? at : null;
}

function checkOrder({ id, origin, rightOrigin, parent }: Y.Item): void {
  for (const before of [origin, rightOrigin, parent]) {
    if (before instanceof Y.ID && before.client === id.client && before.clock >= id.clock)
      throw new Error("a struct that builds on a later one");
  }
}

export function isEmpty(content: UpdateContent): boolean {
  return content.runs.length === 0 && content.deletes.clients.size === 0;
}

/** Merges in trees of 32: merging is quadratic in the number of updates, so thousands at once would stall everyone. */
export function mergeInTree(updates: readonly Uint8Array[]): Uint8Array {
  let level = updates;
  while (level.length > 1) {
    const next: Uint8Array[] = [];
    for (let i = 0; i < level.length; i += 32) {
      const group = level.slice(i, i + 32);
      next.push(group.length === 1 ? (group[0] as Uint8Array) : Y.mergeUpdates(group));
    }
    level = next;
  }
  return level[0] ?? emptyUpdate;
}

/**
 * Merges what was gathered in a window: mostly one short update each of a few people, which need not be taken apart.
 * The bytes are those that Yjs would make.
 */
export function mergeGathered(items: readonly { bytes: Uint8Array; content: UpdateContent }[]): Uint8Array {
  return sideBySide(items) ?? mergeInTree(items.map(({ bytes }) => bytes));
}

function sideBySide(items: readonly { bytes: Uint8Array; content: UpdateContent }[]): Uint8Array | null {
  if (items.length < 2 || items.length > mostSideBySide) return null;
  const sections: { client: number; bytes: Uint8Array }[] = [];
  for (const { bytes, content } of items) {
    const client = content.runs[0]?.[0];
    if (client === undefined || content.deletesAt === null) return null;
    sections.push({ client, bytes: bytes.subarray(1, content.deletesAt) });
  }
  if (new Set(sections.map(({ client }) => client)).size < sections.length) return null;
  // Yjs merges by reading the clients of each update from the highest down.
  sections.sort((a, b) => b.client - a.client);
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, sections.length);
    for (const section of sections) encoding.writeUint8Array(encoder, section.bytes);
    writeDeletes(encoder, Y.mergeDeleteSets(items.map(({ content }) => content.deletes)));
  });
}
const mostSideBySide = 100;

/** As Yjs writes them. */
function writeDeletes(encoder: encoding.Encoder, { clients }: Deletes): void {
  encoding.writeVarUint(encoder, clients.size);
  for (const [client, ranges] of [...clients].sort((a, b) => b[0] - a[0])) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, ranges.length);
    for (const { clock, len } of ranges) {
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarUint(encoder, len);
    }
  }
}

/** No structs, no deletes. */
export const emptyUpdate: Uint8Array = new Uint8Array([0, 0]);

/**
 * What is stored of a document, as far as telling whether an update brings anything new needs it. It counts only what is
 * committed: a client that asks after a reconnect is then told to send again whatever is not.
 */
export class StoredState {
  #clocks: Map<number, number>;
  /** Merged when first asked for: most rooms never need it. */
  #deletes: Deletes[];

  /**
   * @param snapshot  a Yjs update, null when there is none
   * @param outline   its `Y.encodeSnapshot`; without one the snapshot itself is read, which takes long when it is large
   */
  constructor(snapshot: Uint8Array | null, outline: Uint8Array | null) {
    if (outline !== null) {
      const { sv, ds } = Y.decodeSnapshot(outline);
      this.#clocks = sv;
      this.#deletes = [ds];
    } else {
      this.#clocks = new Map();
      this.#deletes = [];
      if (snapshot !== null) {
        this.#clocks = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(snapshot));
        this.#deletes = [Y.decodeUpdate(snapshot).ds];
      }
    }
  }

  add(content: UpdateContent): void {
    for (const [client, from, to] of content.runs) {
      const known = this.#clocks.get(client) ?? 0;
      // A gap is not counted; at worst a client sends again what is beyond it.
      if (from <= known && to > known) this.#clocks.set(client, to);
    }
    if (content.deletes.clients.size > 0) this.#deletes.push(content.deletes);
  }

  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.#clocks);
  }

  holds(content: UpdateContent): boolean {
    for (const [client, , to] of content.runs) if (to > (this.#clocks.get(client) ?? 0)) return false;
    if (content.deletes.clients.size === 0) return true;
    const known = Y.mergeDeleteSets(this.#deletes);
    this.#deletes = [known];
    return coversDeletes(known, content.deletes);
  }
}

/** @param known  sorted and without overlaps, as `mergeDeleteSets` leaves it */
function coversDeletes(known: Deletes, asked: Deletes): boolean {
  for (const [client, items] of asked.clients) {
    const ranges = known.clients.get(client) ?? [];
    for (const item of items) {
      const range = lastAtOrBelow(ranges, item.clock);
      if (range === undefined || item.clock + item.len > range.clock + range.len) return false;
    }
  }
  return true;
}

function lastAtOrBelow<R extends { clock: number }>(ranges: readonly R[], clock: number): R | undefined {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle] as R).clock <= clock) low = middle + 1;
    else high = middle;
  }
  return ranges[low - 1];
}
