import { act, useEffect } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { addComment } from "#domain/film/comments.ts";
import { collectionOf, metaOf, screenplayOf } from "#domain/film/document.ts";
import { changeMeta } from "#domain/film/edit.ts";
import { toast } from "#app/ui/toast.tsx";
import { FilmSessionProvider, useOpenFilm } from "./film-session.tsx";
import { gesture } from "./gesture.ts";
import type { OpenFilm } from "./open-session.ts";
import { FakePersistence } from "./testing/fake-persistence.ts";
import { FakeSocket } from "./testing/fake-server.ts";

vi.mock("y-indexeddb", async () => ({
  IndexeddbPersistence: (await import("./testing/fake-persistence.ts")).FakePersistence,
}));

const documentId = "project:p1";
let root: Root | undefined;
let film: OpenFilm;

beforeEach(() => {
  localStorage.clear();
  FakePersistence.databases.clear();
  FakeSocket.opened = [];
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.stubGlobal("indexedDB", {});
  vi.stubGlobal("WebSocket", FakeSocket);
  const ticket = { url: "ws://studio/collab", documentId, ticket: "t", role: "editor" };
  vi.stubGlobal(
    "fetch",
    vi.fn(async (path: string) => new Response(JSON.stringify(path.endsWith("/ticket") ? ticket : {}))),
  );
});
afterEach(async () => {
  await act(async () => root?.unmount());
  vi.unstubAllGlobals();
});

function Here({ onOpen }: { onOpen(opened: OpenFilm): void }) {
  const opened = useOpenFilm();
  useEffect(() => onOpen(opened), [onOpen, opened]);
  return null;
}

const onOpen = (opened: OpenFilm) => {
  film = opened;
};

const nothing = () => undefined;
const me = { id: "u1", name: "Ana", color: "peer-1", isGuest: false } as const;

async function comeIn(): Promise<void> {
  root = createRoot(document.createElement("div"));
  await act(async () =>
    root?.render(
      <FilmSessionProvider
        projectId="p1"
        workspaceId="w1"
        workspaceName="Workspace"
        me={me}
        fallback={() => null}
        onDenied={nothing}
        onRoleChanged={nothing}
      >
        <Here onOpen={onOpen} />
      </FilmSessionProvider>,
    ),
  );
  await untilConnected(1);
}

async function untilConnected(times: number): Promise<void> {
  await act(() => vi.waitFor(() => expect(FakeSocket.opened).toHaveLength(times)));
}

function aFilmThatSays(text: string): Y.Doc {
  const doc = new Y.Doc();
  screenplayOf(doc).insert(0, text);
  return doc;
}

test("a film that was begun anew opens by itself as it is now, and what this browser held is kept aside", async () => {
  await comeIn();
  await act(async () => {
    FakeSocket.last.letIn("g1");
    FakeSocket.last.syncWith(aFilmThatSays("old. "));
  });
  screenplayOf(film.session.doc).insert(0, "Only here. ");
  await act(async () => FakeSocket.last.shut(4410, "begun-anew"));
  await untilConnected(2);
  expect(FakeSocket.last.parameters.get("generation")).toBe("");
  await act(async () => {
    FakeSocket.last.letIn("g2");
    FakeSocket.last.syncWith(aFilmThatSays("new. "));
    FakeSocket.last.storeAll();
  });
  expect(screenplayOf(film.session.doc).toString()).toBe("new. ");
  expect(film.session.anew).toEqual({ isCopyKept: true });
  expect(film.connection.get().status).toBe("saved");
  expect(FakeSocket.last.text).toBe("");
  expect(FakePersistence.textIn(documentId)).toBe("Only here. old. ");
});

test("a copy from before generations were kept adopts the first one it hears", async () => {
  const before = new FakePersistence(documentId, new Y.Doc());
  FakePersistence.databases.get(documentId)?.updates.push(Y.encodeStateAsUpdate(aFilmThatSays("kept. ")));
  await before.destroy();
  await comeIn();
  await act(async () => {
    FakeSocket.last.letIn("g1");
    FakeSocket.last.syncWith();
  });
  expect(FakeSocket.last.text).toBe("kept. ");
  expect(FakePersistence.databases.get(documentId)?.custom.get("generation")).toBe("g1");
  expect(film.session.anew).toBeNull();
});

test("where no copy is kept, edits that are nowhere else are not thrown away", async () => {
  vi.stubGlobal("indexedDB", undefined);
  await comeIn();
  await act(async () => {
    FakeSocket.last.letIn("g1");
    FakeSocket.last.syncWith();
  });
  screenplayOf(film.session.doc).insert(0, "Only here. ");
  await act(async () => FakeSocket.last.shut(4410, "begun-anew"));
  expect(film.connection.get()).toMatchObject({ status: "ended", unsavedEdits: 1 });
  expect(film.connection.get().sentence).toContain("Take what you still need");
  expect(screenplayOf(film.session.doc).toString()).toBe("Only here. ");
  expect(FakeSocket.opened).toHaveLength(1);
});

test("undo takes back what one did to the film, and never what one said about it", async () => {
  await comeIn();
  const { doc, edit, undo } = film.session;
  gesture(undo, () => changeMeta(doc, { title: "Low Water" }, edit));
  const said = addComment(doc, { text: "Too slow.", at: new Date() }, me, edit)!;
  undo.undo();
  expect(metaOf(doc).get("title")).toBeUndefined();
  expect(collectionOf(doc, "comments").has(said)).toBe(true);
});

test("what somebody else has changed since is not taken back, nor anything before it, and one is told so", async () => {
  const say = vi.spyOn(toast, "say").mockImplementation(() => undefined);
  await comeIn();
  const { doc, edit, undo } = film.session;
  gesture(undo, () => changeMeta(doc, { width: 640 }, edit));
  gesture(undo, () => changeMeta(doc, { title: "Low Water" }, edit));
  const peer = new Y.Doc();
  Y.applyUpdate(peer, Y.encodeStateAsUpdate(doc));
  metaOf(peer).set("title", "High Water");
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(peer));
  undo.undo();
  expect(metaOf(doc).toJSON()).toMatchObject({ title: "High Water", width: 640 });
  expect(say).toHaveBeenCalledExactlyOnceWith("Somebody else has changed that since, so it stays as it is.");
  undo.undo();
  expect(metaOf(doc).get("width")).not.toBe(640);
});
