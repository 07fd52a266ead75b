import { z } from "zod";

/**
 * What a place's model says of itself beside its triangles, as the `extras` of its scene: what glows and moves there,
 * for viewers that can draw it. Lengths are metres.
 */
const Vec3 = z.tuple([z.number(), z.number(), z.number()]);

export const SceneExtras = z.object({
  engine: z.string(),
  hour: z.string(),
  weather: z.string(),
  /** The lamps that burn. */
  lamps: z
    .array(
      z.object({
        at: Vec3,
        colour: z.string(),
        power: z.number(),
        reach: z.number(),
        /** Radius of the glow; 0 for none. */
        glow: z.number(),
        /** Height of the cone of light below it in wet air; 0 for none. */
        cone: z.number(),
        flicker: z.number(),
      }),
    )
    .max(500)
    .default([]),
  /** Where there is open water: how high it stands, and how rough it is, 0 to 1. */
  water: z.object({ level: z.number(), chop: z.number() }).optional(),
});
export type SceneExtras = z.infer<typeof SceneExtras>;
