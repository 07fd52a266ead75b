import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { openAgents } from "#bus/agents.ts";
import { type Bus, connectBus } from "#bus/connection.ts";
import { type DbHandle, openDb } from "#db/client.ts";
import { getJob } from "#db/queries/jobs.ts";
import { createRun } from "#db/queries/runs.ts";
import { users } from "#db/schema/identity.ts";
import { projects, workspaces } from "#db/schema/workspace.ts";
import type { GraphNode } from "#domain/jobs/graph.ts";
import { isTerminal } from "#domain/jobs/lifecycle.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import { startNats, type TestNats } from "#testing/nats.ts";
import { createTestDatabase, type TestDatabase } from "#testing/postgres.ts";
import { type Director, startDirector } from "../director.ts";
import { startStoreServer, type StoreServer } from "./store-server.ts";
import { aVideoRequest, type Behaviour } from "./video-request.ts";

export const leaseSeconds = 2;

/** A database, a broker, a store and a director of one test file's own, with one workspace and one project. */
export type TestStudio = {
  handle: DbHandle;
  nats: TestNats;
  bus: Bus;
  store: StoreServer;
  workspaceId: string;
  projectId: string;
  startDirector: () => Promise<Director>;
  /** Waits until so many agents report; their programs take a while to load on a busy machine. */
  untilAgents: (count: number) => Promise<void>;
  queue: (nodes: Partial<GraphNode>[], behaviour?: Behaviour) => Promise<JobView[]>;
  job: (id: string) => Promise<JobView>;
  /** Waits until the job is as asked. @throws with the job as it is when that takes too long */
  until: (id: string, isSo: (job: JobView) => boolean, timeoutMs?: number) => Promise<JobView>;
  untilEnded: (id: string, timeoutMs?: number) => Promise<JobView>;
  stop: () => Promise<void>;
};

export async function startTestStudio(): Promise<TestStudio> {
  const [database, nats, store]: [TestDatabase, TestNats, StoreServer] = await Promise.all([
    createTestDatabase(),
    startNats(),
    startStoreServer(),
  ]);
  const handle = openDb(database.url, { name: "test", max: 10 });
  const bus = await connectBus({ url: nats.url, name: "test" });
  await handle.db.insert(users).values({ id: "u1", name: "Maya", email: "maya@example.org" });
  const [workspace] = await handle.db.insert(workspaces).values({ name: "Maya's" }).returning();
  const workspaceId = workspace!.id;
  const [project] = await handle.db.insert(projects).values({ workspaceId, title: "Test" }).returning();
  const projectId = project!.id;
  const directors: { director: Director; bus: Bus }[] = [];
  const job = async (id: string) => {
    const found = await getJob(handle.db, id);
    if (found === null) throw new Error(`no job ${id}`);
    return found;
  };
  const until: TestStudio["until"] = async (id, isSo, timeoutMs = 20_000) => {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const now = await job(id);
      if (isSo(now)) return now;
      if (Date.now() > deadline) throw new Error(`the job is still ${JSON.stringify(now)}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  };
  return {
    handle,
    nats,
    bus,
    store,
    workspaceId,
    projectId,
    startDirector: async () => {
      const own = await connectBus({ url: nats.url, name: "test director" });
      const log = pino({ level: process.env["TEST_LOG"] ?? "error" });
      const director = await startDirector({ handle, bus: own, store: store.store, leaseSeconds, log });
      directors.push({ director, bus: own });
      return director;
    },
    untilAgents: async (count) => {
      const agents = openAgents(bus);
      const deadline = Date.now() + 60_000;
      for (let heard = 0; heard < count; heard = (await agents.list()).length) {
        if (Date.now() > deadline) throw new Error(`only ${heard} agents report`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    queue: async (nodes, behaviour = {}) => {
      const made = await createRun(handle.db, {
        workspaceId,
        projectId,
        kind: "test",
        createdBy: "u1",
        nodes: nodes.map((one) => ({
          kind: "shot",
          lane: "interactive",
          shotId: `shot-${randomUUID()}`,
          request: aVideoRequest(behaviour),
          ...one,
        })),
      });
      return made.jobs;
    },
    job,
    until,
    untilEnded: (id, timeoutMs) => until(id, (one) => isTerminal(one.state), timeoutMs),
    stop: async () => {
      for (const { director, bus: own } of directors) {
        await director.stop();
        await own.close();
      }
      await bus.close();
      await handle.close();
      await Promise.all([nats.stop(), store.stop(), database.drop()]);
    },
  };
}
