import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { scenePlanOf } from "#domain/generation/generation-plan.ts";
import { generationFiles, motionFile, riggedFile } from "#domain/generation/manifest.ts";
import { framesToSeconds } from "#domain/time.ts";
import type { RenderedFile, RunContext } from "../engine.ts";
import { EngineError } from "../engine.ts";
import { compressOrKeep } from "./compress-glb.ts";
import type { Bench } from "./previz-engine.ts";
import { receiveFiles } from "./receive-files.ts";
import { planAmong, stageFile } from "./stage-inputs.ts";

/**
 * Makes the people and what they do: one model of all of them, and of each a motion file and a rigged model. A place
 * without people has none.
 */
export async function renderMotion(bench: Bench, context: RunContext): Promise<RenderedFile[]> {
  const plan = planAmong(context.inputs);
  if (plan.characters.length === 0) {
    context.progress({ stage: "act", fraction: 0.9, message: "Nobody is in this scene" });
    return [];
  }
  context.progress({ stage: "act", fraction: 0.1, message: "People act" });
  const [model, ...each] = await receiveFiles("performance", scenePlanOf(plan), bench, context);
  if (model === undefined || each.length !== plan.characters.length * 2)
    throw new EngineError("retryable", "The people were not made.");
  const seconds = framesToSeconds(plan.frames, plan.fps);
  let packed = "meshopt";
  const people = await compressOrKeep(model, (reason) => (packed = `none: ${reason}`));
  const files: RenderedFile[] = [
    stageFile(generationFiles.character, {
      role: "model",
      path: join(context.scratch, generationFiles.character),
      contentType: "model/gltf-binary",
      meta: { seconds, frames: plan.frames, people: plan.characters.length, packed },
    }),
    ...plan.characters.map((person, index) =>
      stageFile(motionFile(index), {
        role: "motion",
        path: join(context.scratch, motionFile(index)),
        contentType: "application/x-bvh",
        meta: { seconds, frames: plan.frames, who: person.name },
      }),
    ),
    ...plan.characters.map((person, index) =>
      stageFile(riggedFile(index), {
        role: "model",
        path: join(context.scratch, riggedFile(index)),
        contentType: "application/x-fbx",
        meta: { seconds, frames: plan.frames, who: person.name },
      }),
    ),
  ];
  for (const [index, bytes] of [people, ...each].entries()) await writeFile(files[index]!.path, bytes);
  return files;
}
