import { afterAll, beforeAll, expect, test } from "vitest";
import { subscribe } from "#bus/messages.ts";
import { AccessChange } from "#domain/collab/access-change.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import { addressHeader } from "./auth.ts";
import { createRateLimit } from "./rate-limit.ts";
import { createStudioPages } from "./studio-pages.ts";
import { call, startTestStudio, type TestCaller, type TestStudio } from "./testing/test-studio.ts";

type Who = "owner" | "editor" | "commenter" | "viewer" | "stranger" | "nobody";
const everybody: Who[] = ["owner", "editor", "commenter", "viewer", "stranger", "nobody"];

let studio: TestStudio;
let people: Record<Exclude<Who, "nobody">, TestCaller>;
let workspaceId: string;
let projectId: string;
let shotId: string;
let jobId: string;
let assetId: string;

beforeAll(async () => {
  studio = await startTestStudio();
  const [owner, editor, commenter, viewer, stranger] = await Promise.all(
    ["Olga", "Edda", "Cora", "Vito", "Stan"].map((name) => studio.comeIn(name)),
  );
  people = { owner: owner!, editor: editor!, commenter: commenter!, viewer: viewer!, stranger: stranger! };
  workspaceId = people.owner.workspaceId;
  projectId = (
    await people.owner.call("POST", "/v1/projects", {
      workspaceId,
      title: "Ours",
      screenplay: "EXT. PIER - DAY\n\nRain.",
    })
  ).body.project.id;
  for (const role of ["editor", "commenter", "viewer"] as const) {
    const invite = await people.owner.call("POST", `/v1/workspaces/${workspaceId}/invites`, { role });
    expect((await people[role].call("POST", "/v1/invites/accept", { token: invite.body.token })).body).toMatchObject({
      role,
      workspaceId,
    });
  }
  const parsed = await people.owner.call("POST", `/v1/projects/${projectId}/storyboard/parse`);
  const film = (
    await people.owner.call("POST", `/v1/projects/${projectId}/storyboard/commit`, { scenes: parsed.body.scenes })
  ).body.film;
  shotId = film.shots[0].id;
  jobId = (await people.owner.call("POST", `/v1/projects/${projectId}/shots/${shotId}/generate`)).body.job.id;
  assetId = (
    await people.owner.call("POST", `/v1/projects/${projectId}/assets`, {
      name: "a.wav",
      contentType: "audio/wav",
      bytes: 10,
      sha256: "0".repeat(64),
    })
  ).body.asset.id;
});
afterAll(() => studio.stop());

const as = (who: Who, method: string, path: string, body?: unknown) =>
  who === "nobody" ? call(studio.url, method, path, body) : people[who].call(method, path, body);

/** What each may do: `read` for members, `edit` from editors up, `manage` for owners. Strangers hear of nothing. */
const routes: [need: "read" | "edit" | "manage", method: string, path: () => string, body?: () => unknown][] = [
  ["read", "GET", () => `/v1/projects/${projectId}`],
  ["read", "GET", () => `/v1/projects/${projectId}/screenplay`],
  ["read", "POST", () => `/v1/projects/${projectId}/ticket`],
  ["read", "POST", () => `/v1/projects/${projectId}/storyboard/parse`],
  ["read", "GET", () => `/v1/projects/${projectId}/jobs`],
  ["read", "GET", () => `/v1/projects/${projectId}/takes`],
  ["read", "GET", () => `/v1/projects/${projectId}/assets`],
  ["read", "GET", () => `/v1/projects/${projectId}/estimate`],
  ["read", "GET", () => `/v1/jobs/${jobId}`],
  ["read", "GET", () => `/v1/assets/${assetId}`],
  ["read", "GET", () => `/v1/workspaces/${workspaceId}/members`],
  ["edit", "PATCH", () => `/v1/projects/${projectId}`, () => ({ title: "Ours" })],
  ["edit", "PUT", () => `/v1/projects/${projectId}/screenplay`, () => "EXT. PIER - DAY\n\nRain."],
  ["edit", "POST", () => `/v1/projects/${projectId}/storyboard/commit`, () => ({ scenes: [] })],
  ["edit", "POST", () => `/v1/projects/${projectId}/storyboard/thumbnails`, () => ({ shotIds: [] })],
  ["edit", "POST", () => `/v1/projects/${projectId}/shots/${shotId}/generate`, () => ({ frames: 24 })],
  ["edit", "POST", () => `/v1/projects/${projectId}/generate`, () => ({})],
  ["edit", "POST", () => `/v1/projects/${projectId}/score`],
  ["edit", "POST", () => `/v1/projects/${projectId}/timeline/assemble`],
  ["edit", "POST", () => `/v1/projects/${projectId}/exports`, () => ({ format: "mp4" })],
  [
    "edit",
    "POST",
    () => `/v1/projects/${projectId}/assets`,
    () => ({ name: "b.wav", contentType: "audio/wav", bytes: 10, sha256: "1".repeat(64) }),
  ],
  ["edit", "POST", () => `/v1/assets/${assetId}/complete`],
  ["edit", "POST", () => `/v1/projects/${projectId}/images`, () => ({ prompt: "A pier in the rain." })],
  ["edit", "PATCH", () => `/v1/jobs/${jobId}`, () => ({ priority: 1 })],
  ["edit", "POST", () => `/v1/jobs/${jobId}/cancel`],
  ["edit", "POST", () => `/v1/jobs/${jobId}/retry`],
  ["edit", "POST", () => "/v1/projects", () => ({ workspaceId, title: "Another" })],
  ["manage", "GET", () => `/v1/workspaces/${workspaceId}/invites`],
  ["manage", "POST", () => `/v1/workspaces/${workspaceId}/invites`, () => ({ role: "viewer" })],
  ["manage", "PATCH", () => `/v1/workspaces/${workspaceId}/members/nobody`, () => ({ role: "viewer" })],
  ["manage", "DELETE", () => `/v1/workspaces/${workspaceId}/members/nobody`],
];
const mayDo = { read: ["owner", "editor", "commenter", "viewer"], edit: ["owner", "editor"], manage: ["owner"] };

test.each(routes)("%s is what it takes for %s %s", async (need, method, path, body) => {
  const outcomes = await Promise.all(
    everybody.map(async (who) => ({ who, answered: await as(who, method, path(), body?.()) })),
  );
  for (const { who, answered } of outcomes) {
    const { status, body: answer } = answered;
    const said = `${who}: ${status} ${JSON.stringify(answer).slice(0, 200)}`;
    if (who === "nobody") expect(status, said).toBe(401);
    else if (who === "stranger") expect(status, said).toBe(404);
    else if (mayDo[need].includes(who))
      expect([200, 201, 202, 409].includes(status) || answer.error?.message === "There is no such member.", said).toBe(
        true,
      );
    else expect([status, answer.error.code], said).toEqual([403, "auth/forbidden"]);
  }
});

test("an invite to one film opens that film alone", async () => {
  const friend = await studio.comeIn("Fred");
  const other = (await people.owner.call("POST", "/v1/projects", { workspaceId, title: "Private" })).body.project.id;
  const invite = (
    await people.owner.call("POST", `/v1/workspaces/${workspaceId}/invites`, {
      role: "editor",
      projectId,
      expiresInHours: 24,
    })
  ).body;
  expect(invite.url).toBe(`${studio.url}/invite/${invite.token}`);
  expect((await friend.call("POST", "/v1/invites/accept", { token: invite.token })).body).toEqual({
    workspaceId,
    projectId,
    role: "editor",
  });
  expect((await friend.call("GET", `/v1/projects/${projectId}`)).body.project).toMatchObject({
    role: "editor",
    shared: true,
  });
  expect((await friend.call("GET", `/v1/projects/${other}`)).status).toBe(404);
  expect((await friend.call("GET", `/v1/workspaces/${workspaceId}/members`)).status).toBe(404);
});

test("an invite works as often as it says, also when many come at once; coming again uses nothing up", async () => {
  const invite = (
    await people.owner.call("POST", `/v1/workspaces/${workspaceId}/invites`, { role: "viewer", projectId, maxUses: 2 })
  ).body;
  const guests = await Promise.all([1, 2, 3, 4, 5].map((n) => studio.comeIn(`Guest ${n}`)));
  const outcomes = await Promise.all(
    guests.map((guest) => guest.call("POST", "/v1/invites/accept", { token: invite.token })),
  );
  expect(outcomes.filter((answer) => answer.status === 200)).toHaveLength(2);
  expect(outcomes.filter((answer) => answer.body.error?.code === "invite/expired")).toHaveLength(3);
  const inside = guests[outcomes.findIndex((answer) => answer.status === 200)]!;
  expect((await inside.call("POST", "/v1/invites/accept", { token: invite.token })).status).toBe(200);
  const listed = (await people.owner.call("GET", `/v1/workspaces/${workspaceId}/invites`)).body.invites;
  expect(listed.find((each: { id: string }) => each.id === invite.id)).toMatchObject({ uses: 2, state: "used-up" });
  expect(JSON.stringify(listed)).not.toContain(invite.token);
});

test("an expired, revoked or made-up invite says so", async () => {
  const friend = await studio.comeIn("Fay");
  const make = async (more: object) =>
    (await people.owner.call("POST", `/v1/workspaces/${workspaceId}/invites`, { role: "viewer", ...more })).body;
  const accept = async (token: string) => (await friend.call("POST", "/v1/invites/accept", { token })).body.error;
  const expired = await make({ expiresInHours: 0.00001 });
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(await accept(expired.token)).toMatchObject({
    code: "invite/expired",
    message: expect.stringContaining("expired"),
  });
  const revoked = await make({});
  expect((await people.viewer.call("DELETE", `/v1/invites/${revoked.id}`)).status).toBe(403);
  expect((await people.stranger.call("DELETE", `/v1/invites/${revoked.id}`)).status).toBe(404);
  expect((await people.owner.call("DELETE", `/v1/invites/${revoked.id}`)).status).toBe(200);
  expect(await accept(revoked.token)).toMatchObject({
    code: "invite/expired",
    message: expect.stringContaining("taken back"),
  });
  expect(await accept("inv_made-up")).toMatchObject({ code: "thing/not-found" });
  expect((await people.owner.call("POST", `/v1/workspaces/${workspaceId}/invites`, { role: "owner" })).status).toBe(
    400,
  );
});

test("invites that are opened and accepted are counted together by address: too many a minute are told to wait", async () => {
  const friend = await studio.comeIn("Uma");
  const { token } = (await people.owner.call("POST", `/v1/workspaces/${workspaceId}/invites`, { role: "viewer" })).body;
  const open = (from: string, by = token) =>
    createStudioPages(studio.parts).invite(by, new Request("http://any/join", { headers: { [addressHeader]: from } }));
  const accept = async (by: string) => friend.call("POST", "/v1/invites/accept", { token: by });
  const before = studio.parts.inviteLimit;
  studio.parts.inviteLimit = createRateLimit(3, () => 1000);
  try {
    expect(await open("127.0.0.1")).toMatchObject({ state: "open" });
    expect(await open("127.0.0.1", "inv_guessed")).toBeNull();
    expect((await accept("inv_guessed")).status).toBe(404);
    const refused = await accept(token);
    expect([refused.status, refused.body.error.code]).toEqual([429, "rate/limited"]);
    expect(await open("127.0.0.1")).toEqual({ state: "busy", retryAfterSeconds: 60 });
    // Whoever is elsewhere comes in.
    expect(await open("203.0.113.7")).toMatchObject({ state: "open" });
  } finally {
    studio.parts.inviteLimit = before;
  }
  expect((await accept(token)).status).toBe(200);
});

test("nobody loses a role by an invite", async () => {
  const invite = (await people.owner.call("POST", `/v1/workspaces/${workspaceId}/invites`, { role: "viewer" })).body;
  expect((await people.editor.call("POST", "/v1/invites/accept", { token: invite.token })).body.role).toBe("editor");
  expect((await people.owner.call("POST", "/v1/invites/accept", { token: invite.token })).body.role).toBe("owner");
});

test("a changed role is told to open sockets; the last owner can't go", async () => {
  const told: unknown[] = [];
  const listening = subscribe(studio.bus, subjects.accessChanged, AccessChange, (change) => void told.push(change));
  await studio.bus.flush();
  const member = `/v1/workspaces/${workspaceId}/members/${people.commenter.userId}`;
  expect((await people.owner.call("PATCH", member, { role: "viewer" })).status).toBe(200);
  await expect.poll(() => told).toContainEqual({ userId: people.commenter.userId, workspaceId });
  await listening.stop();
  expect((await people.commenter.call("GET", `/v1/projects/${projectId}`)).body.project.role).toBe("viewer");
  expect(
    (await people.owner.call("DELETE", `/v1/workspaces/${workspaceId}/members/${people.owner.userId}`)).status,
  ).toBe(409);
  expect((await people.commenter.call("DELETE", member)).status).toBe(200);
  expect((await people.commenter.call("GET", `/v1/projects/${projectId}`)).status).toBe(404);
});
