import { expect, test } from "vitest";
import { cpuTimeOf } from "#testing/cpu-time.ts";
import { comesOldestTurn, releaseOrder, type Share, type Waiting, turnsAhead } from "./fair-share.ts";

const nobody = new Map<string, Share>();
const share = (over: Partial<Share> = {}): Share => ({ inFlight: 0, ...over });

function jobs(workspaceId: string, count: number, from = 0, over: Partial<Waiting> = {}): Waiting[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${workspaceId}${from + index}`,
    workspaceId,
    lane: "interactive",
    priority: 0,
    place: from + index,
    seq: from + index,
    ...over,
  }));
}

const ids = (order: Waiting[]) => order.map((job) => job.id).join(" ");

test("workspaces take turns, however many jobs one has and whenever it came", () => {
  const waiting = [...jobs("a", 5), ...jobs("b", 2, 100), ...jobs("c", 1, 200)];
  expect(ids(releaseOrder(waiting, nobody))).toBe("a0 b100 c200 a1 b101 a2 a3 a4");
});

test("within a workspace the more urgent job goes first, then the one whose place is before", () => {
  const waiting = [...jobs("a", 2), ...jobs("a", 1, 7, { priority: 5 }), ...jobs("a", 1, 9, { place: 0.5 })];
  expect(ids(releaseOrder(waiting, nobody))).toBe("a7 a0 a9 a1");
});

test("urgency of one workspace's job does not push another workspace aside", () => {
  const waiting = [...jobs("a", 1), ...jobs("b", 3, 10, { priority: 100 })];
  expect(ids(releaseOrder(waiting, nobody))).toBe("a0 b10 b11 b12");
});

test("who has jobs in flight already waits for who has none", () => {
  const waiting = [...jobs("a", 2), ...jobs("b", 2, 10)];
  expect(ids(releaseOrder(waiting, new Map([["a", share({ inFlight: 1 })]])))).toBe("b10 a0 b11 a1");
});

test("among equals the one served longest ago has the turn", () => {
  const waiting = [...jobs("a", 1), ...jobs("b", 1, 10)];
  const shares = new Map([
    ["a", share({ servedAt: 5000 })],
    ["b", share({ servedAt: 4000 })],
  ]);
  expect(ids(releaseOrder(waiting, shares))).toBe("b10 a0");
});

test("a workspace of double weight gets two turns where another gets one", () => {
  const waiting = [...jobs("a", 6), ...jobs("b", 6, 100)];
  const order = releaseOrder(waiting, new Map([["a", share({ weight: 2 })]]), { limit: 6 });
  expect(order.filter((job) => job.workspaceId === "a")).toHaveLength(4);
});

test("no more of a workspace than its limit are in flight, and the others go on", () => {
  const waiting = [...jobs("a", 5), ...jobs("b", 3, 100)];
  const shares = new Map([["a", share({ inFlight: 1, limit: 3 })]]);
  expect(ids(releaseOrder(waiting, shares))).toBe("b100 a0 b101 a1 b102");
});

test("what somebody waits in front of goes before what nobody does, which still gets every fourth turn", () => {
  const waiting = [...jobs("a", 4, 0, { lane: "batch" }), ...jobs("b", 7, 10)];
  expect(ids(releaseOrder(waiting, nobody))).toBe("b10 b11 b12 a0 b13 b14 b15 a1 b16 a2 a3");
});

test("a lane with nothing in it leaves its turns to the other", () => {
  const waiting = jobs("a", 3, 0, { lane: "batch" });
  expect(ids(releaseOrder(waiting, nobody))).toBe("a0 a1 a2");
});

test("every eighth turn of a workspace goes to its oldest job, however urgent the newer ones are", () => {
  const waiting = [...jobs("a", 1), ...jobs("a", 20, 10, { priority: 9 })];
  expect(releaseOrder(waiting, nobody).findIndex((job) => job.id === "a0")).toBe(7);
  const later = new Map([["a", share({ turns: 6 })]]);
  expect(releaseOrder(waiting, later).findIndex((job) => job.id === "a0")).toBe(1);
  expect([1, 2].map((count) => comesOldestTurn(later.get("a"), count))).toEqual([false, true]);
});

test("a job that nobody has room for waits on, and those behind it do not", () => {
  const waiting = [...jobs("a", 3), ...jobs("b", 1, 10)];
  expect(ids(releaseOrder(waiting, nobody, { limit: 2, accepts: (job) => job.id !== "a0" }))).toBe("a1 b10");
});

test("what has to be looked up is what each workspace would get if all had jobs without end", () => {
  const shares = new Map([
    ["a", share({ inFlight: 2 })],
    ["b", share({ weight: 2 })],
    ["d", share({ limit: 0 })],
  ]);
  expect(Object.fromEntries(turnsAhead(["a", "b", "c", "d"], shares, 7))).toEqual({ b: 4, c: 2, a: 1 });
});

test("released one by one into a fleet of two slots, no workspace waits much longer than the mean", () => {
  const workspaces = Array.from({ length: 20 }, (_, index) => `w${index}`);
  let waiting = workspaces.flatMap((workspace, index) => jobs(workspace, 10, index * 10));
  const shares = new Map<string, Share>();
  const waits = new Map<string, number[]>();
  for (let clock = 1000; waiting.length > 0; clock++) {
    const [next] = releaseOrder(waiting, shares, { limit: 1 });
    waiting = waiting.filter((job) => job.id !== next!.id);
    shares.set(next!.workspaceId, share({ servedAt: clock }));
    waits.set(next!.workspaceId, [...(waits.get(next!.workspaceId) ?? []), clock - 1000]);
  }
  const means = [...waits.values()].map((own) => own.reduce((sum, wait) => sum + wait, 0) / own.length);
  const mean = means.reduce((sum, own) => sum + own, 0) / means.length;
  expect(Math.max(...means) / mean).toBeLessThan(1.2);
});

test("a hundred jobs of five hundred workspaces are chosen in a few milliseconds", () => {
  const waiting = Array.from({ length: 500 }, (_, index) => jobs(`w${index}`, 1, index)).flat();
  const took = cpuTimeOf(() => expect(releaseOrder(waiting, nobody, { limit: 100 })).toHaveLength(100));
  expect(took).toBeLessThan(100);
});
