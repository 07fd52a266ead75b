/** Every role over every frame: who may do what, told by what the others and Postgres end up with. */
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { publish } from "#bus/messages.ts";
import { roles, type Role } from "#domain/collab/access.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import type { CollabServer } from "./collab-server.ts";
import { ephemeralMessage, step1Message, updateMessage, type Message } from "./frames.ts";
import { until, type Peer } from "./testing/peer.ts";
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

const sendRaw = (peer: Peer, { head, body }: Message) => peer.provider.ws?.send(Buffer.concat([head, body]));
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function aRoomWith(role: Role) {
  const projectId = await studio.addProject();
  const editor = studio.join(server, projectId, await studio.addPerson(projectId, "editor"));
  editor.type("first. ");
  const shot = new Y.Map<unknown>([["title", "one"]]);
  editor.doc.getMap("shots").set("s1", shot);
  await until("saved", () => editor.isSaved);
  const guest = studio.join(server, projectId, await studio.addPerson(projectId, role));
  await until("both are in sync", () => guest.provider.synced && guest.text === "first. ");
  return { projectId, editor, guest };
}

const mayEdit = (role: Role) => role === "owner" || role === "editor";
const mayComment = (role: Role) => role !== "viewer";

test.each(roles)("a %s asks for the film, reads it and is seen", async (role) => {
  const { editor, guest } = await aRoomWith(role);
  const before = guest.frames.length;
  sendRaw(guest, step1Message(Y.encodeStateVector(new Y.Doc())));
  await until("an answer", () => guest.frames.slice(before).some((frame) => frame[0] === 0 && frame[1] === 1));
  guest.provider.awareness.setLocalStateField("user", { name: role });
  await until("seen", () => editor.provider.awareness.getStates().get(guest.doc.clientID)?.["user"]?.name === role);
});

test.each(roles)("a %s writes", async (role) => {
  const { projectId, editor, guest } = await aRoomWith(role);
  guest.type("mine");
  if (mayEdit(role)) {
    await until("stored", () => guest.isSaved && editor.text.includes("mine"));
  } else {
    await until("refused, with a reason", () => guest.refusals.length === 1);
    expect(guest.refusals[0]).toContain(role);
    editor.type("still. ");
    await until("the film goes on", () => guest.text.includes("still. "));
    expect([guest.isSaved, editor.text.includes("mine")]).toEqual([false, false]);
    expect((await studio.stored(projectId)).getText("screenplay").toString()).toBe(editor.text);
  }
  expect(guest.closeCodes).toEqual([]);
});

test.each(roles)("a %s comments", async (role) => {
  const { projectId, editor, guest } = await aRoomWith(role);
  const comment = guest.remark("c1", "closer?");
  const seen = () => (editor.doc.getMap("comments").get("c1") as Y.Map<unknown> | undefined)?.get("text");
  if (mayComment(role)) {
    await until("stored and seen", () => guest.isSaved && seen() === "closer?");
    comment.set("text", "much closer?");
    await until("its change too", () => guest.isSaved && seen() === "much closer?");
    guest.doc.getMap("comments").delete("c1");
    await until("and its end", () => guest.isSaved && editor.doc.getMap("comments").size === 0);
    expect(guest.refusals).toEqual([]);
  } else {
    await until("refused", () => guest.refusals.length === 1);
    expect(seen()).toBeUndefined();
    expect((await studio.stored(projectId)).getMap("comments").size).toBe(0);
  }
});

test.each(roles)("a %s drags a clip", async (role) => {
  const { editor, guest } = await aRoomWith(role);
  sendRaw(guest, ephemeralMessage(JSON.stringify({ type: "drag", from: "g", clipIds: ["c"], deltaFrames: 3 })));
  await later(120);
  expect(editor.ephemeralFrames.length).toBe(mayEdit(role) ? 1 : 0);
});

test("a commenter who reaches past the comments is refused, however it is wrapped, and can go on commenting after coming back", async () => {
  const attempts: Record<string, (doc: Y.Doc) => void> = {
    "a shot's field": (doc) => (doc.getMap("shots").get("s1") as Y.Map<unknown>).set("title", "two"),
    "a shot deleted": (doc) => doc.getMap("shots").delete("s1"),
    "the text": (doc) => doc.getText("screenplay").insert(3, "x"),
    "a format over the text": (doc) => doc.getText("screenplay").format(0, 2, { b: true }),
    "a root that is none": (doc) => doc.getMap("evil").set("a", 1),
    "a comment and a shot in one": (doc) =>
      doc.transact(() => {
        doc.getMap("comments").set("c2", new Y.Map());
        doc.getMap("shots").set("s2", new Y.Map());
      }),
  };
  for (const [what, change] of Object.entries(attempts)) {
    const { projectId, editor, guest } = await aRoomWith("commenter");
    const before = JSON.stringify(editor.doc.toJSON());
    change(guest.doc);
    await until(`${what} is refused`, () => guest.refusals.length === 1);
    await later(60);
    expect(JSON.stringify(editor.doc.toJSON())).toBe(before);
    const again = studio.join(server, projectId, await studio.addPerson(projectId, "commenter"));
    await until("another is in", () => again.provider.synced);
    again.remark("c3");
    await until("and comments", () => again.isSaved && editor.doc.getMap("comments").has("c3"));
    for (const peer of [editor, guest, again]) peer.close();
  }
});

test("a commenter who reaches for somebody else's comment is told whose it is, and it stays", async () => {
  const attempts: Record<string, (guest: Peer) => void> = {
    "delete it": ({ doc }) => doc.getMap("comments").delete("theirs"),
    "rewrite it": ({ doc }) => (doc.getMap("comments").get("theirs") as Y.Map<unknown>).set("text", "Perfect."),
    "speak as another": (guest) => guest.remark("c1", "Perfect.", "Somebody Else"),
  };
  for (const [what, attempt] of Object.entries(attempts)) {
    const { editor, guest } = await aRoomWith("commenter");
    editor.remark("theirs", "Slower?");
    const seen = () => guest.doc.getMap("comments").get("theirs") as Y.Map<unknown> | undefined;
    await until("seen", () => seen() !== undefined);
    seen()?.set("resolved", true);
    await until("resolved by who may comment", () => guest.isSaved);
    attempt(guest);
    await until(`to ${what} is refused`, () => guest.refusals.length === 1);
    expect(guest.refusals[0]).toContain("not what others wrote");
    await later(60);
    expect(editor.doc.getMap("comments").toJSON()).toEqual({
      theirs: { by: editor.userId, name: "P", text: "Slower?", resolved: true },
    });
    for (const peer of [editor, guest]) peer.close();
  }
});

test("a commenter's updates are acknowledged in order, those that bring nothing too", async () => {
  const { editor, guest } = await aRoomWith("commenter");
  for (let i = 0; i < 30; i += 1) {
    guest.remark(`c${i}`);
    if (i % 5 === 0) {
      sendRaw(guest, updateMessage(Uint8Array.of(0, 0)));
      editor.type(".");
    }
  }
  await until("all is saved", () => guest.isSaved && editor.doc.getMap("comments").size === 30);
  expect(guest.refusals).toEqual([]);
});

test("after a refusal nothing later is acknowledged, though it may be stored", async () => {
  const { editor, guest } = await aRoomWith("commenter");
  guest.remark("c1");
  await until("saved", () => guest.isSaved);
  const savedBefore = guest.saved;
  guest.type("not allowed");
  await until("refused", () => guest.refusals.length === 1);
  // What that client writes from now on builds on the refused edit; another one's does not.
  const other = new Y.Doc();
  const after = Object.entries({ by: guest.userId, name: "P", text: "after" });
  other.getMap("comments").set("c2", new Y.Map(after));
  sendRaw(guest, updateMessage(Y.encodeStateAsUpdate(other)));
  await until("stored all the same", () => editor.doc.getMap("comments").has("c2"));
  await later(60);
  expect([guest.saved, guest.isSaved]).toEqual([savedBefore, false]);
});

test("a commenter who becomes an editor writes, and the other way round is refused, within a second", async () => {
  const { projectId, guest } = await aRoomWith("commenter");
  await studio.sql`update project_members set role = 'editor' where project_id = ${projectId} and role = 'commenter'`;
  publish(studio.bus, subjects.accessChanged, { projectId });
  await until("told to come back", () => guest.closeCodes.includes(4509), 1000);
  await until("back", () => guest.provider.synced);
  guest.type("now I can");
  await until("stored", () => guest.isSaved);
  expect((await studio.stored(projectId)).getText("screenplay").toString()).toContain("now I can");
});
