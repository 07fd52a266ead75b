import type { GenerationStage } from "#domain/jobs/stages.ts";

const doing: Record<GenerationStage, string> = {
  planning: "Planning the scene …",
  env: "Building the set …",
  motion: "Animating the cast …",
  audio: "Composing music and sound …",
  sync: "Syncing picture and sound …",
  package: "Rendering the film …",
};

/** Each stage in one word for whoever only waits. */
export const stageName: Record<GenerationStage, string> = {
  ...{ planning: "plan", env: "set", motion: "cast" },
  ...{ audio: "sound", sync: "sync", package: "film" },
};

/** What is being done to a scene, in a sentence. @param stage  null before the first begins */
export function doingOf(stage: GenerationStage | null): string {
  return stage === null ? "Waiting in the queue …" : doing[stage];
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
  const where = stage === null ? "" : ` at the “${stageName[stage]}” step`;
  return failed
    ? `This scene failed${where}. Whoever made it can resume it from there, and this page will show it.`
    : `This scene was cancelled${where}. Whoever made it can resume it, and this page will show it.`;
}
