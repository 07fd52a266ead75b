import { eq } from "drizzle-orm";
import { type Db, openDb } from "#db/client.ts";
import { users } from "#db/schema/identity.ts";
import { assets, jobArtifacts, jobs } from "#db/schema/work.ts";
import { projects, workspaces } from "#db/schema/workspace.ts";
import type { GraphNode } from "#domain/jobs/graph.ts";
import type { JobState } from "#domain/jobs/lifecycle.ts";
import type { ArtifactRole } from "#domain/jobs/messages/artifact.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import { aVideoRequest } from "#domain/jobs/testing/video-request.ts";
import { createTestDatabase } from "#testing/postgres.ts";
import { type JobPatch, lockRow, moveJob } from "../job-moves.ts";
import type { JobRow } from "../job-views.ts";
import { createRun } from "../runs.ts";

/** A database of one test file's own with one workspace and one project in it. */
export type TestFilm = {
  db: Db;
  workspaceId: string;
  projectId: string;
  addProject: () => Promise<string>;
  queue: (nodes: Partial<GraphNode>[]) => Promise<{ runId: string; jobs: JobView[] }>;
  row: (jobId: string) => Promise<JobRow>;
  /** In order of arrival. */
  rowsOf: (runId: string) => Promise<JobRow[]>;
  /** Moves the run's step as the director would. @throws when it may not */
  move: (runId: string, stepKey: string, to: JobState, patch?: JobPatch) => Promise<void>;
  /** A file that the job has made with the engine "test". */
  addFile: (jobId: string, role: ArtifactRole, file: { name: string; contentType: string }) => Promise<void>;
  close: () => Promise<void>;
};

export async function openTestFilm(): Promise<TestFilm> {
  const database = await createTestDatabase();
  const handle = openDb(database.url, { name: "test", max: 10 });
  const { db } = handle;
  await db.insert(users).values({ id: "u1", name: "Maya", email: "maya@example.org" });
  const [workspace] = await db.insert(workspaces).values({ name: "Maya's" }).returning();
  const workspaceId = workspace!.id;
  const addProject = async () => (await db.insert(projects).values({ workspaceId, title: "Test" }).returning())[0]!.id;
  const projectId = await addProject();
  const rowsOf = (runId: string) => db.select().from(jobs).where(eq(jobs.runId, runId)).orderBy(jobs.seq);
  return {
    db,
    workspaceId,
    projectId,
    addProject,
    queue: (nodes) =>
      createRun(db, {
        workspaceId,
        projectId,
        kind: "test",
        createdBy: "u1",
        nodes: nodes.map((node) => ({
          kind: "stage",
          lane: "batch",
          request: aVideoRequest({ width: 640, height: 360 }),
          ...node,
        })),
      }),
    row: async (jobId) => (await db.select().from(jobs).where(eq(jobs.id, jobId)))[0]!,
    rowsOf,
    move: async (runId, stepKey, to, patch) => {
      const found = (await rowsOf(runId)).find((row) => row.stepKey === stepKey && row.supersededBy === null);
      const moved = await db.transaction(async (tx) => {
        const row = await lockRow(tx, found!.id);
        return moveJob(tx, row!, to, patch);
      });
      if (moved === null) throw new Error(`${stepKey} may not become ${to}`);
    },
    addFile: async (jobId, role, { name, contentType }) => {
      const [asset] = await db
        .insert(assets)
        .values({
          workspaceId,
          projectId,
          kind: "other",
          name,
          contentType,
          bytes: 1,
          sha256: "0".repeat(64),
          objectKey: name,
          state: "ready",
          source: "test",
        })
        .returning();
      await db.insert(jobArtifacts).values({ jobId, role, name, assetId: asset!.id, attempt: 1 });
    },
    close: async () => {
      await handle.close();
      await database.drop();
    },
  };
}
