import type { VideoRequest } from "#domain/jobs/messages/render-request.ts";
import type { FailureKind } from "#domain/jobs/messages/result-message.ts";
import { planScene } from "#domain/screenplay/scene-plan.ts";

/**
 * What the test engine shall do: words of its own schema, `gpu-agent/testing/test-engine.ts`, which says what each means.
 * Processes never import each other, so they are here once more.
 */
export type Behaviour = {
  ms?: number;
  fail?: FailureKind;
  failUpTo?: number;
  failOn?: string;
  inChunk?: number;
  crashUpTo?: number;
  hang?: boolean;
  deaf?: boolean;
  bytes?: number;
};

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
  durationFrames: 4,
  fps: { num: 24, den: 1 },
  seed: 1,
  sceneKey: "s1",
});

/** A render request that tells the test engine what to do. */
export function aVideoRequest(behaviour: Behaviour = {}): VideoRequest {
  return {
    role: "video",
    plan,
    prompt: JSON.stringify(behaviour),
    seed: 1,
    width: 64,
    height: 36,
    frames: 4,
    fps: { num: 24, den: 1 },
  };
}
