import type { GraphNode } from "#domain/jobs/graph.ts";
import type { RenderRequest } from "#domain/jobs/messages/render-request.ts";
import { type GenerationStage, generationStages } from "#domain/jobs/stages.ts";
import { framesToSeconds, type FrameRate, secondsToFrames } from "#domain/time.ts";

export type GenerationOrder = {
  prompt: string;
  seed: number;
  seconds: number;
  fps: FrameRate;
  width: number;
  height: number;
};

/**
 * A generation as jobs: one a stage, each waiting for all before it, since the plan and every file are inputs of what
 * comes later. Its length is whole frames.
 */
export function planGeneration(order: GenerationOrder): GraphNode[] {
  return generationStages.map((stage, index) => ({
    key: stage,
    kind: "stage",
    lane: "interactive",
    dependsOn: generationStages.slice(0, index),
    request: requestOf(stage, order),
  }));
}

function requestOf(stage: GenerationStage, order: GenerationOrder): RenderRequest {
  const { prompt, seed, fps, width, height } = order;
  const frames = Math.max(1, secondsToFrames(order.seconds, fps));
  const seconds = framesToSeconds(frames, fps);
  const shared = { prompt, seed, seconds, fps };
  switch (stage) {
    case "planning":
      return { role: "llm.plan", ...shared };
    case "env":
      return { role: "env3d", ...shared };
    case "motion":
      return { role: "motion", ...shared };
    case "audio":
      // The cues are in the plan.
      return { role: "audio.music", seconds, seed, fps };
    case "sync":
      return { role: "sync", ...shared };
    case "package":
      return { role: "package", ...shared, width, height, frames };
  }
}
