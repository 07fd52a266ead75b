import { GenerationPlan } from "#domain/generation/generation-plan.ts";
import { answerOf } from "#domain/jobs/inputs.ts";
import type { JobInput } from "#domain/jobs/messages/job-message.ts";
import { EngineError, type RenderedFile, type RunContext } from "../engine.ts";

/**
 * The plan that the planning stage answered with.
 * @throws EngineError permanent when no input holds one
 */
export function planAmong(inputs: readonly JobInput[] = []): GenerationPlan {
  const plan = GenerationPlan.safeParse(answerOf(inputs, "planning"));
  if (plan.success) return plan.data;
  throw new EngineError("permanent", "This stage works from a plan, and the planning stage has left none.");
}

/** A file of an earlier stage, as it was stored. */
export type StageInput = JobInput & { assetId: string; file: string };

/** The files of earlier stages by their names, each once. */
export function filesAmong(inputs: readonly JobInput[] = []): StageInput[] {
  const files = inputs.flatMap((input) =>
    input.assetId === undefined || typeof input.meta?.["file"] !== "string"
      ? []
      : [{ ...input, assetId: input.assetId, file: input.meta["file"] }],
  );
  return files.filter((one, index) => files.findIndex(({ file }) => file === one.file) === index);
}

/** @throws EngineError permanent when the earlier stages have not left it */
export async function pathOf(file: string, context: RunContext): Promise<string> {
  const found = filesAmong(context.inputs).find((one) => one.file === file);
  if (found === undefined) throw new EngineError("permanent", `An earlier stage should have left ${file}.`);
  return context.assetPath(found.assetId);
}

/** A file of a stage: its name tells it apart and says what it is downloaded as. */
export function stageFile(
  file: string,
  rest: Pick<RenderedFile, "role" | "path" | "contentType"> & { meta?: RenderedFile["meta"] },
): RenderedFile {
  return { ...rest, name: file, meta: { ...rest.meta, file, engine: "previz" } };
}
