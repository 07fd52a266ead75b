import { z } from "zod";
import { Id } from "#domain/ids.ts";

export const MarkerRecord = z.object({
  id: Id,
  frame: z.number().int().min(0),
  text: z.string().max(2000),
  color: z.string().max(32),
});
export type MarkerRecord = z.infer<typeof MarkerRecord>;
export type Marker = MarkerRecord;
