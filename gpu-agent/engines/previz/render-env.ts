import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { scenePlanOf } from "#domain/generation/generation-plan.ts";
import { generationFiles } from "#domain/generation/manifest.ts";
import type { RenderedFile, RunContext } from "../engine.ts";
import { EngineError } from "../engine.ts";
import type { Bench } from "./previz-engine.ts";
import { receiveFiles } from "./receive-files.ts";
import { compressOrKeep } from "./compress-glb.ts";
import { planAmong, stageFile } from "./stage-inputs.ts";

/** Makes the place: a model of it, and splats with its sky. */
export async function renderEnv(bench: Bench, context: RunContext): Promise<RenderedFile[]> {
  const plan = planAmong(context.inputs);
  context.progress({ stage: "build", fraction: 0.1, message: "Building the place" });
  const [scene, background] = await receiveFiles("environment", scenePlanOf(plan), bench, context);
  if (scene === undefined || background === undefined) throw new EngineError("retryable", "The place was not made.");
  const path = (name: string) => join(context.scratch, name);
  let packed = "meshopt";
  await writeFile(path(generationFiles.scene), await compressOrKeep(scene, (reason) => (packed = `none: ${reason}`)));
  await writeFile(path(generationFiles.background), background);
  return [
    stageFile(generationFiles.scene, {
      role: "model",
      path: path(generationFiles.scene),
      contentType: "model/gltf-binary",
      meta: { packed },
    }),
    stageFile(generationFiles.background, {
      role: "splat",
      path: path(generationFiles.background),
      contentType: "application/octet-stream",
      meta: { splats: background.byteLength / 32 },
    }),
  ];
}
