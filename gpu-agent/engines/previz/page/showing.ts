import { frameKind } from "../protocol.ts";
import type { Easel } from "./easel.ts";
import { toStill } from "./still.ts";
import type { Picture } from "./to-rgba.ts";

/** What is shown while a film is made: so wide, and so often. */
const preview = { width: 320, everyMs: 500, quality: 0.6 };
const posterQuality = 0.9;

/** Sends a small picture of the film under way now and then, and its poster when that frame comes. */
export function openShowing(easel: Easel, { run, frames }: { run: number; frames: number }) {
  const posterAt = Math.min(frames - 1, Math.floor(frames * 0.4));
  let shownAt = 0;
  return async (index: number, picture: Picture): Promise<void> => {
    const now = performance.now();
    if (now - shownAt >= preview.everyMs) {
      shownAt = now;
      const width = Math.min(picture.width, preview.width);
      const jpeg = await toStill(picture, { type: "image/jpeg", quality: preview.quality, width });
      easel.send({ run, index, kind: frameKind.preview }, jpeg);
    }
    if (index !== posterAt) return;
    const poster = await toStill(picture, { type: "image/jpeg", quality: posterQuality });
    easel.send({ run, index, kind: frameKind.poster }, poster);
  };
}
