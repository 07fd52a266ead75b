import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { limits } from "./limits.ts";
import { RoomLog, type RoomLogEvents } from "./room-log.ts";
import type { AppendOutcome, LogWriter } from "./store/log-writer.ts";
import { Ticker } from "./ticker.ts";
import { inspectUpdate } from "./updates.ts";

beforeEach(() =>
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate", "clearImmediate", "performance"] }),
);
afterEach(() => vi.useRealTimers());

/** A log whose commits end when the test says so. */
function aLog() {
  const rows: { editIds: readonly string[]; settle: (outcome: AppendOutcome) => void }[] = [];
  const shown: Uint8Array[] = [];
  const happened: string[] = [];
  let unstoredBytes = 0;
  const writer = {
    append: ({ editIds }: { editIds: readonly string[] }) =>
      new Promise<AppendOutcome>((settle) => {
        rows.push({ editIds, settle });
      }),
  } as unknown as LogWriter;
  const events: RoomLogEvents = {
    show: (bytes) => {
      shown.push(bytes);
      happened.push("shown");
      return { stored: (position) => happened.push(`stored at ${position}`) };
    },
    late: () => happened.push("late"),
    stored: () => {},
    gone: () => happened.push("gone"),
    unstored: (change) => (unstoredBytes += change),
    unmergeable: () => happened.push("unmergeable"),
  };
  const now = () => performance.now();
  const log = new RoomLog("project:x", writer, events, new Ticker(limits.gatherMs, now), now);
  return { log, rows, shown, happened, unstored: () => unstoredBytes };
}
const storedAt = (position: number): AppendOutcome => ({ status: "stored", position });

const doc = new Y.Doc();
function anUpdate(): Uint8Array {
  let update: Uint8Array | null = null;
  doc.once("update", (bytes: Uint8Array) => (update = bytes));
  doc.getText("t").insert(0, "x");
  return update!;
}
function anAuthor(happened: string[]) {
  let saved = 0;
  return {
    acknowledge: (frames: number) => {
      saved = frames;
    },
    saySaved: () => happened.push(`acknowledged ${saved}`),
  };
}
function submit(log: RoomLog, who: ReturnType<typeof anAuthor>, frames: number): void {
  const bytes = anUpdate();
  log.submit({ bytes, content: inspectUpdate(bytes), author: { who, frames } });
}

test("an edit is committed, then shown, then acknowledged", async () => {
  const { log, rows, happened } = aLog();
  submit(log, anAuthor(happened), 1);
  await vi.advanceTimersByTimeAsync(1);
  expect(rows.length).toBe(1);
  expect(happened).toEqual([]);
  rows[0]!.settle(storedAt(1));
  await vi.advanceTimersByTimeAsync(0);
  expect(happened).toEqual(["shown", "stored at 1", "acknowledged 1"]);
});

test("a busy room gathers: one row for what came within a window or during a commit", async () => {
  const { log, rows, shown, happened } = aLog();
  const who = anAuthor(happened);
  submit(log, who, 1);
  await vi.advanceTimersByTimeAsync(1);
  for (let frames = 2; frames <= 10; frames += 1) {
    submit(log, who, frames);
    await vi.advanceTimersByTimeAsync(7);
  }
  expect(rows.length).toBe(1);
  rows[0]!.settle(storedAt(1));
  await vi.advanceTimersByTimeAsync(20);
  rows[1]!.settle(storedAt(2));
  await vi.advanceTimersByTimeAsync(20);
  expect(rows.length).toBe(2);
  expect(shown.length).toBe(2);
  expect(happened.at(-1)).toBe("acknowledged 10");
});

test("when a commit takes long, edits are shown and only the acknowledgement waits", async () => {
  const { log, rows, happened } = aLog();
  submit(log, anAuthor(happened), 1);
  await vi.advanceTimersByTimeAsync(limits.lateCommitMs + 5);
  submit(log, anAuthor(happened), 1);
  await vi.advanceTimersByTimeAsync(limits.gatherMs + 5);
  expect(happened).toEqual(["shown", "late", "shown", "late"]);
  rows[0]!.settle(storedAt(1));
  await vi.advanceTimersByTimeAsync(0);
  rows[1]!.settle(storedAt(2));
  await vi.advanceTimersByTimeAsync(0);
  expect(happened.slice(4)).toEqual(["stored at 1", "acknowledged 1", "stored at 2", "acknowledged 1"]);
});

test("a frame that brings nothing is acknowledged after those before it, never ahead of them", async () => {
  const { log, rows, happened } = aLog();
  const who = anAuthor(happened);
  log.acknowledgeNothing(who, 1);
  expect(happened).toEqual(["acknowledged 1"]);
  submit(log, who, 2);
  log.acknowledgeNothing(who, 3);
  await vi.advanceTimersByTimeAsync(1);
  log.acknowledgeNothing(who, 4);
  expect(happened.length).toBe(1);
  rows[0]!.settle(storedAt(1));
  await vi.advanceTimersByTimeAsync(0);
  expect(happened.at(-1)).toBe("acknowledged 4");
});

test("a named edit has a row of its own, is not shown before it is stored, and a repeat is told", async () => {
  const { log, rows, happened } = aLog();
  submit(log, anAuthor(happened), 1);
  const bytes = anUpdate();
  const outcome = log.submitEdit("edit 1", bytes, inspectUpdate(bytes));
  submit(log, anAuthor(happened), 1);
  await vi.advanceTimersByTimeAsync(limits.lateCommitMs + 5);
  // Late, the edits of people are shown; the named one might be another instance's by now.
  expect(happened).toEqual(["shown", "late", "shown", "late"]);
  rows[0]!.settle(storedAt(1));
  await vi.advanceTimersByTimeAsync(0);
  expect(rows[1]!.editIds).toEqual(["edit 1"]);
  rows[1]!.settle({ status: "repeated" });
  expect(await outcome).toEqual({ status: "repeated" });
  await vi.advanceTimersByTimeAsync(0);
  rows[2]!.settle(storedAt(3));
  await vi.advanceTimersByTimeAsync(0);
  expect(happened.slice(4)).toEqual(["stored at 1", "acknowledged 1", "stored at 3", "acknowledged 1"]);
});

test("the edits of a deleted film are neither shown nor acknowledged", async () => {
  const { log, rows, happened } = aLog();
  submit(log, anAuthor(happened), 1);
  await vi.advanceTimersByTimeAsync(1);
  rows[0]!.settle({ status: "gone" });
  await vi.advanceTimersByTimeAsync(0);
  submit(log, anAuthor(happened), 2);
  await vi.advanceTimersByTimeAsync(50);
  expect(happened).toEqual(["gone"]);
  expect(rows.length).toBe(1);
});

test("what waits for Postgres is counted until it is stored", async () => {
  const { log, rows, happened, unstored } = aLog();
  const bytes = anUpdate();
  log.submit({ bytes, content: inspectUpdate(bytes), author: { who: anAuthor(happened), frames: 1 } });
  expect(unstored()).toBe(bytes.length);
  await vi.advanceTimersByTimeAsync(1);
  expect(unstored()).toBe(bytes.length);
  rows[0]!.settle(storedAt(1));
  await vi.advanceTimersByTimeAsync(0);
  expect(unstored()).toBe(0);
});
