import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { copyNameOf, openLocalCopy, setCopyAside } from "./local-copy.ts";
import { FakePersistence } from "./testing/fake-persistence.ts";

vi.mock("y-indexeddb", async () => ({
  IndexeddbPersistence: (await import("./testing/fake-persistence.ts")).FakePersistence,
}));

const film = "project:p1";
const noon = new Date("2026-11-25T12:00:00Z");
const evening = new Date("2026-11-25T18:00:00Z");

beforeEach(() => {
  localStorage.clear();
  FakePersistence.databases.clear();
  FakePersistence.opening = "works";
  vi.stubGlobal("indexedDB", {});
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const open = async () => {
  const { doc, copy } = await openLocalCopy(film);
  if (!copy) throw new Error("no copy");
  return { doc, copy, text: doc.getText("screenplay") };
};

test("what was written, and of which document, is there the next time", async () => {
  const first = await open();
  expect(first.copy.generation).toBe("");
  first.copy.noteGeneration("g1");
  first.text.insert(0, "kept");
  first.copy.close();
  const second = await open();
  expect(second.copy.generation).toBe("g1");
  expect(second.text.toString()).toBe("kept");
});

test("a copy that is set aside stays as it is, and the film goes on with an empty one", async () => {
  const old = await open();
  old.copy.noteGeneration("g1");
  old.text.insert(0, "old");
  old.copy.setAside(noon);
  old.copy.close();
  const fresh = await open();
  expect(fresh.copy.generation).toBe("");
  expect(fresh.text.toString()).toBe("");
  fresh.copy.noteGeneration("g2");
  fresh.text.insert(0, "new");
  fresh.copy.close();
  expect(FakePersistence.textIn(film)).toBe("old");
  expect(FakePersistence.databases.get(film)?.custom.get("setAsideAt")).toBe(noon.toISOString());
  const again = await open();
  expect([again.copy.generation, again.text.toString()]).toEqual(["g2", "new"]);
});

test("a second tab with the old copy keeps writing there, and goes on where the first one did", async () => {
  const here = await open();
  const there = await open();
  here.copy.setAside(noon);
  const fresh = await open();
  there.text.insert(0, "written later");
  there.copy.setAside(evening);
  expect(copyNameOf(film)).toBe(`${film} since ${noon.toISOString()}`);
  expect(FakePersistence.textIn(film)).toBe("written later");
  expect(fresh.text.toString()).toBe("");
});

test("a film that is begun anew twice leaves two copies aside", () => {
  setCopyAside(film, film, noon);
  setCopyAside(film, copyNameOf(film), evening);
  expect(copyNameOf(film)).toBe(`${film} since ${evening.toISOString()}`);
  expect(copyNameOf("project:p2")).toBe("project:p2");
});

test("a browser that remembers nothing sets aside for as long as the tab lives", () => {
  vi.stubGlobal("localStorage", undefined);
  setCopyAside("project:p3", "project:p3", noon);
  expect(copyNameOf("project:p3")).toBe(`project:p3 since ${noon.toISOString()}`);
});

test("without storage the film opens without a copy", async () => {
  FakePersistence.opening = "fails";
  expect((await openLocalCopy(film)).copy).toBeNull();
  vi.stubGlobal("indexedDB", undefined);
  expect((await openLocalCopy(film)).copy).toBeNull();
});

test("storage that does not answer is not waited for, and brings nothing in later", async () => {
  const before = await open();
  before.text.insert(0, "kept");
  before.copy.close();
  vi.useFakeTimers();
  FakePersistence.opening = "hangs";
  const opening = openLocalCopy(film);
  await vi.advanceTimersByTimeAsync(5000);
  const { doc, copy } = await opening;
  expect(copy).toBeNull();
  expect(doc.getText("screenplay").toString()).toBe("");
});
