import http from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import pino from "pino";
import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type DbHandle, openDb } from "#db/client.ts";
import { recordEvent } from "#db/queries/project-events.ts";
import { insertWebhook, type NewWebhook } from "#db/queries/webhooks.ts";
import { listDeliveries, repeatDelivery } from "#db/queries/webhook-deliveries.ts";
import { users } from "#db/schema/identity.ts";
import { webhookDeliveries, webhooks } from "#db/schema/webhooks.ts";
import { projects, workspaceMembers, workspaces } from "#db/schema/workspace.ts";
import type { ProjectEvent } from "#domain/jobs/messages/project-event.ts";
import { createTestDatabase, type TestDatabase } from "#testing/postgres.ts";
import { openSender } from "./send-webhook.ts";
import { startWebhooks } from "./webhooks.ts";

const sessionSecret = "a secret only of tests, 32 letters long";
const secret = `whsec_${Buffer.from("thirty-two bytes of a test's own").toString("base64")}`;
const log = pino({ level: "silent" });

type Heard = { headers: Record<string, string>; body: string; path: string };

let database: TestDatabase;
let handle: DbHandle;
let receiver: http.Server;
let address: string;
let heard: Heard[] = [];
/** What the receiver answers, in turn; 204 when it has run out. Null: nothing at all. */
let answers: (number | null)[] = [];
let workspaceId: string;
let projectId: string;
let running: { stop: () => Promise<void> }[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  handle = openDb(database.url, { name: "test director", max: 8 });
  await handle.db.insert(users).values({ id: "u1", name: "Maya", email: "maya@example.org" });
  receiver = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      heard.push({
        headers: request.headers as Record<string, string>,
        body: Buffer.concat(chunks).toString("utf8"),
        path: request.url ?? "",
      });
      const status = answers.shift();
      if (status === null) return;
      response.writeHead(status ?? 204, status === 302 ? { location: "/elsewhere" } : {}).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await handle.close();
  await database.drop();
});
beforeEach(async () => {
  heard = [];
  answers = [];
  const [workspace] = await handle.db.insert(workspaces).values({ name: "Maya's" }).returning();
  workspaceId = workspace!.id;
  await handle.db.insert(workspaceMembers).values({ workspaceId, userId: "u1", role: "owner" });
  projectId = await addProject();
});
afterEach(async () => {
  await Promise.all(running.map((one) => one.stop()));
  running = [];
  await handle.db.delete(webhooks);
});

async function addProject(): Promise<string> {
  return (await handle.db.insert(projects).values({ workspaceId, title: "Night Ferry" }).returning())[0]!.id;
}

async function hook(wish: Partial<NewWebhook> = {}): Promise<string> {
  const row = await insertWebhook(
    handle.db,
    { userId: "u1", workspaceId, projectId: null, url: address, events: ["take", "asset"], secret, ...wish },
    sessionSecret,
  );
  return row!.id;
}

async function begin(wish: { timeoutMs?: number; allowPrivate?: boolean } = {}): Promise<void> {
  running.push(await startWebhooks({ handle, log, sessionSecret, allowPrivate: true, ...wish }));
}

const happens = (name: string, where = projectId) => recordEvent(handle.db, where, anAsset(name, where));
const namesOf = (messages: Heard[]) => messages.map(({ body }) => JSON.parse(body).data.asset.name as string).sort();
const logOf = (webhookId: string) => listDeliveries(handle.db, webhookId, { limit: 50 });
/** Lets a message that waits for its next try be due. */
const soon = (webhookId: string) =>
  handle.db.update(webhookDeliveries).set({ nextAt: new Date() }).where(eq(webhookDeliveries.webhookId, webhookId));

function anAsset(name: string, where: string): ProjectEvent {
  return {
    type: "asset",
    asset: {
      ...{ id: "a1", projectId: where, name, kind: "audio", contentType: "audio/wav", bytes: 9, state: "ready" },
      ...{ source: "upload", meta: {}, url: "/v1/assets/a1", createdAt: new Date().toISOString() },
    },
  };
}

test("a message is signed as the Standard Webhooks specification says, and any of its libraries believes it", async () => {
  const id = await hook();
  await begin();
  await happens("rain.wav");
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(1);
  const { headers, body } = heard[0]!;
  const message = new Webhook(secret).verify(body, headers) as Record<string, unknown>;
  expect(message).toMatchObject({
    type: "asset",
    projectId,
    workspaceId,
    position: 1,
    data: { asset: { name: "rain.wav" } },
  });
  expect(() => new Webhook(secret).verify(body.replace("rain", "snow"), headers)).toThrow();
  await expect.poll(async () => (await logOf(id))[0], { timeout: 5000 }).toMatchObject({ status: 204, attempt: 1 });
  expect((await logOf(id))[0]).toMatchObject({ id: headers["webhook-id"], type: "asset", error: null });
});

test("what failed comes again under the same id, later each time, until it is received", async () => {
  answers = [500, 302];
  const id = await hook();
  await begin();
  await happens("rain.wav");
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(1);
  await expect.poll(async () => (await logOf(id))[0]?.status).toBe(500);
  const [first] = await logOf(id);
  expect(first!.doneAt).toBeNull();
  expect(first!.nextAt.getTime() - Date.now()).toBeGreaterThan(2000);
  await soon(id);
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(2);
  await expect.poll(async () => (await logOf(id))[0]?.error).toContain("redirects are not followed");
  const [second] = await logOf(id);
  expect(second!.nextAt.getTime() - Date.now()).toBeGreaterThan(20_000);
  await soon(id);
  await expect.poll(async () => (await logOf(id))[0], { timeout: 10_000 }).toMatchObject({ status: 204, attempt: 3 });
  expect(new Set(heard.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  expect(heard.map(({ path }) => path)).toEqual(["/hook", "/hook", "/hook"]);
});

test("a receiver that says nothing is left after the time limit, and holds up nobody else", async () => {
  answers = [null];
  const slow = await hook();
  await begin({ timeoutMs: 1500 });
  await happens("rain.wav");
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(1);
  await hook();
  await happens("wind.wav");
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(3);
  const [oldest] = (await logOf(slow)).slice(-1);
  expect(oldest).toMatchObject({ attempt: 1, status: null, error: null });
  await expect
    .poll(async () => (await logOf(slow)).at(-1)?.error, { timeout: 10_000 })
    .toBe("It took longer than 1.5 s to answer.");
});

test("no name and no number leads into a private network, whatever the webhook says", async () => {
  const sender = openSender({ allowPrivate: false, timeoutMs: 2000, now: Date.now });
  const to = (url: string) => sender.send({ id: "m1", url, secret, body: "{}" });
  const { port } = new URL(address);
  for (const url of [
    address,
    `http://localhost:${port}/hook`,
    `http://[::ffff:127.0.0.1]:${port}/`,
    "http://10.0.0.1/",
  ])
    expect([url, await to(url)]).toEqual([url, { error: expect.stringContaining("private") }]);
  sender.close();
  expect(heard).toEqual([]);
  const id = await hook();
  await begin({ allowPrivate: false });
  await happens("rain.wav");
  await expect.poll(async () => (await logOf(id))[0]?.error, { timeout: 10_000 }).toContain("private");
});

test("410, and a day of failing, switch a webhook off and say why; nothing more is sent", async () => {
  answers = [410];
  const gone = await hook();
  await begin();
  await happens("rain.wav");
  const row = async (id: string) => (await handle.db.select().from(webhooks).where(eq(webhooks.id, id)))[0]!;
  await expect.poll(async () => (await row(gone)).disabledReason, { timeout: 10_000 }).toContain("410");
  await happens("wind.wav");
  const dead = await hook();
  answers = [503, 503];
  await happens("hail.wav");
  await expect.poll(async () => (await logOf(dead))[0]?.status, { timeout: 10_000 }).toBe(503);
  await handle.db.update(webhookDeliveries).set({ attempt: 8 }).where(eq(webhookDeliveries.webhookId, dead));
  await soon(dead);
  await expect.poll(async () => (await row(dead)).disabledReason, { timeout: 10_000 }).toContain("503");
  expect((await logOf(dead))[0]).toMatchObject({ attempt: 9, doneAt: expect.any(Date) });
  expect(namesOf(heard)).toEqual(["hail.wav", "hail.wav", "rain.wav"]);
});

test("two directors and a third that dies tell everything once, of old and new projects alike", async () => {
  const id = await hook();
  await happens("0.wav");
  await begin();
  await begin();
  for (let count = 1; count <= 20; count += 1) await happens(`${count}.wav`);
  const later = await addProject();
  await happens("later.wav", later);
  await expect.poll(() => heard.length, { timeout: 15_000 }).toBe(22);
  // What is still to be noted would be noted over what follows.
  await expect
    .poll(async () => (await logOf(id)).every(({ doneAt }) => doneAt !== null), { timeout: 10_000 })
    .toBe(true);
  // Taken by one that died before it could send: due again once its minute is over.
  const [one] = await logOf(id);
  await handle.db
    .update(webhookDeliveries)
    .set({ doneAt: null, status: null, nextAt: new Date() })
    .where(eq(webhookDeliveries.id, one!.id));
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(23);
  const ids = heard.map(({ headers }) => headers["webhook-id"]);
  expect(new Set(ids).size).toBe(22);
  expect(new Set(namesOf(heard)).size).toBe(22);
});

test("it hears only what it asked for, from its beginning on, of its own project, while its owner may see it", async () => {
  await happens("before.wav");
  const other = await addProject();
  const id = await hook({ projectId });
  const takes = await hook({ events: ["take"] });
  await begin();
  await happens("mine.wav");
  await happens("others.wav", other);
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(1);
  await handle.db.delete(workspaceMembers).where(eq(workspaceMembers.workspaceId, workspaceId));
  await happens("secret.wav");
  const [first] = await logOf(id);
  await repeatDelivery(handle.db, id, first!.id);
  await expect
    .poll(async () => (await logOf(id))[0], { timeout: 10_000 })
    .toMatchObject({
      status: null,
      error: expect.stringContaining("no longer"),
      doneAt: expect.any(Date),
    });
  expect(namesOf(heard)).toEqual(["mine.wav"]);
  expect(await logOf(takes)).toEqual([]);
});
