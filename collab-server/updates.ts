/** Yjs updates as bytes: checked, merged and compared without a live document. */
import * as Y from "yjs";

/** What an update holds, read while checking that it decodes. */
export interface UpdateContent {
  /** [client, first clock, clock after the last] of each run of structs. */
  runs: [number, number, number][];
  deletes: Deletes;
}
type Deletes = ReturnType<typeof Y.createDeleteSet>;

/** @throws Error when the bytes are not a Yjs v1 update */
export function inspectUpdate(bytes: Uint8Array): UpdateContent {
  const { structs, ds } = Y.decodeUpdate(bytes);
  const runs: [number, number, number][] = [];
  for (const struct of structs) {
    if (struct instanceof Y.Skip) continue;
    const { client, clock } = struct.id;
    if (struct.length < 1) throw new Error("a struct of no length");
    const last = runs.at(-1);
    if (last !== undefined && last[0] === client && last[2] === clock) last[2] = clock + struct.length;
    else runs.push([client, clock, clock + struct.length]);
  }
  return { runs, deletes: ds };
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

/** No structs, no deletes. */
export const emptyUpdate: Uint8Array = new Uint8Array([0, 0]);

/**
 * What is stored of a document, as far as telling whether an update brings anything new needs it. It counts only what is
 * committed: a client that asks after a reconnect is then told to send again whatever is not.
 */
export class StoredState {
  readonly #clocks: Map<number, number>;
  /** Made when first asked for: it is costly on a large document and most never need it. */
  #deletes: Deletes | null = null;
  #moreDeletes: Deletes[] = [];

  constructor(base: Uint8Array) {
    this.#clocks = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(base));
  }

  add(content: UpdateContent): void {
    for (const [client, from, to] of content.runs) {
      const known = this.#clocks.get(client) ?? 0;
      // A gap is not counted; at worst a client sends again what is beyond it.
      if (from <= known && to > known) this.#clocks.set(client, to);
    }
    if (this.#deletes !== null && content.deletes.clients.size > 0) this.#moreDeletes.push(content.deletes);
  }

  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.#clocks);
  }

  /** @param all gives the stored document's bytes; called at most once in this object's life */
  holds(content: UpdateContent, all: () => Uint8Array): boolean {
    for (const [client, , to] of content.runs) if (to > (this.#clocks.get(client) ?? 0)) return false;
    if (content.deletes.clients.size === 0) return true;
    this.#deletes = Y.mergeDeleteSets([this.#deletes ?? Y.decodeUpdate(all()).ds, ...this.#moreDeletes]);
    this.#moreDeletes = [];
    return coversDeletes(this.#deletes, content.deletes);
  }
}

function coversDeletes(known: Deletes, asked: Deletes): boolean {
  for (const [client, items] of asked.clients) {
    const ranges = known.clients.get(client) ?? [];
    for (const item of items) {
      if (!ranges.some((range) => range.clock <= item.clock && item.clock + item.len <= range.clock + range.len))
        return false;
    }
  }
  return true;
}
