import { z } from "zod";
import { Id } from "#domain/ids.ts";
import { SetFields, tolerantly } from "./set-fields.ts";

export const SceneSetting = z.enum(["int", "ext", "int-ext", ""]);
export type SceneSetting = z.infer<typeof SceneSetting>;

/** A scene as it stands in the document. Its number is its place in the order and is never stored. */
export const SceneRecord = z.object({
  id: Id,
  order: z.string(),
  heading: z.string().max(500),
  setting: SceneSetting,
  location: z.string().max(300),
  time: z.string().max(100),
  synopsis: z.string().max(5000),
  /** The number the script gives it between `#`, e.g. `12A`; where there is none its place counts. */
  scriptNumber: z.string().max(20).optional(),
  /** The breakdown it was last committed from: what a re-parse compares with. */
  source: z.unknown().optional(),
  /** Set aside by a re-parse: kept with its takes, shown apart. */
  aside: z.boolean().optional(),
  ...tolerantly(SetFields),
});
export type SceneRecord = z.infer<typeof SceneRecord>;

/** A scene as a film snapshot gives it. */
export type Scene = Omit<SceneRecord, "order"> & { number: number };
