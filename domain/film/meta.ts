import { z } from "zod";
import { defaultFrameRate, FrameRate } from "#domain/time.ts";

/** What holds for the whole film. Sizes are pixels of the finished picture, even because H.264 4:2:0 wants that. */
export const FilmMeta = z.object({
  title: z.string().max(200),
  width: z.number().int().min(64).max(7680).multipleOf(2),
  height: z.number().int().min(64).max(4320).multipleOf(2),
  fps: FrameRate,
  /** How lines ended in the file that the script came from; "\n" when it does not say. Exports end them so again. */
  scriptEol: z.enum(["\n", "\r\n"]).optional(),
  /** That file began with a byte order mark. */
  scriptBom: z.boolean().optional(),
  /** What the script is broken down as; "auto" and absent: what it looks like. */
  readAs: z.enum(["auto", "screenplay", "freeform", "numbered"]).optional(),
});
export type FilmMeta = z.infer<typeof FilmMeta>;

export const defaultMeta: FilmMeta = { title: "Untitled film", width: 1280, height: 720, fps: defaultFrameRate };

/**
 * The size drafts are rendered at: 360 lines in the film's shape, both sides even.
 * e.g. 1280×720 → 640×360. A film as thin as a thread is drawn a little thicker: engines have a least and a most.
 */
export function draftSize(meta: Pick<FilmMeta, "width" | "height">): { width: number; height: number } {
  const even = (n: number) => Math.min(4320, Math.max(64, Math.round(n / 2) * 2));
  return { width: even((360 * meta.width) / meta.height), height: 360 };
}
