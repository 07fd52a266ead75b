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

type Options = Omit<NonNullable<ConstructorParameters<typeof Y.UndoManager>[1]>, "deleteFilter">;
type Step = Y.UndoManager["undoStack"][number];

/** The undo of one person in a film. */
export class OwnUndo extends Y.UndoManager {
  readonly #staging: Y.Map<unknown>;
  /** The steps that there were when one was asked back: the one that is gone by now is being taken back. */
  #steps: readonly Step[] = [];

  constructor(doc: Y.Doc, scope: ConstructorParameters<typeof Y.UndoManager>[0], options: Options) {
    super(scope, { ...options, deleteFilter: (item) => this.#mayGo(item) });
    this.#staging = collectionOf(doc, "staging") as Y.Map<unknown>;
  }

  override undo(): ReturnType<Y.UndoManager["undo"]> {
    this.#steps = [...this.undoStack];
    return super.undo();
  }

  override redo(): ReturnType<Y.UndoManager["redo"]> {
    this.#steps = [...this.redoStack];
    return super.redo();
  }

  #mayGo(item: Y.Item): boolean {
    const isEntry = item.parent === this.#staging;
    const entry = isEntry ? item : item.parent instanceof Y.Map ? item.parent._item : null;
    if (entry === null || entry.parent !== this.#staging) return true;
    const made = this.#madeNow(entry);
    if (made.length > 0) return !isTouchedByOthers(this.doc, made);
    return isEntry || !isNeededStill(item);
  }

  /** @returns an entry and what it was before, back to what the step that is being taken back made; empty if it made none */
  #madeNow(entry: Y.Item): Y.Item[] {
    const left = this.undoing ? this.undoStack : this.redoStack;
    const step = this.#steps[left.length];
    if (step === undefined) return [];
    const lives = livesOf(this.doc, entry);
    return lives.slice(0, lives.findLastIndex(({ id }) => Y.isDeleted(step.insertions, id)) + 1);
  }
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
