import { z } from "zod";
import { Id } from "#domain/ids.ts";
import { Vec3 } from "#domain/screenplay/scene-plan.ts";

const YjsId = z.object({ client: z.number().int().min(0), clock: z.number().int().min(0) });

/** A place in a shared text that stays at its words, as `Y.relativePositionToJSON` gives it. */
export const RelativePosition = z.object({
  type: YjsId.optional(),
  tname: z.string().max(100).optional(),
  item: YjsId.optional(),
  assoc: z.number().int().min(-1).max(1),
});
export type RelativePosition = z.infer<typeof RelativePosition>;

export const CommentAnchor = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("script"),
    from: RelativePosition,
    to: RelativePosition,
    /** The words as they were, to be shown when they are cut. */
    quote: z.string().max(300),
  }),
  z.object({ kind: z.literal("scene"), id: Id }),
  z.object({ kind: z.literal("element"), id: Id }),
  /** A spot in the set of a scene, and what stands there: the remark goes where that goes. */
  z.object({ kind: z.literal("set"), sceneId: Id, at: Vec3, thing: z.string().max(140).optional() }),
]);
export type CommentAnchor = z.infer<typeof CommentAnchor>;

/** A remark pinned to words, a frame, a shot or nothing. `by` is the author's user id; `name` is as it was then. */
export const CommentRecord = z.object({
  id: Id,
  by: Id,
  name: z.string().max(100),
  text: z.string().min(1).max(5000),
  at: z.string().max(40),
  frame: z.number().int().min(0).optional(),
  shotId: Id.optional(),
  anchor: CommentAnchor.optional(),
  replyTo: Id.optional(),
  resolved: z.boolean(),
});
export type CommentRecord = z.infer<typeof CommentRecord>;
export type Comment = CommentRecord;
