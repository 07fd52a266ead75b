import type { VideoRequest } from "#domain/jobs/messages/render-request.ts";
import { planScene } from "#domain/screenplay/plan/plan-scene.ts";

/** A render of a small shot in the rain, four frames long unless told otherwise; its plan is as long as it is. */
export function aVideoRequest(changes: Partial<Omit<VideoRequest, "role" | "plan">> = {}): VideoRequest {
  const { frames = 4, fps = { num: 24, den: 1 }, seed = 1 } = changes;
  const plan = planScene({
    heading: "EXT. HARBOUR - DUSK",
    setting: "ext",
    location: "HARBOUR",
    time: "DUSK",
    action: "Rain.",
    dialogue: [],
    characters: [],
    shotType: "wide",
    move: "static",
    durationFrames: frames,
    fps,
    seed,
    sceneKey: "s1",
  });
  return { role: "video", plan, prompt: "Rain.", width: 64, height: 36, ...changes, frames, fps, seed };
}
