import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { assets, jobArtifacts, jobs } from "#db/schema/work.ts";
import type { Id } from "#domain/ids.ts";
import { inputsOfStep, type StepFile } from "#domain/jobs/inputs.ts";
import { ArtifactRole } from "#domain/jobs/messages/artifact.ts";
import type { JobInput } from "#domain/jobs/messages/job-message.ts";
import type { JobRow } from "./job-views.ts";

/**
 * What the steps that these jobs waited for have made: the inputs of their messages, in the order in which each job
 * names its dependencies. Costs nothing where no job waited for anything.
 * @returns by job; no entry for a job without inputs
 */
export async function inputsFor(
  db: DbOrTx,
  rows: readonly Pick<JobRow, "id" | "dependsOn">[],
): Promise<Map<Id, JobInput[]>> {
  const wanted = [...new Set(rows.flatMap((row) => row.dependsOn))];
  if (wanted.length === 0) return new Map();
  const steps = await db
    .select({ jobId: jobs.id, stepKey: jobs.stepKey, output: jobs.output })
    .from(jobs)
    .where(and(inArray(jobs.id, wanted), eq(jobs.state, "succeeded")));
  const found = await db
    .select({
      jobId: jobArtifacts.jobId,
      name: jobArtifacts.name,
      role: jobArtifacts.role,
      assetId: assets.id,
      contentType: assets.contentType,
      source: assets.source,
      meta: assets.meta,
    })
    .from(jobArtifacts)
    .innerJoin(assets, eq(assets.id, jobArtifacts.assetId))
    .where(and(inArray(jobArtifacts.jobId, wanted), isNull(assets.deletedAt)))
    .orderBy(asc(jobArtifacts.name));
  const files = new Map<Id, StepFile[]>();
  for (const { jobId, source, ...file } of found) {
    // Which engine made it is known here even of files that do not say.
    const whole = { ...file, role: ArtifactRole.parse(file.role), meta: { engine: source, ...file.meta } };
    files.set(jobId, [...(files.get(jobId) ?? []), whole]);
  }
  const made = new Map(
    steps.map((step) => [step.jobId, inputsOfStep({ ...step, files: files.get(step.jobId) ?? [] })]),
  );
  return new Map(
    rows.flatMap((row) => {
      const inputs = row.dependsOn.flatMap((id) => made.get(id) ?? []);
      return inputs.length === 0 ? [] : [[row.id, inputs] as const];
    }),
  );
}
