/**
 * Undo takes back what one did oneself. To take back that one made an entry would take with it what others have done to
 * it since: such an entry stays.
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

/** @returns for an undo manager of this document: whether it may delete what somebody made */
export function mayUndo(doc: Y.Doc): (item: Y.Item) => boolean {
  const staging = collectionOf(doc, "staging");
  return (item) => {
    if (item.parent === staging && item.content instanceof Y.ContentType) {
      const record: unknown = item.content.type;
      return !(record instanceof Y.Map && isTouchedByOthers(record));
    }
    const record: unknown = item.parent;
    if (!(record instanceof Y.Map) || record.parent !== staging) return true;
    const kind: unknown = record.get("kind");
    const isNeeded = typeof kind === "string" && needed.get(kind)?.has(item.parentSub ?? "") === true;
    // What was there before is back by now. Where a peer's change has come between, nothing is: then it stays.
    return !(isNeeded && record._map.get(item.parentSub ?? "") === item);
  };
}

function isTouchedByOthers(record: Y.Map<unknown>): boolean {
  const maker = record._item?.id.client;
  for (const field of record._map.values()) if (!field.deleted && field.id.client !== maker) return true;
  return false;
}
