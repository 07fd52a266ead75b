/** What updates hold, as sets that can be compared: which structs (client, clock) there are, and which are deleted. */
import * as Y from "yjs";

/** Per client, ranges [from, to) in order, none touching the next. */
class Ranges {
  readonly of = new Map<number, [number, number][]>();

  add(client: number, from: number, to: number): void {
    if (to <= from) return;
    const ranges = this.of.get(client) ?? [];
    const before = ranges.filter((range) => range[1] < from);
    const after = ranges.filter((range) => range[0] > to);
    const joined = ranges.slice(before.length, ranges.length - after.length);
    const merged: [number, number] = [Math.min(from, joined[0]?.[0] ?? from), Math.max(to, joined.at(-1)?.[1] ?? to)];
    this.of.set(client, [...before, merged, ...after]);
  }

  addAll(other: Ranges): void {
    for (const [client, ranges] of other.of) for (const [from, to] of ranges) this.add(client, from, to);
  }

  /** What of `other` is not in here. */
  lacks(other: Ranges): Ranges {
    const lacking = new Ranges();
    for (const [client, ranges] of other.of) {
      const own = this.of.get(client) ?? [];
      for (const [from, to] of ranges) {
        let at = from;
        for (const range of own) {
          if (range[1] <= at) continue;
          if (range[0] >= to) break;
          lacking.add(client, at, Math.min(range[0], to));
          at = Math.max(at, range[1]);
        }
        lacking.add(client, at, to);
      }
    }
    return lacking;
  }

  get size(): number {
    let sum = 0;
    for (const ranges of this.of.values()) for (const [from, to] of ranges) sum += to - from;
    return sum;
  }

  describe(nameOf: (client: number) => string): string {
    return [...this.of]
      .map(([client, ranges]) => `${nameOf(client)} ${ranges.map(([from, to]) => `${from}-${to - 1}`).join(",")}`)
      .join("; ");
  }
}

export class Content {
  readonly structs = new Ranges();
  readonly deletes = new Ranges();

  /** @param updates  Yjs v1 updates, read as bytes: what waits for something missing counts too */
  static of(...updates: readonly Uint8Array[]): Content {
    const content = new Content();
    for (const update of updates) {
      const { structs, ds } = Y.decodeUpdate(update);
      for (const struct of structs)
        if (!(struct instanceof Y.Skip))
          content.structs.add(struct.id.client, struct.id.clock, struct.id.clock + struct.length);
      content.#addDeletes(ds.clients);
    }
    return content;
  }

  /** What a document shows to hold. */
  static ofDoc(doc: Y.Doc): Content {
    const content = new Content();
    const { sv, ds } = Y.snapshot(doc);
    for (const [client, clock] of sv) content.structs.add(client, 0, clock);
    content.#addDeletes(ds.clients);
    return content;
  }

  get isEmpty(): boolean {
    return this.structs.size === 0 && this.deletes.size === 0;
  }
  get size(): number {
    return this.structs.size + this.deletes.size;
  }

  add(other: Content): this {
    this.structs.addAll(other.structs);
    this.deletes.addAll(other.deletes);
    return this;
  }

  copy(): Content {
    return new Content().add(this);
  }

  /** What of `other` is not in here. */
  lacks(other: Content): Content {
    const lacking = new Content();
    lacking.structs.addAll(this.structs.lacks(other.structs));
    lacking.deletes.addAll(this.deletes.lacks(other.deletes));
    return lacking;
  }

  describe(nameOf: (client: number) => string = String): string {
    const structs = this.structs.describe(nameOf);
    const deletes = this.deletes.describe(nameOf);
    return [...(structs === "" ? [] : [structs]), ...(deletes === "" ? [] : [`deletes of ${deletes}`])].join("; ");
  }

  #addDeletes(clients: ReadonlyMap<number, readonly { clock: number; len: number }[]>): void {
    for (const [client, items] of clients)
      for (const { clock, len } of items) this.deletes.add(client, clock, clock + len);
  }
}
