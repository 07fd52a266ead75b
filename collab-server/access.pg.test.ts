import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { publish } from "#bus/messages.ts";
import { signTicket } from "#bus/ticket-mac.ts";
import { documentIdOf } from "#domain/ids.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import type { CollabServer } from "./collab-server.ts";
import { until } from "./testing/peer.ts";
import { openCollabStudio, startServer, ticketFor, type CollabStudio } from "./testing/studio.ts";

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

/** How an attempt to come in ends: the close code, or the HTTP status of a refused upgrade. */
async function attempt(documentId: string, query: string): Promise<{ code: number } | { status: number }> {
  const ws = new WebSocket(`ws://127.0.0.1:${server.port}/collab/${documentId}${query}`);
  return new Promise((resolve) => {
    ws.on("unexpected-response", (_request, response) => {
      resolve({ status: response.statusCode ?? 0 });
      ws.terminate();
    });
    ws.on("close", (code) => resolve({ code }));
    ws.on("error", () => {});
  });
}

test("an upgrade without a well-formed ticket is refused, every other flaw of a ticket closes with 4401", async () => {
  const projectId = await studio.addProject();
  const userId = await studio.addPerson(projectId, "editor");
  const documentId = documentIdOf(projectId);
  expect(await attempt(documentId, "")).toEqual({ status: 401 });
  expect(await attempt(documentId, "?ticket=nonsense")).toEqual({ status: 401 });
  expect(await attempt(documentId, `?ticket=${ticketFor(userId, documentId, -1)}`)).toEqual({ code: 4401 });
  const forged = signTicket({ userId, name: "P", documentId, exp: Date.now() }, "a secret of somebody else");
  expect(await attempt(documentId, `?ticket=${forged}`)).toEqual({ code: 4401 });
  const otherDocument = documentIdOf(await studio.addProject());
  expect(await attempt(documentId, `?ticket=${ticketFor(userId, otherDocument)}`)).toEqual({ code: 4401 });
});

test("a stranger is not let in, and a deleted or unknown film is not there", async () => {
  const projectId = await studio.addProject();
  const stranger = await studio.addPerson(await studio.addProject(), "owner");
  expect(await attempt(documentIdOf(projectId), `?ticket=${ticketFor(stranger, documentIdOf(projectId))}`)).toEqual({
    code: 4403,
  });
  const owner = await studio.addPerson(projectId, "owner");
  await studio.sql`update projects set deleted_at = now() where id = ${projectId}`;
  for (const id of [documentIdOf(projectId), documentIdOf(randomUUID()), "project:none"]) {
    expect(await attempt(id, `?ticket=${ticketFor(owner, id)}`)).toEqual({ code: 4404 });
  }
});

test.each(["viewer", "commenter"] as const)("a %s sees everything and changes nothing", async (role) => {
  const projectId = await studio.addProject();
  const a = studio.join(server, projectId, await studio.addPerson(projectId, "editor"));
  a.type("before. ");
  await until("saved", () => a.isSaved);
  const watcher = studio.join(server, projectId, await studio.addPerson(projectId, role));
  await until("the watcher has it", () => watcher.text === "before. ");
  await until("what brings nothing is no offence", () => watcher.provider.synced);
  expect(watcher.refusals).toEqual([]);
  a.doc.getText("screenplay").delete(0, 2);
  a.type("after.");
  await until("the watcher sees the change", () => watcher.text === a.text);
  // A reconnect tells the server all the deletes that the watcher knows of; that is no offence either.
  watcher.provider.disconnect();
  watcher.provider.connect();
  await until("back", () => watcher.provider.synced);
  a.type("and on. ");
  await until("it sees what comes next", () => watcher.text === a.text);
  expect(watcher.refusals).toEqual([]);

  watcher.type("mine");
  await until("it is refused with a reason", () => watcher.refusals.length === 1);
  expect(watcher.refusals[0]).toContain(role);
  a.type(" still here");
  await until("a is saved", () => a.isSaved);
  await until("the watcher still sees changes", () => watcher.text.includes(" still here"));
  expect(a.text).not.toContain("mine");
  expect((await studio.stored(projectId)).getText("screenplay").toString()).toBe(a.text);
  expect(watcher.isSaved).toBe(false);
  expect(watcher.closeCodes.length).toBe(1);
});

test("the higher of two roles holds", async () => {
  const projectId = await studio.addProject();
  const userId = await studio.addPerson(projectId, "viewer");
  await studio.sql`insert into workspace_members (workspace_id, user_id, role) select workspace_id, ${userId}, 'editor' from projects where id = ${projectId}`;
  const peer = studio.join(server, projectId, userId);
  peer.type("allowed");
  await until("saved", () => peer.isSaved);
});

test("a changed role closes with 4509 within a second, a lost one with 4403, others stay", async () => {
  const projectId = await studio.addProject();
  const [keeps, changes, loses] = [
    await studio.addPerson(projectId, "owner"),
    await studio.addPerson(projectId, "editor"),
    await studio.addPerson(projectId, "editor"),
  ];
  const [a, b, c] = [
    studio.join(server, projectId, keeps),
    studio.join(server, projectId, changes),
    studio.join(server, projectId, loses),
  ];
  await until("all are in", () => [a, b, c].every((peer) => peer.provider.synced));
  await studio.sql`update project_members set role = 'viewer' where project_id = ${projectId} and user_id = ${changes}`;
  await studio.sql`delete from project_members where project_id = ${projectId} and user_id = ${loses}`;
  publish(studio.bus, subjects.accessChanged, { projectId });
  await until("closed", () => b.closeCodes.includes(4509) && c.closeCodes.includes(4403), 1000);
  await until("the one comes back by itself, as a viewer", () => b.provider.synced);
  b.type("no more");
  await until("refused", () => b.refusals.length === 1);
  expect(c.provider.shouldConnect).toBe(false);
  expect(a.closeCodes).toEqual([]);

  await studio.sql`update projects set deleted_at = now() where id = ${projectId}`;
  publish(studio.bus, subjects.accessChanged, { projectId });
  await until("a deleted film closes", () => a.closeCodes.includes(4404), 1000);
});
