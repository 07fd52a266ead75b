import type { GenerationStage } from "#domain/jobs/stages.ts";

const doing: Record<GenerationStage, string> = {
  planning: "Reading the sentence and planning the scene …",
  env: "Building the place …",
  motion: "Putting people in it …",
  audio: "Composing music, ambience and effects …",
  sync: "Laying it all along one clock …",
  package: "Rendering the film …",
};

/** Each stage in one word for whoever only waits. */
export const stageName: Record<GenerationStage, string> = {
  ...{ planning: "plan", env: "place", motion: "people" },
  ...{ audio: "sound", sync: "timing", package: "film" },
};

/** What is being done to a scene, in a sentence. @param stage  null before the first begins */
export function doingOf(stage: GenerationStage | null): string {
  return stage === null ? "Waiting for its turn …" : doing[stage];
}

/** Said to whoever has only the link: they cannot make it go on, but know who can. */
export function stoppedAt(stage: GenerationStage | null, failed: boolean): string {
  const where = stage === null ? "" : ` at the step “${stageName[stage]}”`;
  return failed
    ? `This scene did not come to be: making it failed${where}. Whoever made it can have it go on from there; this page then shows it.`
    : `Making this scene was called off${where}. Whoever made it can have it go on; this page then shows it.`;
}
