import { z } from "zod";
import { Id } from "#domain/ids.ts";

/** A remark pinned to a frame, a shot or nothing. `by` is the author's user id; `name` is as it was then. */
export const CommentRecord = z.object({
  id: Id,
  by: Id,
  name: z.string().max(100),
  text: z.string().min(1).max(5000),
  at: z.string().max(40),
  frame: z.number().int().min(0).optional(),
  shotId: Id.optional(),
  replyTo: Id.optional(),
  resolved: z.boolean(),
});
export type CommentRecord = z.infer<typeof CommentRecord>;
export type Comment = CommentRecord;
