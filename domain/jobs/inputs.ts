import type { ArtifactRole } from "./messages/artifact.ts";
import type { JobInput } from "./messages/job-message.ts";

/** A file of a finished step; `name` tells it apart from the step's others. */
export type StepFile = {
  name: string;
  role: ArtifactRole;
  assetId: string;
  contentType: string;
  meta: Record<string, number | string>;
};

/** What a finished step left behind. `output` is what it answered; null: nothing. */
export type StepOutcome = { jobId: string; stepKey: string | null; output: unknown; files: readonly StepFile[] };

/**
 * What a job that waited for a step is told of it. The step's only file has the step's name; of several each has
 * "<step>/<file>". An answer goes with the only file, or has an entry of its own.
 */
export function inputsOfStep({ jobId, stepKey, output, files }: StepOutcome): JobInput[] {
  const name = stepKey ?? jobId;
  const answer = output === null || output === undefined ? {} : { output };
  const [only] = files;
  if (files.length === 1 && only !== undefined) return [{ ...only, name, fromJobId: jobId, ...answer }];
  const inputs: JobInput[] = files.map((file) => ({ ...file, name: `${name}/${file.name}`, fromJobId: jobId }));
  return "output" in answer ? [...inputs, { name, fromJobId: jobId, ...answer }] : inputs;
}

/**
 * The file that a step of the run made.
 * @param role  which, where it made several; the first unless said
 */
export function fileOf(
  inputs: readonly JobInput[],
  step: string,
  role?: JobInput["role"],
): (JobInput & { assetId: string }) | undefined {
  for (const input of inputs) {
    const { assetId } = input;
    if (assetId === undefined || (role !== undefined && input.role !== role)) continue;
    if (input.name === step || input.name.startsWith(`${step}/`)) return { ...input, assetId };
  }
  return undefined;
}

/** What a step of the run answered beside its files; undefined where it said nothing. */
export function answerOf(inputs: readonly JobInput[], step: string): unknown {
  return inputs.find((input) => input.name === step && input.output !== undefined)?.output;
}
