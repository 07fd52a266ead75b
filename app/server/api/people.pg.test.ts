import { afterAll, beforeAll, expect, test } from "vitest";
import { call, startTestStudio, type TestStudio } from "../testing/test-studio.ts";

let studio: TestStudio;
beforeAll(async () => {
  studio = await startTestStudio();
});
afterAll(() => studio.stop());

test("a guest has a name, a colour, a workspace of their own, a token and a cookie", async () => {
  const maya = await studio.comeIn("Maya");
  const byToken = await maya.call("GET", "/v1/me");
  expect(byToken.status).toBe(200);
  expect(byToken.body.user).toMatchObject({ id: maya.userId, name: "Maya", isGuest: true, email: null });
  expect(byToken.body.workspaces).toEqual([
    expect.objectContaining({ id: maya.workspaceId, role: "owner", personal: true }),
  ]);
  const byCookie = await call(studio.url, "GET", "/v1/me", undefined, { cookie: maya.cookie });
  expect(byCookie.body.user.id).toBe(maya.userId);
});

test("two guests may have the same name and are two people", async () => {
  const [one, two] = await Promise.all([studio.comeIn("Sam"), studio.comeIn("Sam")]);
  expect(one.userId).not.toBe(two.userId);
  expect(one.workspaceId).not.toBe(two.workspaceId);
});

test("without a name there is no coming in, and the answer names the field", async () => {
  const answer = await call(studio.url, "POST", "/v1/guests", { name: "  " });
  expect(answer.status).toBe(400);
  expect(answer.body.error.code).toBe("request/invalid");
  expect(answer.body.error.details.fields).toEqual([{ field: "name", message: "say a name" }]);
});

test("a cookie is worth nothing from another site", async () => {
  const maya = await studio.comeIn("Maya");
  const from = (headers: Record<string, string>) =>
    call(studio.url, "POST", "/v1/workspaces", { name: "Team" }, { cookie: maya.cookie, ...headers });
  expect((await from({ origin: "https://evil.example" })).status).toBe(403);
  expect((await from({ "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await from({})).status).toBe(403);
  expect((await from({ origin: studio.url })).status).toBe(201);
});

test("an account keeps what its guest made", async () => {
  const guest = await studio.comeIn("Ines");
  const made = await guest.call("POST", "/v1/projects", { workspaceId: guest.workspaceId, title: "Night Ferry" });
  expect(made.status).toBe(201);
  const account = await fetch(`${studio.url}/auth/sign-up/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: studio.url, cookie: guest.cookie },
    body: JSON.stringify({ name: "Ines", email: "ines@example.com", password: "a long password" }),
  });
  expect(account.status, await account.clone().text()).toBe(200);
  const cookie = account.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const me = await call(studio.url, "GET", "/v1/me", undefined, { cookie });
  expect(me.body.user).toMatchObject({ isGuest: false, email: "ines@example.com" });
  expect(me.body.workspaces).toEqual([
    expect.objectContaining({ id: guest.workspaceId, role: "owner", personal: true }),
  ]);
  const film = await call(studio.url, "GET", `/v1/projects/${made.body.project.id}`, undefined, { cookie });
  expect(film.body.project).toMatchObject({ title: "Night Ferry", role: "owner" });
  // The guest's program goes on as the account.
  expect((await guest.call("GET", "/v1/me")).body.user.email).toBe("ines@example.com");
});

test("an account is there again from another browser, under any name of this machine", async () => {
  const port = new URL(studio.url).port;
  const local = `http://localhost:${port}`;
  const sent = { "content-type": "application/json", origin: local };
  const details = { name: "Bo", email: "bo@example.com", password: "a long password" };
  expect(
    (await fetch(`${local}/auth/sign-up/email`, { method: "POST", headers: sent, body: JSON.stringify(details) }))
      .status,
  ).toBe(200);
  const again = await fetch(`${local}/auth/sign-in/email`, {
    method: "POST",
    headers: sent,
    body: JSON.stringify(details),
  });
  expect(again.status).toBe(200);
  const [cookie = ""] = again.headers.getSetCookie();
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=Lax/i);
  const me = await call(local, "GET", "/v1/me", undefined, { cookie: cookie.split(";")[0]! });
  expect(me.body.workspaces).toHaveLength(1);
});

test("tokens can be made, listed without their secret, and removed", async () => {
  const maya = await studio.comeIn("Maya");
  const made = await maya.call("POST", "/v1/tokens", { name: "my script" });
  expect(made.status).toBe(201);
  const as = { authorization: `Bearer ${made.body.token}` };
  expect((await call(studio.url, "GET", "/v1/me", undefined, as)).body.user.id).toBe(maya.userId);
  const listed = await maya.call("GET", "/v1/tokens");
  expect(JSON.stringify(listed.body)).not.toContain(made.body.token);
  expect((await maya.call("DELETE", `/v1/tokens/${made.body.id}`)).status).toBe(200);
  expect((await call(studio.url, "GET", "/v1/me", undefined, as)).status).toBe(401);
});

test("a repeated POST with an Idempotency-Key happens once", async () => {
  const maya = await studio.comeIn("Maya");
  const post = (title: string) =>
    maya.call("POST", "/v1/projects", { workspaceId: maya.workspaceId, title }, { "idempotency-key": "k1" });
  const first = await post("Once");
  const second = await post("Once");
  expect(second.body).toEqual(first.body);
  expect((await post("Other")).status).toBe(409);
  expect((await maya.call("GET", "/v1/projects")).body.projects).toHaveLength(1);
});
