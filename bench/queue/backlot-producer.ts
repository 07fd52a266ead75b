/** Queues jobs as the app does: `node backlot-producer.js`, with DATABASE_URL. */
import { openDb } from "#db/client.ts";
import { createRun } from "#db/queries/runs.ts";
import { users } from "#db/schema/identity.ts";
import { projects, workspaces } from "#db/schema/workspace.ts";
import type { GraphNode } from "#domain/jobs/graph.ts";
import { aVideoRequest } from "#domain/jobs/testing/video-request.ts";
import { type FromProducer, now, type ToProducer } from "./words.ts";

const say = (word: FromProducer) => process.send?.(word);
process.once("disconnect", () => process.exit(0));
const { db } = openDb(process.env["DATABASE_URL"] ?? "", { name: "bench producer", max: 4 });
await db.insert(users).values({ id: "u1", name: "Maya", email: "maya@example.org" }).onConflictDoNothing();

const people: { workspaceId: string; projectId: string }[] = [];
async function personAt(index: number) {
  while (people.length <= index) {
    const [workspace] = await db
      .insert(workspaces)
      .values({ name: `Workspace ${people.length}` })
      .returning();
    const [project] = await db.insert(projects).values({ workspaceId: workspace!.id, title: "Film" }).returning();
    people.push({ workspaceId: workspace!.id, projectId: project!.id });
  }
  return people[index]!;
}

/** No shot: an empty job leaves no take, as an empty job of the others leaves nothing. */
const node: GraphNode = { kind: "chunk", lane: "interactive", request: aVideoRequest() };
const queue = async (person: number, nodes: GraphNode[]) =>
  createRun(db, { ...(await personAt(person)), kind: "test", createdBy: "u1", nodes });

process.on("message", (word: ToProducer) => void (word.type === "one" ? one(word.id) : many(word)));

async function one(id: string): Promise<void> {
  await personAt(0);
  const askedAt = now();
  const { jobs } = await queue(0, [node]);
  say({ type: "queued", id, askedAt, doneAt: now(), job: jobs[0]!.id });
}

async function many({ count, workspaces: spread }: Extract<ToProducer, { type: "many" }>): Promise<void> {
  await personAt(spread - 1);
  const begun = now();
  for (let person = 0; person < spread; person++) {
    const size = Math.floor(count / spread) + (person < count % spread ? 1 : 0);
    for (let left = size; left > 0; left -= 500)
      await queue(
        person,
        Array.from({ length: Math.min(left, 500) }, () => node),
      );
  }
  say({ type: "queued-many", ms: now() - begun });
}
say({ type: "ready" });
