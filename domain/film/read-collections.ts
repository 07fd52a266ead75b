/**
 * Reads the collections of a document as checked records and stays level with it: checking thousands of records
 * because one of them changed would cost hundreds of milliseconds. Transactions say which records they touched; only
 * those are read again, at the next reading, within a running transaction too.
 */
import * as Y from "yjs";
import type { z } from "zod";
import { shareStructure } from "#domain/share-structure.ts";
import { collectionOf, type CollectionName, type RecordMap } from "./document.ts";

export interface ReadCollection<R> {
  /** In the order of `compare`. A record that did not change is the same object as before, and so is the list. */
  readonly list: readonly R[];
  /** What is no record, or a malformed one, in words. */
  readonly problems: readonly string[];
}

interface Kind<R> {
  schema: z.ZodType<R>;
  compare: (a: R, b: R) => number;
}

/** @param kind  always the same one for the same collection */
export function readCollection<R extends { id: string }>(
  doc: Y.Doc,
  name: CollectionName,
  kind: Kind<R>,
): ReadCollection<R> {
  const reading = readingOf(doc);
  reading.gather();
  return reading.of(name, kind);
}

const readings = new WeakMap<Y.Doc, DocumentReading>();

function readingOf(doc: Y.Doc): DocumentReading {
  const known = readings.get(doc);
  if (known) return known;
  const made = new DocumentReading(doc);
  readings.set(doc, made);
  return made;
}

class DocumentReading {
  readonly #doc: Y.Doc;
  readonly #read = new Map<CollectionName, Remembered<{ id: string }>>();
  /** Transactions whose changes were not all gathered: a running one may change more. */
  readonly #open = new Set<Y.Transaction>();

  constructor(doc: Y.Doc) {
    this.#doc = doc;
    if (doc._transaction) this.#open.add(doc._transaction);
    doc.on("beforeTransaction", (transaction) => this.#open.add(transaction));
    doc.on("afterTransaction", (transaction) => {
      this.#gatherFrom(transaction);
      this.#open.delete(transaction);
    });
  }

  gather(): void {
    for (const transaction of this.#open) this.#gatherFrom(transaction);
  }

  of<R extends { id: string }>(name: CollectionName, kind: Kind<R>): ReadCollection<R> {
    const before = this.#read.get(name) as Remembered<R> | undefined;
    if (before?.dirty.size === 0) return before;
    const collection = collectionOf(this.#doc, name);
    const read = before ? readAgain(before, collection, name, kind) : readWhole(collection, name, kind);
    this.#read.set(name, read as Remembered<never>);
    return read;
  }

  /** A record made in a transaction is named there by its collection, however much it changes after that. */
  #gatherFrom(transaction: Y.Transaction): void {
    for (const [type, keys] of transaction.changed) {
      let [root, record]: [ChangedType, ChangedType | null] = [type, null];
      while (root.parent !== null) [root, record] = [root.parent, root];
      const read = this.#readOf(root);
      if (!read) continue;
      const ids = record === null ? keys : [read.ids.get(record)];
      for (const id of ids) if (typeof id === "string") read.dirty.add(id);
    }
  }

  #readOf(root: ChangedType): Remembered<{ id: string }> | undefined {
    for (const [name, read] of this.#read) if (this.#doc.share.get(name) === root) return read;
    return undefined;
  }
}

/** What Yjs names as changed, as its own types say it. */
type ChangedType = Y.Transaction["changed"] extends Map<infer T, unknown> ? T : never;

interface Remembered<R> extends ReadCollection<R> {
  readonly list: R[];
  readonly problems: string[];
  readonly records: Map<string, R>;
  readonly wrong: Map<string, string>;
  readonly ids: WeakMap<object, string>;
  /** What has to be read again. */
  readonly dirty: Set<string>;
}

function readWhole<R extends { id: string }>(
  collection: Y.Map<RecordMap>,
  name: CollectionName,
  kind: Kind<R>,
): Remembered<R> {
  const records = new Map<string, R>();
  const wrong = new Map<string, string>();
  const ids = new WeakMap<object, string>();
  collection.forEach((value, id) => readOne({ records, wrong, ids }, value, id, name, kind));
  return {
    list: [...records.values()].sort(kind.compare),
    problems: [...wrong.values()],
    records,
    wrong,
    ids,
    dirty: new Set(),
  };
}

function readAgain<R extends { id: string }>(
  before: Remembered<R>,
  collection: Y.Map<RecordMap>,
  name: CollectionName,
  kind: Kind<R>,
): Remembered<R> {
  const { records, wrong, ids, dirty } = before;
  const added = new Set(dirty);
  let isSame = true;
  let isInOrder = true;
  for (const id of dirty) {
    const [record, problem] = [records.get(id), wrong.get(id)];
    if (collection.has(id)) readOne(before, collection.get(id), id, name, kind);
    else for (const known of [records, wrong]) known.delete(id);
    const now = records.get(id);
    if (now !== record || wrong.get(id) !== problem) isSame = false;
    if (record && now) added.delete(id);
    if (now && !(record && kind.compare(record, now) === 0)) isInOrder = false;
  }
  dirty.clear();
  if (isSame) return before;
  const list = before.list.flatMap((record) => records.get(record.id) ?? []);
  for (const id of added) {
    const record = records.get(id);
    if (record) list.push(record);
  }
  return {
    list: isInOrder ? list : list.sort(kind.compare),
    problems: [...wrong.values()],
    records,
    wrong,
    ids,
    dirty,
  };
}

function readOne<R extends { id: string }>(
  known: Pick<Remembered<R>, "records" | "wrong" | "ids">,
  value: unknown,
  id: string,
  name: CollectionName,
  kind: Kind<R>,
): void {
  const before = known.records.get(id);
  known.records.delete(id);
  known.wrong.delete(id);
  if (!(value instanceof Y.Map)) {
    known.wrong.set(id, `${name} ${id} is no record`);
    return;
  }
  known.ids.set(value, id);
  const parsed = kind.schema.safeParse({ ...(value.toJSON() as object), id });
  if (parsed.success) {
    known.records.set(id, shareStructure(before, parsed.data));
    return;
  }
  const issue = parsed.error.issues[0];
  known.wrong.set(id, `${name} ${id} is malformed: ${issue?.path.join(".")} ${issue?.message}`);
}
