import { z } from "zod";
import { Id } from "#domain/ids.ts";

export const ElementKind = z.enum(["character", "location", "object"]);
export type ElementKind = z.infer<typeof ElementKind>;

export const ElementRecord = z.object({
  id: Id,
  order: z.string(),
  kind: ElementKind,
  name: z.string().min(1).max(200),
  description: z.string().max(5000),
  triggerWords: z.array(z.string().max(100)).max(50),
});
export type ElementRecord = z.infer<typeof ElementRecord>;
export type Element = Omit<ElementRecord, "order">;
