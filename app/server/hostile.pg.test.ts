/** What a stranger, or a friend in a bad mood, may send: each gets a sentence and a code, and nothing is lost. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { sql } from "drizzle-orm";
import { call, startTestStudio, type TestCaller, type TestStudio } from "./testing/test-studio.ts";

let studio: TestStudio;
let maya: TestCaller;
let project: string;
beforeAll(async () => {
  studio = await startTestStudio();
  maya = await studio.comeIn("Maya");
  const made = await maya.call("POST", "/v1/projects", { workspaceId: maya.workspaceId, title: "Night Ferry" });
  project = made.body.project.id;
});
afterAll(() => studio.stop());

const codeOf = (answer: { status: number; body: { error?: { code: string } } }) =>
  `${answer.status} ${answer.body.error?.code}`;

test("a NUL or half a character in any field is refused before anything happens", async () => {
  const sent: [string, string, object][] = [
    ["POST", "/v1/guests", { name: "M\0aya" }],
    ["PATCH", "/v1/me", { name: "\ud800" }],
    ["POST", "/v1/workspaces", { name: "Te\0am" }],
    ["POST", "/v1/tokens", { name: "a\0" }],
    ["PATCH", `/v1/projects/${project}`, { title: "a\0b" }],
    [
      "POST",
      `/v1/projects/${project}/assets`,
      { name: "\0", contentType: "audio/wav", bytes: 9, sha256: "0".repeat(64) },
    ],
  ];
  for (const [method, path, body] of sent)
    expect([path, codeOf(await maya.call(method, path, body))]).toEqual([path, "400 request/invalid"]);
  const raw = { "content-type": "application/json" };
  const half = new Uint8Array([...new TextEncoder().encode('{"name":"'), 0xff, ...new TextEncoder().encode('"}')]);
  expect(codeOf(await maya.call("POST", "/v1/workspaces", half, raw))).toBe("400 request/invalid");
  expect((await maya.call("GET", "/v1/workspaces")).body.workspaces).toHaveLength(1);
});

test("a binary file given as a script in JSON is no script", async () => {
  const body = { workspaceId: maya.workspaceId, title: "Binary", screenplay: "\x89PNG\0\0" };
  expect(codeOf(await maya.call("POST", "/v1/projects", body))).toBe("415 screenplay/not-text");
  const parse = await maya.call("POST", `/v1/projects/${project}/storyboard/parse`, { text: "INT.\0" });
  expect(codeOf(parse)).toBe("415 screenplay/not-text");
});

test("values in paths and queries that no column takes are the asker's fault, not ours", async () => {
  const cursor = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  for (const path of [
    `/v1/projects/${project}/jobs?shotId=%00`,
    `/v1/projects/${project}/jobs?cursor=`,
    `/v1/projects/${project}/jobs?cursor=0x10`,
    `/v1/projects/${project}/jobs?cursor=-1`,
    `/v1/projects/${project}/takes?shotId=%00`,
    `/v1/projects?cursor=${cursor({ updatedAt: "1", id: project })}`,
    `/v1/projects?cursor=${cursor({ updatedAt: "2026-01-01T00:00:00.000Z", id: "-".repeat(36) })}`,
  ])
    expect([path, codeOf(await maya.call("GET", path))]).toEqual([path, "400 request/invalid"]);
  expect(codeOf(await maya.call("DELETE", "/v1/tokens/%00"))).toBe("400 request/invalid");
});

test("a body that is not declared as JSON is told what to send", async () => {
  expect(codeOf(await call(studio.url, "POST", "/v1/guests", '{"name":"Sam"}'))).toBe("415 request/not-json");
});

test("more than the broker carries is too large, not a bad moment", async () => {
  const scenes = Array.from({ length: 900 }, () => ({
    ...{ heading: "INT. LAB - DAY", setting: "int", location: "LAB", time: "DAY", synopsis: "" },
    shots: [
      { type: "wide", move: "static", action: "x".repeat(9900), dialogue: [], characters: [], durationFrames: 24 },
    ],
  }));
  expect(codeOf(await maya.call("POST", `/v1/projects/${project}/storyboard/commit`, { scenes }))).toBe(
    "413 request/too-large",
  );
});

test("a repeat shows a token again, but the table that remembers it does not", async () => {
  const make = () => maya.call("POST", "/v1/tokens", { name: "ci" }, { "idempotency-key": "token-1" });
  const made = await make();
  expect((await make()).body).toEqual(made.body);
  const kept = await studio.parts.db.execute(sql`select response::text as text from idempotency_keys`);
  expect(kept.length).toBeGreaterThan(0);
  expect(JSON.stringify(kept)).not.toContain(made.body.token);
});

test("a guest's token does not come along into an account that was there before", async () => {
  const auth = (way: string, cookie = "") =>
    fetch(`${studio.url}/auth/${way}/email`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: studio.url, cookie },
      body: JSON.stringify({ name: "Alice\n".repeat(40), email: "alice@example.com", password: "a long password" }),
    });
  const made = await auth("sign-up");
  expect(((await made.json()) as { user: { name: string } }).user.name).toHaveLength(60);
  const guest = await studio.comeIn("Bo");
  expect((await auth("sign-in", guest.cookie)).status).toBe(200);
  expect((await guest.call("GET", "/v1/me")).status).toBe(401);
});

test("a token that is removed ends the stream of events it opened", async () => {
  const { body } = await maya.call("POST", "/v1/tokens", { name: "ci" });
  const stream = await fetch(`${studio.url}/v1/projects/${project}/events`, {
    headers: { authorization: `Bearer ${body.token}` },
    signal: AbortSignal.timeout(5000),
  });
  const reader = stream.body!.getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toContain(": open");
  expect((await maya.call("DELETE", `/v1/tokens/${body.id}`)).status).toBe(200);
  await maya.call("POST", `/v1/projects/${project}/queue`, { paused: true });
  await maya.call("POST", `/v1/projects/${project}/queue`, { paused: false });
  const told: string[] = [];
  for (let part = await reader.read(); !part.done; part = await reader.read())
    told.push(new TextDecoder().decode(part.value));
  expect(told.join("")).not.toContain('"paused":false');
});

test("one person holds no more than fifty streams of events, and a closed one makes room", async () => {
  const sam = await studio.comeIn("Sam");
  const made = await sam.call("POST", "/v1/projects", { workspaceId: sam.workspaceId, title: "Followed" });
  const ends: AbortController[] = [];
  const follow = async () => {
    const end = new AbortController();
    ends.push(end);
    const headers = { authorization: `Bearer ${sam.token}` };
    const url = `${studio.url}/v1/projects/${made.body.project.id}/events`;
    return (await fetch(url, { headers, signal: end.signal })).status;
  };
  expect(new Set(await Promise.all(Array.from({ length: 50 }, follow)))).toEqual(new Set([200]));
  expect(await follow()).toBe(429);
  ends[0]!.abort();
  await expect.poll(follow, { timeout: 5000 }).toBe(200);
  for (const end of ends) end.abort();
});

test("who is removed from a workspace has no way left into its films", async () => {
  const invite = async (role: string, projectId?: string) =>
    (await maya.call("POST", `/v1/workspaces/${maya.workspaceId}/invites`, { role, projectId })).body.token;
  const [member, guest] = await Promise.all([studio.comeIn("Bo"), studio.comeIn("Cy")]);
  for (const token of [await invite("viewer"), await invite("editor", project)])
    expect((await member.call("POST", "/v1/invites/accept", { token })).status).toBe(200);
  await guest.call("POST", "/v1/invites/accept", { token: await invite("editor", project) });
  const at = (person: TestCaller) => `/v1/workspaces/${maya.workspaceId}/members/${person.userId}`;
  const title = { title: "Mine now" };

  await maya.call("PATCH", at(member), { role: "commenter" });
  expect((await member.call("PATCH", `/v1/projects/${project}`, title)).status).toBe(403);
  for (const person of [member, guest]) {
    expect((await maya.call("DELETE", at(person))).status).toBe(200);
    expect((await person.call("GET", `/v1/projects/${project}`)).status).toBe(404);
    expect((await maya.call("DELETE", at(person))).status).toBe(404);
  }
});

test("an invite to a film that was deleted opens nothing", async () => {
  const made = await maya.call("POST", "/v1/projects", { workspaceId: maya.workspaceId, title: "Gone" });
  const projectId = made.body.project.id;
  const invite = await maya.call("POST", `/v1/workspaces/${maya.workspaceId}/invites`, { role: "viewer", projectId });
  await maya.call("DELETE", `/v1/projects/${projectId}`);
  const sam = await studio.comeIn("Sam");
  const answer = await sam.call("POST", "/v1/invites/accept", { token: invite.body.token });
  expect(codeOf(answer)).toBe("409 invite/expired");
});

test("too many sign-ins are told when to come back; another studio of the same process has not counted them", async () => {
  const body = JSON.stringify({ email: "nobody@example.com", password: "wrong password" });
  const signIn = (url: string) =>
    fetch(`${url}/auth/sign-in/email`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: url },
      body,
    });
  let answer = await signIn(studio.url);
  for (let tries = 0; tries < 40 && answer.status === 401; tries += 1) answer = await signIn(studio.url);
  expect(answer.status).toBe(429);
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(((await answer.json()) as { error: { code: string } }).error.code).toBe("rate/limited");
  const other = await startTestStudio();
  try {
    expect((await signIn(other.url)).status).toBe(401);
  } finally {
    await other.stop();
  }
});

test("shots that are asked for many times at once are rendered once", async () => {
  const made = await maya.call("POST", "/v1/projects", { workspaceId: maya.workspaceId, title: "Twice" });
  const at = (rest: string) => `/v1/projects/${made.body.project.id}${rest}`;
  const { scenes } = (await maya.call("POST", at("/storyboard/parse"), { text: "INT. LAB - DAY\n\nAnn walks." })).body;
  expect((await maya.call("POST", at("/storyboard/commit"), { scenes })).status).toBe(200);
  const asked = await Promise.all(Array.from({ length: 5 }, () => maya.call("POST", at("/generate"), {})));
  expect(asked.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409, 409]);
  const stills = await Promise.all(
    Array.from({ length: 5 }, () => maya.call("POST", at("/storyboard/thumbnails"), {})),
  );
  expect(stills.map(({ body }) => body.queued).sort()).toEqual([0, 0, 0, 0, 1]);
});
