import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bus, connectBus } from "#bus/connection.ts";
import { publish, subscribe } from "#bus/messages.ts";
import { ensureTopology } from "#bus/topology.ts";
import { eventsChannel, recordEvent } from "#db/queries/project-events.ts";
import { type DbHandle, openDb } from "#db/client.ts";
import { projects, workspaces } from "#db/schema/workspace.ts";
import { ProjectEvent } from "#domain/jobs/messages/project-event.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import { startNats, type TestNats } from "#testing/nats.ts";
import { createTestDatabase, type TestDatabase } from "#testing/postgres.ts";
import { type Announcer, openAnnouncer } from "./announce.ts";

let database: TestDatabase;
let nats: TestNats;
let handle: DbHandle;
let ear: Bus;
let projectId: string;
const told: number[] = [];
beforeAll(async () => {
  [database, nats] = await Promise.all([createTestDatabase(), startNats()]);
  handle = openDb(database.url, { name: "test", max: 6 });
  ear = await connectBus({ url: nats.url, name: "ear" });
  await ensureTopology(ear, 5);
  const [workspace] = await handle.db.insert(workspaces).values({ name: "Maya's" }).returning();
  const [project] = await handle.db.insert(projects).values({ workspaceId: workspace!.id, title: "Test" }).returning();
  projectId = project!.id;
  subscribe(ear, subjects.projectEvents(projectId), ProjectEvent, (event) => {
    if (event.type === "queue") told.push(event.agents);
  });
  await ear.flush();
});
afterAll(async () => {
  await ear.close();
  await handle.close();
  await Promise.all([database.drop(), nats.stop()]);
});

/** As a director has it; `die` is the end of one that has no time to say so. */
async function open(): Promise<{ announcer: Announcer; die: () => Promise<void> }> {
  const bus = await connectBus({ url: nats.url, name: "director" });
  const announcer = openAnnouncer({ db: handle.db, bus, log: pino({ level: "silent" }) });
  const listener = await handle.sql.listen(eventsChannel, (notice) => announcer.take(notice));
  return {
    announcer,
    die: async () => {
      await bus.close();
      await listener.unlisten();
      await announcer.stop();
    },
  };
}
const say = async (from: number, to: number) => {
  for (let number = from; number < to; number++)
    await recordEvent(handle.db, projectId, { type: "queue", positions: {}, agents: number });
};
/** A broker that has just come back takes a while until it keeps anything. */
const prepared = () =>
  expect
    .poll(
      () =>
        ensureTopology(ear, 5).then(
          () => true,
          () => false,
        ),
      { timeout: 20_000 },
    )
    .toBe(true);
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

test("of two directors one tells each event, once and in order; when it dies the other goes on and nothing is missed", async () => {
  const [one, two] = await Promise.all([open(), open()]);
  await expect.poll(() => [one, two].filter(({ announcer }) => announcer.isTelling()).length).toBe(1);
  await say(0, 40);
  await expect.poll(() => told.length).toBe(40);
  expect(told).toEqual(numbers(0, 40));

  const [dying, staying] = one.announcer.isTelling() ? [one, two] : [two, one];
  await dying.die();
  await say(40, 60);
  await expect.poll(() => new Set(told).size, { timeout: 10_000 }).toBe(60);
  expect(staying.announcer.isTelling()).toBe(true);
  told.length = 0;
  await say(60, 70);
  await expect.poll(() => told.length).toBe(10);
  expect(told).toEqual(numbers(60, 70));

  // The broker is away for longer than a turn lasts, and forgets who has it.
  await nats.kill();
  await say(70, 75);
  await nats.restart();
  await prepared();
  // What may have been missed is told again, and how far back that goes follows how long it took.
  await expect.poll(() => numbers(70, 75).every((number) => told.includes(number)), { timeout: 15_000 }).toBe(true);

  // Another process lost its connection alone, and asks.
  await expect.poll(() => staying.announcer.isTelling(), { timeout: 10_000 }).toBe(true);
  told.length = 0;
  publish(ear, subjects.eventsMissed, { seconds: 30 });
  await expect.poll(() => numbers(70, 75).every((number) => told.includes(number)), { timeout: 5000 }).toBe(true);
  await staying.die();
}, 60_000);
