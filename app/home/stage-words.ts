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

/**
 * What a prompt says beyond the title that was made of it; "" for nothing. A title that was cut short says nothing
 * whole: then it is the prompt.
 */
export function restOf(prompt: string, title: string): string {
  const text = prompt.replace(/\s+/g, " ").trim();
  // The title begins with a capital letter, whatever the prompt does.
  const [said, words] = [title, text].map((one) => Array.from(one).slice(1).join("")) as [string, string];
  return words.startsWith(said) ? words.slice(said.length).replace(/^[.\s]+/, "") : text;
}

/** Said to whoever has only the link: they cannot make it go on, but know who can. */
export function stoppedAt(stage: GenerationStage | null, failed: boolean): string {
  const where = stage === null ? "" : ` at the step “${stageName[stage]}”`;
  return failed
    ? `This scene did not come to be: making it failed${where}. Whoever made it can have it go on from there; this page then shows it.`
    : `Making this scene was called off${where}. Whoever made it can have it go on; this page then shows it.`;
}
