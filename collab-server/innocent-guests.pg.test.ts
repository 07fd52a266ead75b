/** Whoever does only what they may is never told off, and what they may write is taken. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CollabServer } from "./collab-server.ts";
import { until } from "./testing/peer.ts";
import { SmallCrowd } from "./testing/small-crowd.ts";
import { openCollabStudio, startServer, type CollabStudio } from "./testing/studio.ts";

let studio: CollabStudio;
let server: CollabServer;
beforeAll(async () => {
  studio = await openCollabStudio();
  server = await startServer(studio);
});
afterAll(async () => {
  await server.stop();
  await studio.close();
});

test("a viewer who comes back after two people set one field at once is not taken for a writer", async () => {
  const projectId = await studio.addProject();
  const userId = await studio.addPerson(projectId, "editor");
  const [a, b] = [studio.join(server, projectId, userId), studio.join(server, projectId, userId)];
  const viewer = studio.join(server, projectId, await studio.addPerson(projectId, "viewer"));
  await until("all are in", () => [a, b, viewer].every((peer) => peer.provider.synced));
  a.doc.getMap("meta").set("title", "Night Ferry");
  b.doc.getMap("meta").set("title", "The Last Ferry");
  const titles = () => [a, b, viewer].map((peer) => peer.doc.getMap("meta").get("title"));
  await until(
    "all have one title",
    () => a.isSaved && b.isSaved && new Set(titles()).size === 1 && !titles().includes(undefined),
  );
  viewer.provider.disconnect();
  viewer.provider.connect();
  await until("the viewer is back", () => viewer.provider.synced);
  a.type("on we go");
  await until("the viewer sees what comes after", () => viewer.text === "on we go" && a.isSaved);
  expect(viewer.refusals).toEqual([]);
});

test("somebody who vanishes in mid-sync takes nobody's right to watch or to comment along", async () => {
  const projectId = await studio.addProject();
  const lost = studio.join(server, projectId, await studio.addPerson(projectId, "editor"), { connect: false });
  lost.type("typed offline, and never sent");
  lost.provider.on("status", ({ status }) => {
    if (status !== "connected") return;
    // Sent at once, while what it builds on waits for the server's question.
    lost.type("!");
    lost.provider.disconnect();
  });
  lost.provider.connect();
  await until("its last words are stored", async () => {
    const rows =
      await studio.sql`select 1 from film_updates u join film_documents d on d.id = u.document_id where project_id = ${projectId}`;
    return rows.length === 1;
  });
  lost.close();
  const editor = studio.join(server, projectId, await studio.addPerson(projectId, "editor"));
  const viewer = studio.join(server, projectId, await studio.addPerson(projectId, "viewer"));
  const commenter = studio.join(server, projectId, await studio.addPerson(projectId, "commenter"));
  await until("all are in", () => [editor, viewer, commenter].every((peer) => peer.provider.synced));
  commenter.remark("c1");
  await until(
    "the comment is there",
    () => editor.doc.getMap("comments").has("c1") && viewer.doc.getMap("comments").has("c1"),
  );
  await until("and saved", () => commenter.isSaved);
  expect([viewer.refusals, commenter.refusals]).toEqual([[], []]);
});

test("a comment made offline and one made while coming back are both taken", async () => {
  const projectId = await studio.addProject();
  const editor = studio.join(server, projectId, await studio.addPerson(projectId, "editor"));
  const commenter = studio.join(server, projectId, await studio.addPerson(projectId, "commenter"), { connect: false });
  await until("the editor is in", () => editor.provider.synced);
  commenter.remark("offline");
  commenter.provider.on("status", ({ status }) => {
    if (status === "connected") commenter.remark("coming back");
  });
  commenter.provider.connect();
  const keys = () => [...editor.doc.getMap("comments").keys()].sort().join();
  await until("both comments are there", () => keys() === "coming back,offline").catch(() => {});
  expect(commenter.refusals).toEqual([]);
  expect(keys()).toBe("coming back,offline");
  await until("and saved", () => commenter.isSaved);
});

test("a comment on its way to Postgres stays good when somebody else's change is refused", async () => {
  const crowd = await SmallCrowd.gather(studio);
  const slow = await crowd.server({ delayMs: (isAppend) => ({ there: isAppend ? 120 : 0, back: 0 }) });
  const [good, bad] = [crowd.person("commenter"), crowd.person("commenter")];
  for (const peer of [good, bad]) crowd.join(peer, slow);
  await until("both are in", () => [good, bad].every((peer) => peer.sent === 1 && peer.isSaved));
  good.edit();
  await until("the comment was read", () => slow.unstored.bytes > 0);
  bad.trespass();
  await sleep(20);
  good.edit();
  await until("all of it is saved", () => good.isSaved, 2000).catch(() => {});
  expect(crowd.faults).toEqual([]);
  expect(good.isSaved).toBe(true);
  await crowd.disperse();
});

test("a comment on its way to Postgres stays good when a newcomer makes the document be told anew", async () => {
  const crowd = await SmallCrowd.gather(studio);
  const slow = await crowd.server({ delayMs: (isAppend) => ({ there: isAppend ? 120 : 0, back: 0 }) });
  const [editor, commenter, newcomer] = [crowd.person("editor"), crowd.person("commenter"), crowd.person("viewer")];
  for (const peer of [editor, commenter]) crowd.join(peer, slow);
  await until("both are in", () => [editor, commenter].every((peer) => peer.sent === 1 && peer.isSaved));
  editor.edit("type");
  await until("the edit was read", () => slow.unstored.bytes > 0);
  commenter.edit();
  await until("the edit is shown, and the comment on its way", () => editor.isSaved && !commenter.isSaved);
  crowd.join(newcomer, slow);
  await until("the newcomer is in", () => newcomer.isSynced);
  commenter.edit();
  await until("all of it is saved", () => commenter.isSaved, 2000).catch(() => {});
  expect(crowd.faults).toEqual([]);
  expect(commenter.isSaved).toBe(true);
  await crowd.disperse();
});
