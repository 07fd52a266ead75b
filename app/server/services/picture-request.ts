import type { FilmMeta } from "#domain/film/meta.ts";
import { StudioError } from "#domain/errors.ts";
import type { ImageRequest } from "#domain/jobs/messages/render-request.ts";
import { breakDown } from "#domain/screenplay/breakdown.ts";
import { planScene } from "#domain/screenplay/plan/plan-scene.ts";
import { hashText } from "#domain/screenplay/seeded.ts";

export type PictureWish = {
  prompt: string;
  seed?: number | undefined;
  width?: number | undefined;
  height?: number | undefined;
};

/**
 * One picture from words: the first thing that the rules see in them, halfway through. The film's own size unless said;
 * the same words make the same picture until another seed is asked for.
 * @throws StudioError "request/invalid" when there is nothing to see in the words
 */
export function pictureRequestFor(meta: FilmMeta, wish: PictureWish): ImageRequest {
  const scene = breakDown(wish.prompt, { fps: meta.fps }).scenes[0];
  const shot = scene?.shots[0];
  if (scene === undefined || shot === undefined)
    throw new StudioError("request/invalid", "prompt: say what there is to see.");
  const seed = wish.seed ?? hashText(`42 ${wish.prompt}`);
  const plan = planScene({
    ...{ heading: scene.heading, setting: scene.setting, location: scene.location, time: scene.time },
    ...{ action: shot.action || wish.prompt, dialogue: shot.dialogue, characters: shot.characters },
    ...{ shotType: shot.type, move: shot.move, durationFrames: shot.durationFrames, fps: meta.fps, seed },
    sceneKey: `${scene.setting} ${scene.location.trim().toLowerCase() || wish.prompt}`.slice(0, 300),
    sceneText: wish.prompt,
  });
  const { width = meta.width, height = meta.height } = wish;
  return { role: "image", plan, prompt: wish.prompt, seed, width, height, atFraction: 0.5 };
}
