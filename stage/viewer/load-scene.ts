import { GenerationPlan, scenePlanOf } from "#domain/generation/generation-plan.ts";
import { generationFiles } from "#domain/generation/manifest.ts";
import { GenerationTimeline } from "#domain/generation/timeline.ts";
import { type Mark, marksOf } from "./marks.ts";
import { openSound, type Sound } from "./sound.ts";
import type { ViewerSource } from "./source.ts";
import { openWorld, type World } from "./world.ts";

/** Everything that must be there before a scene plays. */
export type LoadedScene = { world: World; sound: Sound; timeline: GenerationTimeline; marks: Mark[]; dispose(): void };

const needed: ReadonlySet<string> = new Set([
  ...[generationFiles.scene, generationFiles.character, generationFiles.timeline, generationFiles.plan],
  generationFiles.mp3,
]);

/**
 * Reads a scene's files side by side and puts them together. People and sound may be missing, for a scene may have none.
 * @param came  told how many bytes have come so far, of how many
 * @param signal  ends the reading, when nobody waits for it any more
 * @throws Error with a sentence for people
 */
export async function loadScene(
  source: ViewerSource,
  { software, came, signal }: { software: boolean; came: (bytes: number, total: number) => void; signal: AbortSignal },
): Promise<LoadedScene> {
  const wanted = source.manifest.files.filter(({ name }) => needed.has(name));
  const total = wanted.reduce((sum, { bytes }) => sum + bytes, 0);
  const progress = new Map<string, number>();
  const read = (name: string) =>
    source.read(
      name,
      (bytes) => {
        progress.set(name, bytes);
        const sum = [...progress.values()].reduce((all, one) => all + one, 0);
        came(Math.min(total, sum), total);
      },
      signal,
    );
  const readIfThere = (name: string) => (wanted.some((file) => file.name === name) ? read(name) : null);
  const [scene, character, timelineBytes, planBytes, mp3] = await Promise.all([
    read(generationFiles.scene),
    readIfThere(generationFiles.character),
    read(generationFiles.timeline),
    read(generationFiles.plan),
    readIfThere(generationFiles.mp3),
  ]);
  const timeline = GenerationTimeline.parse(json(timelineBytes));
  const plan = scenePlanOf(GenerationPlan.parse(json(planBytes)));
  const [world, sound] = await Promise.all([
    openWorld({ scene, character }, plan, software),
    openSound(mp3 === null ? [] : [{ name: generationFiles.mp3, bytes: mp3 }]),
  ]);
  return {
    ...{ world, sound, timeline, marks: marksOf(timeline) },
    dispose() {
      world.dispose();
      sound.dispose();
    },
  };
}

const json = (bytes: ArrayBuffer): unknown => JSON.parse(new TextDecoder().decode(bytes));
