import { afterAll, beforeAll, expect, test } from "vitest";
import { webhookDeliveries } from "#db/schema/webhooks.ts";
import { call, startTestStudio, type TestCaller, type TestStudio } from "../testing/test-studio.ts";

let studio: TestStudio;
let maya: TestCaller;
beforeAll(async () => {
  studio = await startTestStudio();
  maya = await studio.comeIn("Maya");
});
afterAll(() => studio.stop());

const url = "https://example.org/hooks/backlot";

test("a webhook is made, listed, changed and removed by its owner; its secret is shown once and kept sealed", async () => {
  const made = await maya.call("POST", "/v1/webhooks", { url, events: ["job", "take"] });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const { webhook, secret } = made.body;
  expect(webhook).toMatchObject({ workspaceId: maya.workspaceId, projectId: null, url, enabled: true });
  expect(Buffer.from(secret.replace("whsec_", ""), "base64")).toHaveLength(32);
  const at = `/v1/webhooks/${webhook.id}`;
  const shown = [await maya.call("GET", "/v1/webhooks"), await maya.call("GET", at)];
  const [row] = await studio.parts.sql`select * from webhooks where id = ${webhook.id}`;
  expect(JSON.stringify([shown, row])).not.toContain(secret.slice(6));
  const off = await maya.call("PATCH", at, { enabled: false, events: ["take"] });
  expect(off.body.webhook).toMatchObject({ enabled: false, disabledReason: expect.any(String), events: ["take"] });
  const on = (await maya.call("PATCH", at, { enabled: true })).body.webhook;
  expect([on.enabled, on.disabledReason]).toEqual([true, undefined]);
  const other = await studio.comeIn("Sam");
  for (const [method, path] of [
    ["GET", at],
    ["PATCH", at],
    ["DELETE", at],
    ["GET", `${at}/deliveries`],
  ] as const)
    expect((await other.call(method, path, method === "PATCH" ? {} : undefined)).status).toBe(404);
  expect((await maya.call("DELETE", at)).status).toBe(200);
  expect((await maya.call("DELETE", at)).status).toBe(404);
});

test("an address into a private network, an unknown event and somebody else's film are refused by name", async () => {
  const refusal = async (body: object) => {
    const answer = await maya.call("POST", "/v1/webhooks", { url, ...body });
    return [answer.status, answer.body.error.details?.fields?.[0]?.field];
  };
  expect(await refusal({ url: "https://127.0.0.1/hook" })).toEqual([400, "url"]);
  expect(await refusal({ url: "http://example.org/hook" })).toEqual([400, "url"]);
  expect((await refusal({ events: ["coffee"] }))[0]).toBe(400);
  expect((await refusal({ events: [] }))[0]).toBe(400);
  const other = await studio.comeIn("Sam");
  expect((await refusal({ workspaceId: other.workspaceId }))[0]).toBe(404);
  const invite = await other.call("POST", `/v1/workspaces/${other.workspaceId}/invites`, { role: "viewer" });
  await maya.call("POST", "/v1/invites/accept", { token: invite.body.token });
  expect((await refusal({ workspaceId: other.workspaceId }))[0]).toBe(403);
});

test("the log says what was sent and what came of it, page by page; a message can be sent again", async () => {
  const { webhook } = (await maya.call("POST", "/v1/webhooks", { url })).body;
  const project = await maya.call("POST", "/v1/projects", { workspaceId: maya.workspaceId, title: "Night Ferry" });
  const projectId = project.body.project.id as string;
  const of = { webhookId: webhook.id as string, projectId, type: "take" };
  await studio.parts.db.insert(webhookDeliveries).values([
    { ...of, eventId: 1, attempt: 1, status: 204, doneAt: new Date() },
    { ...of, eventId: 2, attempt: 3, status: 500, error: "It answered 500." },
    { ...of, eventId: 3, attempt: 9, error: "It refused the connection.", doneAt: new Date() },
  ]);
  const at = `/v1/webhooks/${webhook.id}/deliveries`;
  const first = (await maya.call("GET", `${at}?limit=2`)).body;
  const second = (await maya.call("GET", `${at}?limit=2&cursor=${first.cursor}`)).body;
  const states = [...first.deliveries, ...second.deliveries].map(({ state }: { state: string }) => state);
  expect(states).toEqual(["given-up", "waiting", "delivered"]);
  expect(second.cursor).toBeUndefined();
  const again = await maya.call("POST", `${at}/${first.deliveries[0].id}/redeliver`);
  expect([again.status, again.body.delivery]).toMatchObject([202, { state: "waiting", attempt: 0 }]);
  await maya.call("PATCH", `/v1/webhooks/${webhook.id}`, { enabled: false });
  expect((await maya.call("POST", `${at}/${first.deliveries[0].id}/redeliver`)).status).toBe(409);
});

test("a person has at most twenty webhooks", async () => {
  const sam = await studio.comeIn("Sam");
  const made = await Promise.all(Array.from({ length: 23 }, () => sam.call("POST", "/v1/webhooks", { url })));
  expect(made.map(({ status }) => status).sort()).toEqual([...Array(20).fill(201), ...Array(3).fill(409)]);
});

test("every list comes in pages: all of it, once, in order; a foreign cursor is said to be one", async () => {
  const olga = await studio.comeIn("Olga");
  const at = `/v1/workspaces/${olga.workspaceId}`;
  const invite = await olga.call("POST", `${at}/invites`, { role: "viewer" });
  for (const name of ["A", "B", "C", "D"]) {
    await olga.call("POST", "/v1/workspaces", { name });
    await olga.call("POST", "/v1/tokens", { name });
    await olga.call("POST", `${at}/invites`, { role: "viewer" });
    await olga.call("POST", "/v1/webhooks", { url });
    await (await studio.comeIn(name)).call("POST", "/v1/invites/accept", { token: invite.body.token });
  }
  for (const [path, name, id, count] of [
    ["/v1/workspaces", "workspaces", "id", 5],
    ["/v1/tokens", "tokens", "id", 5],
    ["/v1/webhooks", "webhooks", "id", 4],
    [`${at}/invites`, "invites", "id", 5],
    [`${at}/members`, "members", "userId", 5],
  ] as const) {
    const whole = (await olga.call("GET", path)).body;
    expect([path, whole[name].length, whole.cursor]).toEqual([path, count, undefined]);
    const pages: string[][] = [];
    let cursor: string | undefined;
    do {
      const { body } = await olga.call("GET", `${path}?limit=2${cursor === undefined ? "" : `&cursor=${cursor}`}`);
      pages.push(body[name].map((item: Record<string, string>) => item[id]));
      cursor = body.cursor;
    } while (cursor !== undefined && pages.length < 9);
    expect([path, pages.flat()]).toEqual([path, whole[name].map((item: Record<string, string>) => item[id])]);
    expect([path, pages.map((page) => page.length)]).toEqual([path, count === 4 ? [2, 2] : [2, 2, 1]]);
    expect((await olga.call("GET", `${path}?cursor=rubbish`)).status).toBe(400);
  }
  expect((await olga.call("GET", "/v1/workspaces")).body.workspaces[0]).toMatchObject({ personal: true });
});

test("a guest's webhooks go along when the guest becomes an account", async () => {
  const guest = await studio.comeIn("Ines");
  const { webhook } = (await guest.call("POST", "/v1/webhooks", { url })).body;
  const account = await fetch(`${studio.url}/auth/sign-up/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: studio.url, cookie: guest.cookie },
    body: JSON.stringify({ name: "Ines", email: "ines@example.com", password: "a long password" }),
  });
  const cookie = account.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const mine = await call(studio.url, "GET", `/v1/webhooks/${webhook.id}`, undefined, { cookie });
  expect(mine.body.webhook).toMatchObject({ id: webhook.id, workspaceId: guest.workspaceId });
});
