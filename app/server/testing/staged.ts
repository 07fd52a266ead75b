import { createHash, randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { and, eq, isNull } from "drizzle-orm";
import { recordResult } from "#db/queries/results.ts";
import { jobs } from "#db/schema/work.ts";
import { extensionFor } from "#domain/assets/content-types.ts";
import { objectKey } from "#domain/assets/object-key.ts";
import { generationFiles } from "#domain/generation/manifest.ts";
import { planByRules } from "#domain/generation/plan-by-rules.ts";
import type { Artifact } from "#domain/jobs/messages/artifact.ts";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import { PlanRequest } from "#domain/jobs/messages/render-request.ts";
import type { ResultMessage } from "#domain/jobs/messages/result-message.ts";
import { type GenerationStage, generationStages } from "#domain/jobs/stages.ts";
import type { TestStudio } from "./test-studio.ts";

/** Stages of generations end as if agents had worked on them. */
export interface Stages {
  /** The job that stands for a stage now. */
  jobOf(id: string, stage: GenerationStage): Promise<string>;
  /** Ends a stage as an agent would report it. */
  end(id: string, stage: GenerationStage, outcome: ResultMessage["outcome"]): Promise<void>;
  succeed(id: string, stage: GenerationStage): Promise<void>;
  /** Every stage, up to the end. */
  finish(id: string): Promise<void>;
  dispose(): Promise<void>;
}

/** @param prompt  what the manifests of these scenes say they were asked for */
export async function openStages({ parts }: TestStudio, prompt: string): Promise<Stages> {
  const folder = await mkdtemp(join(tmpdir(), "generations-"));

  async function rowOf(id: string, stage: GenerationStage) {
    const [row] = await parts.db
      .select()
      .from(jobs)
      .where(and(eq(jobs.runId, id), eq(jobs.stepKey, stage), isNull(jobs.supersededBy)));
    if (row === undefined) throw new Error(`${id} has no ${stage}`);
    return row;
  }

  async function end(id: string, stage: GenerationStage, outcome: ResultMessage["outcome"]): Promise<void> {
    const row = await rowOf(id, stage);
    const result: ResultMessage = {
      v: protocolVersion,
      jobId: row.id,
      projectId: row.projectId,
      attempt: row.attempt + 1,
      claim: randomUUID(),
      agentId: "a1",
      outcome,
      runtime: { engine: "previz", device: "test", seconds: 1 },
    };
    const recorded = await recordResult(parts.db, result, result.claim, () => ({ retry: false }));
    if (recorded.status !== outcome.status) throw new Error(`${stage} is ${recorded.status}`);
  }

  /** Puts a file into the store as a stage's artifact. */
  async function stored(id: string, name: string, role: Artifact["role"], contentType: string, text: string) {
    const { workspaceId } = await rowOf(id, "planning");
    const sha256 = createHash("sha256").update(text).digest("hex");
    const path = join(folder, sha256);
    await writeFile(path, text);
    await parts.store.copyIn(objectKey(workspaceId, sha256, extensionFor(contentType)), path, contentType);
    return { role, name, sha256, bytes: Buffer.byteLength(text), contentType, meta: { file: name } } satisfies Artifact;
  }

  async function succeed(id: string, stage: GenerationStage): Promise<void> {
    if (stage === "planning") {
      const request = PlanRequest.parse((await rowOf(id, "planning")).request);
      return end(id, stage, { status: "succeeded", artifacts: [], output: planByRules(request) });
    }
    if (stage !== "package") {
      const file = await stored(id, `${stage}.json`, "metadata", "application/json", `{"of":"${stage}"}`);
      return end(id, stage, { status: "succeeded", artifacts: [file] });
    }
    const film = await stored(id, generationFiles.film, "video", "video/mp4", "not really a film");
    const { meta: _, ...listed } = film;
    // As a studio wrote it down that is older than this one.
    const manifest = {
      ...{ version: 1, prompt, seed: 7, planner: "rules", engine: "previz" },
      ...{ seconds: 6, frames: 144, fps: { num: 24, den: 1 }, width: 640, height: 360 },
      files: [listed],
    };
    const text = JSON.stringify(manifest);
    const file = await stored(id, generationFiles.manifest, "manifest", "application/json", text);
    return end(id, stage, { status: "succeeded", artifacts: [film, file] });
  }

  return {
    jobOf: async (id, stage) => (await rowOf(id, stage)).id,
    end,
    succeed,
    async finish(id) {
      for (const stage of generationStages) await succeed(id, stage);
    },
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}
