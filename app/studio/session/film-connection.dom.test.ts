import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import type { Role } from "#domain/collab/access.ts";
import { closeCodes, closeReasons } from "#domain/collab/close-codes.ts";
import { connectFilm, type FilmConnection, type Ticket } from "./film-connection.ts";
import type { Connection } from "./session-contract.ts";
import { createStore } from "./store.ts";
import { FakeSocket } from "./testing/fake-server.ts";

const aTicket = (role: Role): Ticket => ({ url: "ws://studio/collab", documentId: "project:p1", ticket: "t", role });
let open: FilmConnection | undefined;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.opened = [];
  vi.stubGlobal("WebSocket", FakeSocket);
});
afterEach(() => {
  open?.close();
  open = undefined;
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function connect({ role = "editor" as Role, generation = "", doc = new Y.Doc() } = {}) {
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => new Response(JSON.stringify({ ...aTicket(role), ticket: "fresh" }))),
  );
  const state = createStore<Connection>({ status: "loading", sentence: null, unsavedEdits: 0, othersSee: false });
  const events = {
    job: vi.fn(),
    ephemeral: vi.fn(),
    denied: vi.fn(),
    generation: vi.fn(),
    begunAnew: vi.fn(),
    synced: vi.fn(),
    roleChanged: vi.fn(),
  };
  open = connectFilm({ doc, projectId: "p1", ticket: aTicket(role), generation, state, events });
  const type = (words: string) => doc.getText("screenplay").insert(0, words);
  return { doc, events, type, now: () => state.get(), status: () => state.get().status };
}

/** In sync with a server that stored everything so far. */
function comeIn(generation = "g1"): FakeSocket {
  const server = FakeSocket.last;
  server.letIn(generation);
  server.syncWith();
  server.storeAll();
  return server;
}

test("an edit is saved only when the server says so", () => {
  const { type, status, now } = connect();
  expect(status()).toBe("loading");
  const server = comeIn();
  expect(status()).toBe("saved");
  type("A");
  expect(now()).toMatchObject({ status: "saving", unsavedEdits: 1 });
  server.storeAll();
  expect(now()).toMatchObject({ status: "saved", unsavedEdits: 0 });
});

test("an acknowledgement that does not come is said by the clock alone, and taken back when it comes", () => {
  const { type, now, status } = connect();
  const server = comeIn();
  type("A");
  vi.advanceTimersByTime(300);
  server.echo();
  vi.advanceTimersByTime(1600);
  expect(status()).toBe("saving");
  vi.advanceTimersByTime(100);
  expect(now()).toMatchObject({ status: "late", unsavedEdits: 1, othersSee: true });
  vi.advanceTimersByTime(8000);
  expect(now()).toMatchObject({ status: "stuck", othersSee: true });
  server.storeAll();
  expect(status()).toBe("saved");
});

test("steady typing with steady acknowledgements is never late", () => {
  const { type, status } = connect();
  const server = comeIn();
  const seen = new Set<string>();
  for (let letters = 0; letters < 100; letters += 1) {
    type("a");
    vi.advanceTimersByTime(100);
    seen.add(status());
    if (letters % 10 === 9) server.storeAll();
  }
  expect([...seen]).toEqual(["saving"]);
});

test("a dead line is not mistaken for a server that others hear", () => {
  const { type, now } = connect();
  comeIn();
  vi.advanceTimersByTime(50);
  type("A");
  vi.advanceTimersByTime(5000);
  expect(now()).toMatchObject({ status: "late", othersSee: false });
});

test("what this browser kept from before is not called saved before it is stored", () => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(aDoc("kept")));
  const { status } = connect({ doc, generation: "g1" });
  const server = FakeSocket.last;
  server.letIn("g1");
  server.syncWith();
  expect(server.text).toBe("kept");
  expect(status()).toBe("saving");
  vi.advanceTimersByTime(2000);
  expect(status()).toBe("late");
  server.storeAll();
  expect(status()).toBe("saved");
});

test("a break says its reason, the finer one where there is one", () => {
  const { now } = connect();
  comeIn().shut(4529, "film-full");
  expect(now()).toMatchObject({ status: "offline", sentence: closeReasons["film-full"].sentence });
});

test("a first socket that is turned away is told why", () => {
  const { now } = connect();
  FakeSocket.last.shut(4529, "server-full");
  expect(now()).toMatchObject({ status: "offline", sentence: closeReasons["server-full"].sentence });
});

test("a final close stays final when the network comes back", async () => {
  const { now } = connect();
  comeIn().shut(4413, "too-large");
  expect(now()).toMatchObject({ status: "ended", sentence: closeCodes[4413].sentence });
  dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(FakeSocket.opened).toHaveLength(1);
});

test("a client without a copy asks which document it is, and names it from then on", async () => {
  const { events } = connect();
  expect(FakeSocket.last.parameters.get("generation")).toBe("");
  comeIn("g1").shut(1006);
  expect(events.generation.mock.calls).toEqual([["g1"]]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(Object.fromEntries(FakeSocket.last.parameters)).toEqual({ ticket: "fresh", generation: "g1" });
  comeIn("g1");
  expect(events.generation).toHaveBeenCalledTimes(1);
});

test("a copy of another document is never sent: refused at the door", async () => {
  const { doc, events, type, now } = connect({ doc: aDoc("old"), generation: "g1" });
  const server = FakeSocket.last;
  expect(server.parameters.get("generation")).toBe("g1");
  server.shut(4410, "begun-anew");
  expect(events.begunAnew.mock.calls).toEqual([[0]]);
  expect(now().status).toBe("ended");
  type("more ");
  dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(FakeSocket.opened).toHaveLength(1);
  expect(server.sent).toEqual([]);
  expect(doc.getText("screenplay").toString()).toBe("more old");
});

test("a copy of another document is never sent: named by the first frame", () => {
  const { doc, events, type } = connect({ doc: aDoc("old"), generation: "g1" });
  const server = FakeSocket.last;
  server.letIn("g2");
  expect(events.begunAnew).toHaveBeenCalledTimes(1);
  server.syncWith(aDoc("new"));
  type("more ");
  expect(server.received).toBe(0);
  expect(doc.getText("screenplay").toString()).toBe("more old");
});

test("a film that is begun anew while somebody has it open ends with what was not stored counted", async () => {
  const { events, type } = connect();
  comeIn("g1").shut(1006);
  type("A");
  await vi.advanceTimersByTimeAsync(1000);
  FakeSocket.last.shut(4410);
  expect(events.begunAnew.mock.calls).toEqual([[1]]);
});

test("a refused edit is told once in so many words, and is not a slow server", async () => {
  const { events, type, now } = connect();
  const server = comeIn();
  type("A");
  server.refuse("It can only be read.");
  type("B");
  server.refuse("It can only be read.");
  expect(events.denied.mock.calls).toEqual([["It can only be read."]]);
  vi.advanceTimersByTime(20_000);
  expect(now()).toMatchObject({ status: "refused", sentence: "It can only be read.", unsavedEdits: 2 });
  // What is refused again after a break is no other news.
  server.shut(1006);
  await vi.advanceTimersByTimeAsync(1000);
  FakeSocket.last.letIn("g1");
  FakeSocket.last.syncWith();
  FakeSocket.last.refuse("It can only be read.");
  expect(events.denied).toHaveBeenCalledTimes(1);
  expect(now().status).toBe("refused");
});

test("a refusal of what this browser kept from before reaches the editor", () => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(aDoc("kept")));
  const { events, now } = connect({ doc, generation: "g1" });
  FakeSocket.last.letIn("g1");
  FakeSocket.last.syncWith();
  FakeSocket.last.refuse("It can only be read.");
  expect(events.denied).toHaveBeenCalledTimes(1);
  expect(now()).toMatchObject({ status: "refused", unsavedEdits: 0 });
});

test("a watcher whose answer is refused hears nothing of it, but does of an edit", () => {
  const { events, type, now } = connect({ role: "viewer" });
  FakeSocket.last.letIn("g1");
  FakeSocket.last.syncWith();
  FakeSocket.last.refuse("You can watch.");
  vi.advanceTimersByTime(20_000);
  expect(events.denied).not.toHaveBeenCalled();
  expect(now().status).toBe("saved");
  type("A");
  FakeSocket.last.refuse("You can watch.");
  expect(events.denied.mock.calls).toEqual([["You can watch."]]);
  expect(now()).toMatchObject({ status: "refused", unsavedEdits: 1 });
});

function aDoc(text: string): Y.Doc {
  const doc = new Y.Doc();
  doc.getText("screenplay").insert(0, text);
  return doc;
}
