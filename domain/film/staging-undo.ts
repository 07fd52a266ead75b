/**
 * Undo takes back what one did oneself. To take back that one made an entry would take with it what others have done to
 * it since: such an entry stays, as whole as it was made. What its maker changed later, in steps of their own, is taken
 * back one by one as everywhere.
 */
import * as Y from "yjs";
import { collectionOf } from "./document.ts";
import { StagingRecord } from "./staging.ts";

/** Fields without which an entry of their kind cannot be read. */
const needed = new Map(
  StagingRecord.options.map((kind): [string, ReadonlySet<string>] => [
    kind.shape.kind.value,
    new Set(Object.entries(kind.shape).flatMap(([name, field]) => (field.safeParse(undefined).success ? [] : [name]))),
  ]),
);

type Options = Omit<NonNullable<ConstructorParameters<typeof Y.UndoManager>[1]>, "deleteFilter"> & {
  /** Nothing of the step that was asked back could be taken back: others have changed since what it did. */
  overruled?: () => void;
};
type Step = Y.UndoManager["undoStack"][number];

/** The undo of one person in a film: one step at a time, also where others leave nothing of it to take back. */
export class OwnUndo extends Y.UndoManager {
  readonly #staging: Y.Map<unknown>;
  readonly #overruled: () => void;
  /** What is being taken back. */
  #step: Step | null = null;
  /** Of what that step made: whether nobody else has a part in it. */
  #isFree = new Map<Y.Item, boolean>();

  constructor(
    doc: Y.Doc,
    scope: ConstructorParameters<typeof Y.UndoManager>[0],
    { overruled = () => {}, ...options }: Options,
  ) {
    super(scope, { ...options, deleteFilter: (item) => this.#mayGo(item) });
    this.#staging = collectionOf(doc, "staging") as Y.Map<unknown>;
    this.#overruled = overruled;
  }

  override undo(): Step | null {
    return this.#takeBack("undoStack", () => super.undo());
  }

  override redo(): Step | null {
    return this.#takeBack("redoStack", () => super.redo());
  }

  #takeBack(stack: "undoStack" | "redoStack", run: () => Step | null): Step | null {
    for (;;) {
      const step = this[stack].at(-1);
      if (step === undefined) return null;
      // Alone on the stack: from a step of which nothing is left Yjs goes on to the one before it.
      const earlier = this[stack].slice(0, -1);
      this[stack] = [step];
      this.#step = step;
      this.#isFree = new Map();
      try {
        if (run() !== null) return step;
      } finally {
        this.#step = null;
        this[stack] = earlier;
      }
      if (isNothing(step)) continue;
      this.#overruled();
      return null;
    }
  }

  #mayGo(item: Y.Item): boolean {
    const isEntry = item.parent === this.#staging;
    const entry = isEntry ? item : item.parent instanceof Y.Map ? item.parent._item : null;
    if (entry === null || entry.parent !== this.#staging) return true;
    const made = this.#madeNow(entry);
    if (made.length === 0) return isEntry || !isNeededStill(item);
    const known = this.#isFree.get(entry);
    if (known !== undefined) return known;
    const isFree = [made, ...this.#madeWith(entry)].every((lives) => !isTouchedByOthers(this.doc, lives));
    this.#isFree.set(entry, isFree);
    return isFree;
  }

  /** @returns an entry and what it was before, back to what the step that is being taken back made; empty if it made none */
  #madeNow(entry: Y.Item): Y.Item[] {
    const step = this.#step;
    if (step === null) return [];
    const lives = livesOf(this.doc, entry);
    return lives.slice(0, lives.findLastIndex(({ id }) => Y.isDeleted(step.insertions, id)) + 1);
  }

  /**
   * Where somebody's deeds were taken over from the rules in one step, half of them would leave that person idle: the
   * rules speak of nobody of whom anything is staged.
   */
  #madeWith(entry: Y.Item): Y.Item[][] {
    const [kind, shotId, who] = ["kind", "shotId", "who"].map((name) => fieldOf(entry, name));
    if (kind !== "deed") return [];
    const others: Y.Item[][] = [];
    for (const record of this.#staging.values()) {
      const other = record instanceof Y.Map ? record._item : null;
      if (other === null || other === entry || fieldOf(other, "who") !== who || fieldOf(other, "shotId") !== shotId)
        continue;
      others.push(this.#madeNow(other));
    }
    return others;
  }
}

function fieldOf(entry: Y.Item, name: string): unknown {
  return entry.content instanceof Y.ContentType && entry.content.type instanceof Y.Map
    ? entry.content.type.get(name)
    : undefined;
}

/** What was made in it was taken away in it, and nothing else. */
function isNothing({ insertions, deletions }: Step): boolean {
  return isWithin(insertions, deletions) && isWithin(deletions, insertions);
}

function isWithin(some: Step["insertions"], all: Step["insertions"]): boolean {
  for (const [client, ranges] of some.clients)
    for (const { clock, len } of ranges)
      for (let at = clock; at < clock + len; at += 1) if (!Y.isDeleted(all, Y.createID(client, at))) return false;
  return true;
}

/** What was there before is back by now. Where a peer's change has come between, nothing is: then the field stays. */
function isNeededStill(item: Y.Item): boolean {
  const record = item.parent as Y.Map<unknown>;
  const kind: unknown = record.get("kind");
  const isNeeded = typeof kind === "string" && needed.get(kind)?.has(item.parentSub ?? "") === true;
  return isNeeded && record._map.get(item.parentSub ?? "") === item;
}

/** An entry that was taken away and brought back is another item each time. @returns all that became this one, it first */
function livesOf(doc: Y.Doc, entry: Y.Item): Y.Item[] {
  const lives: Y.Item[] = [];
  for (let life: Y.Item | null = entry; life !== null; life = life.left)
    if (latest(doc, life) === entry) lives.push(life);
  return lives;
}

/** Whether something is there that somebody else has said since the first of these lives, also where undo brought it back. */
function isTouchedByOthers(doc: Y.Doc, lives: readonly Y.Item[]): boolean {
  const maker = lives.at(-1)?.id.client;
  return lives.some(({ content }) => {
    if (!(content instanceof Y.ContentType)) return false;
    for (const last of content.type._map.values())
      for (let field: Y.Item | null = last; field !== null; field = field.left)
        if (field.id.client !== maker && !latest(doc, field).deleted) return true;
    return false;
  });
}

/** @returns what an item is now that undo has made it anew, however often */
function latest(doc: Y.Doc, item: Y.Item): Y.Item {
  let now = item;
  while (now.redone !== null) now = Y.getItem(doc.store, now.redone) as Y.Item;
  return now;
}
