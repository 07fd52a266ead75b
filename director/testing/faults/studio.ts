import { setTimeout as sleep } from "node:timers/promises";
import { openAgents } from "#bus/agents.ts";
import { connectBus } from "#bus/connection.ts";
import { createRun } from "#db/queries/runs.ts";
import { users } from "#db/schema/identity.ts";
import { runs } from "#db/schema/work.ts";
import { projects, workspaces } from "#db/schema/workspace.ts";
import { eq } from "drizzle-orm";
import { aVideoRequest } from "../video-request.ts";
import type { Ground } from "./ground.ts";
import type { PlannedRun } from "./workload.ts";

/** Whose jobs they are: a project in each workspace. */
export type People = { workspaceId: string; projectId: string }[];

export async function addPeople({ handle }: Ground, count: number): Promise<People> {
  await handle.db.insert(users).values({ id: "u1", name: "Maya", email: "maya@example.org" });
  const people: People = [];
  for (let index = 0; index < count; index++) {
    const [workspace] = await handle.db
      .insert(workspaces)
      .values({ name: `Workspace ${index}` })
      .returning();
    const workspaceId = workspace!.id;
    const [project] = await handle.db.insert(projects).values({ workspaceId, title: "Film" }).returning();
    people.push({ workspaceId, projectId: project!.id });
  }
  return people;
}

/** What a job of a planned run is known by, in every table. */
export const shotOf = (run: PlannedRun, index: number) => `${run.title}-${index}`;

/**
 * Queues a run as the app does, however often Postgres goes away meanwhile: when an answer is lost, it looks whether the
 * run is there before it queues it again, as a person with an idempotency key would.
 */
export async function queueRun({ handle }: Ground, people: People, run: PlannedRun, seed: number): Promise<void> {
  const whose = people[run.workspace]!;
  for (;;) {
    try {
      const there = await handle.db.select({ id: runs.id }).from(runs).where(eq(runs.title, run.title));
      if (there.length > 0) return;
      await createRun(handle.db, {
        ...whose,
        kind: "test",
        title: run.title,
        createdBy: "u1",
        nodes: run.jobs.map((job, index) => ({
          key: `step:${index}`,
          kind: "shot" as const,
          lane: index % 2 === 0 ? ("interactive" as const) : ("batch" as const),
          shotId: shotOf(run, index),
          priority: job.priority,
          dependsOn: job.waits ? [`step:${index - 1}`] : [],
          request: { ...aVideoRequest(job.behaviour), seed: (seed * 1000 + run.workspace * 50 + index) >>> 0 },
        })),
      });
      return;
    } catch {
      await sleep(100);
    }
  }
}

/** Waits until so many agents report. @throws when they do not within a minute */
export async function untilAgents({ nats }: Ground, count: number): Promise<void> {
  const bus = await connectBus({ url: nats.url, name: "fault runner" });
  const agents = openAgents(bus);
  const deadline = Date.now() + 60_000;
  try {
    for (;;) {
      const heard = await agents.list().catch(() => []);
      if (heard.filter((agent) => agent.engines.length > 0).length >= count) return;
      if (Date.now() > deadline) throw new Error(`only ${heard.length} agents report`);
      await sleep(50);
    }
  } finally {
    await bus.close();
  }
}
