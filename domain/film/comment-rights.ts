/** Who may do what with a remark: the studio offers this, and the collab server holds commenters to it. */
import { canComment, canEdit, type Role } from "#domain/collab/access.ts";
import type { Id } from "#domain/ids.ts";
import type { CommentRecord } from "./comment.ts";

export interface Remarker {
  id: Id;
  name: string;
  role: Role;
}

/** One's own, as long as one may comment; editors and owners tidy up. */
export function mayRemoveComment({ by }: Pick<CommentRecord, "by">, who: Pick<Remarker, "id" | "role">): boolean {
  return canEdit(who.role) || (canComment(who.role) && by === who.id);
}

/**
 * @param before  the remark's fields as they were, unread; `undefined`: there was none
 * @param after   as they would be; `undefined`: it would be gone
 * @returns whether a commenter may do that: write under the own name and id, change or remove what is one's own, and
 *          say of others' that it is resolved or is not
 */
export function mayChangeComment(before: unknown, after: unknown, who: Remarker): boolean {
  if (!isRecord(after))
    return after === undefined && isRecord(before) && mayRemoveComment({ by: authorOf(before) }, who);
  if (before === undefined) return after["by"] === who.id && after["name"] === who.name;
  if (!isRecord(before)) return false;
  if (before["by"] !== who.id) return typeof after["resolved"] === "boolean" && sameBut("resolved", before, after);
  // What was written under a name stays under it, also when its author is called otherwise by now.
  return after["by"] === who.id && [before["name"], who.name].includes(after["name"]);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const authorOf = (record: Record<string, unknown>) => (typeof record["by"] === "string" ? record["by"] : "");

function sameBut(field: string, a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  const others = new Set([...Object.keys(a), ...Object.keys(b)].filter((key) => key !== field));
  return [...others].every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key]));
}
