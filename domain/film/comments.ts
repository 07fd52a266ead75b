/**
 * Remarks on a film. Every function touches `comments` and nothing else, in one transaction: that is all a commenter's
 * update may do (`collab-server/comment-gate.ts`).
 */
import * as Y from "yjs";
import type { Id } from "#domain/ids.ts";
import { RelativePosition, type Comment, type CommentAnchor, type CommentRecord } from "./comment.ts";
import { mayRemoveComment, type Remarker } from "./comment-rights.ts";
import { collectionOf, eachRecord, screenplayOf, type RecordMap } from "./document.ts";
import { recordOf, type EditContext } from "./edit.ts";

/** What a remark is about; nothing: the film. */
export type CommentPlace = Pick<CommentRecord, "frame" | "shotId" | "anchor">;
export interface CommentAuthor {
  id: Id;
  name: string;
}

const longestQuote = 300;
const longestText = 5000;

/** @returns the new comment's id; null when there is nothing to say */
export function addComment(
  doc: Y.Doc,
  { text, at, ...place }: { text: string; at: Date } & CommentPlace,
  author: CommentAuthor,
  context: EditContext,
): Id | null {
  return write(doc, { ...place, text, at, author }, context);
}

/** Answers in the thread of `commentId`, whichever remark of it that is. */
export function replyTo(
  doc: Y.Doc,
  commentId: Id,
  { text, at }: { text: string; at: Date },
  author: CommentAuthor,
  context: EditContext,
): Id | null {
  const record = collectionOf(doc, "comments").get(commentId);
  if (!record) return null;
  const first = record.get("replyTo");
  return write(doc, { text, at, author, replyTo: typeof first === "string" ? first : commentId }, context);
}

export function resolveComment(doc: Y.Doc, id: Id, resolved: boolean, context: EditContext): void {
  const record = collectionOf(doc, "comments").get(id);
  if (record) doc.transact(() => record.set("resolved", resolved), context.origin);
}

/** Takes a remark away, and of its answers those that this person may: words of others stay, as a thread of their own. */
export function removeComment(doc: Y.Doc, id: Id, who: Pick<Remarker, "id" | "role">, context: EditContext): void {
  const mayGo = (record: RecordMap | undefined) => mayRemoveComment({ by: String(record?.get("by")) }, who);
  if (!mayGo(collectionOf(doc, "comments").get(id))) return;
  const gone: Id[] = [id];
  eachRecord(doc, "comments", (record, other) => {
    if (other !== id && record.get("replyTo") === id && mayGo(record)) gone.push(other);
  });
  doc.transact(() => {
    for (const each of gone) collectionOf(doc, "comments").delete(each);
  }, context.origin);
}

export interface Thread {
  first: Comment;
  /** Oldest first. */
  replies: Comment[];
}

/** Threads, newest first. An answer whose first remark is gone begins a thread of its own. */
export function threadsOf(comments: readonly Comment[]): Thread[] {
  const threads = new Map<Id, Thread>();
  const ids = new Set(comments.map((comment) => comment.id));
  const isFirst = (comment: Comment) => comment.replyTo === undefined || !ids.has(comment.replyTo);
  for (const comment of comments) if (isFirst(comment)) threads.set(comment.id, { first: comment, replies: [] });
  for (const comment of comments) if (!isFirst(comment)) threads.get(comment.replyTo as Id)?.replies.push(comment);
  return [...threads.values()].sort((a, b) => (a.first.at < b.first.at ? 1 : -1));
}

/** Pins a remark to words of the screenplay, `[from, to)` in UTF-16 units: it stays at them whatever is written round. */
export function anchorAt(doc: Y.Doc, from: number, to: number): CommentAnchor {
  const text = screenplayOf(doc);
  // The ends hold on to the words inside, so that what is written right beside them is not part of it.
  const position = (index: number, assoc: 0 | -1) =>
    RelativePosition.parse(Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, index, assoc)));
  return {
    kind: "script",
    from: position(from, 0),
    to: position(to, -1),
    quote: text.toString().slice(from, to).replace(/\s+/g, " ").trim().slice(0, longestQuote),
  };
}

/** @returns where the words stand now, UTF-16 units; null when they are gone */
export function placeOfAnchor(doc: Y.Doc, anchor: CommentAnchor): { from: number; to: number } | null {
  if (anchor.kind !== "script") return null;
  const index = (position: RelativePosition) => {
    const found = Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(position), doc);
    return found?.type === screenplayOf(doc) ? found.index : null;
  };
  const [from, to] = [index(anchor.from), index(anchor.to)];
  return from === null || to === null || to <= from ? null : { from, to };
}

function write(
  doc: Y.Doc,
  { author, at, text, ...rest }: { author: CommentAuthor; at: Date; text: string; replyTo?: Id } & CommentPlace,
  context: EditContext,
): Id | null {
  const said = text.trim().slice(0, longestText);
  if (said === "") return null;
  const id = context.newId();
  const record = { ...rest, by: author.id, name: author.name, text: said, at: at.toISOString(), resolved: false };
  doc.transact(() => collectionOf(doc, "comments").set(id, recordOf(record)), context.origin);
  return id;
}
