import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { createStage } from "#stage/stage.ts";

const widest = 1280;

/** A frame of the shot as a render has it, as PNG. @throws Error where the browser gives no picture */
export async function takePicture(
  plan: ScenePlan,
  film: { width: number; height: number },
  frame: number,
): Promise<Blob> {
  const plate = document.createElement("canvas");
  const scale = Math.min(1, widest / film.width);
  const [width, height] = [even(film.width * scale), even(film.height * scale)];
  const stage = createStage({ canvas: plate, plan, width, height, tier: "standard" });
  try {
    stage.renderFrame((frame * plan.fps.den) / plan.fps.num);
    return await new Promise<Blob>((done, fail) =>
      plate.toBlob((blob) => (blob ? done(blob) : fail(new Error("The picture could not be taken."))), "image/png"),
    );
  } finally {
    stage.dispose();
    // A browser has few drawing contexts to give.
    plate.getContext("webgl2")?.getExtension("WEBGL_lose_context")?.loseContext();
  }
}

const even = (value: number) => Math.max(2, Math.round(value / 2) * 2);
