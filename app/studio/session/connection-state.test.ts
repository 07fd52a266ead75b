import { expect, test } from "vitest";
import {
  describeConnection,
  lateAfterMs,
  nextLookInMs,
  stuckAfterMs,
  type ConnectionFacts,
} from "./connection-state.ts";
import type { Connection } from "./session-contract.ts";

const loading: Connection = { status: "loading", sentence: null, unsavedEdits: 0, othersSee: false };
const facts = (more: Partial<ConnectionFacts> = {}): ConnectionFacts => ({
  before: loading,
  isFirstSocket: true,
  isSynced: true,
  isStored: true,
  unsavedEdits: 0,
  waitingSinceMs: null,
  heardAtMs: 0,
  refusal: null,
  closeSentence: null,
  nowMs: 50_000,
  ...more,
});
const waiting = (waitedMs: number, more: Partial<ConnectionFacts> = {}) =>
  facts({ isStored: false, unsavedEdits: 3, waitingSinceMs: 50_000 - waitedMs, ...more });

test("what waits for its acknowledgement is on its way, then late, then stuck", () => {
  const statuses = [0, lateAfterMs - 1, lateAfterMs, stuckAfterMs - 1, stuckAfterMs].map(
    (waitedMs) => describeConnection(waiting(waitedMs)).status,
  );
  expect(statuses).toEqual(["saving", "saving", "late", "late", "stuck"]);
});

test("what is stored is saved, however long it took", () => {
  expect(describeConnection(facts({ before: describeConnection(waiting(stuckAfterMs)) }))).toEqual({
    ...loading,
    status: "saved",
  });
});

test("others see what is late only when the studio was heard since", () => {
  expect(describeConnection(waiting(3000, { heardAtMs: 47_300 })).othersSee).toBe(true);
  expect(describeConnection(waiting(3000, { heardAtMs: 46_900 })).othersSee).toBe(false);
});

test("a socket that is not in sync is not late but offline, or the film is only being opened", () => {
  expect(describeConnection(waiting(stuckAfterMs, { isSynced: false })).status).toBe("loading");
  expect(describeConnection(waiting(stuckAfterMs, { isSynced: false, isFirstSocket: false })).status).toBe("offline");
});

test("the reason of a break is said until the film is in sync again", () => {
  const broken = facts({ isSynced: false, isFirstSocket: false });
  const offline = describeConnection({ ...broken, closeSentence: "Trying again." });
  expect(offline).toMatchObject({ status: "offline", sentence: "Trying again." });
  expect(describeConnection({ ...broken, before: offline }).sentence).toBe("Trying again.");
  expect(describeConnection(facts({ before: offline })).sentence).toBeNull();
});

test("a refusal is not mistaken for a slow server, nor for the reason of a break", () => {
  const refused = describeConnection(waiting(stuckAfterMs, { refusal: "It can only be read." }));
  expect(refused).toMatchObject({ status: "refused", sentence: "It can only be read.", unsavedEdits: 3 });
  const offline = describeConnection(facts({ before: refused, isSynced: false, isFirstSocket: false }));
  expect(offline).toMatchObject({ status: "offline", sentence: null });
});

test("following the looks, every change is seen on time", () => {
  const seen: [number, string][] = [];
  for (let waitedMs = 0; waitedMs <= stuckAfterMs;) {
    const now = waiting(waitedMs);
    const { status } = describeConnection(now);
    if (seen.at(-1)?.[1] !== status) seen.push([waitedMs, status]);
    waitedMs += nextLookInMs(describeConnection(now), now) ?? Infinity;
  }
  expect(seen).toEqual([
    [0, "saving"],
    [lateAfterMs, "late"],
    [stuckAfterMs, "stuck"],
  ]);
});

test("nothing is looked at again where nothing changes by itself", () => {
  for (const quiet of [facts(), waiting(5000, { refusal: "no" }), waiting(5000, { isSynced: false })])
    expect(nextLookInMs(describeConnection(quiet), quiet)).toBeNull();
});
