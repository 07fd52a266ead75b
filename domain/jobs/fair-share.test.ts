import { expect, test } from "vitest";
import { cpuTimeOf } from "#testing/cpu-time.ts";
import { releaseOrder, type Shares, type Waiting } from "./fair-share.ts";

const nobody: Shares = { inFlight: new Map(), lastServedAt: new Map() };

function jobs(workspaceId: string, count: number, from = 0, over: Partial<Waiting> = {}): Waiting[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${workspaceId}${from + index}`,
    workspaceId,
    priority: 0,
    seq: from + index,
    createdAt: from + index,
    ...over,
  }));
}

const ids = (order: Waiting[]) => order.map((job) => job.id).join(" ");

test("workspaces take turns, however many jobs one has and whenever it came", () => {
  const waiting = [...jobs("a", 5), ...jobs("b", 2, 100), ...jobs("c", 1, 200)];
  expect(ids(releaseOrder(waiting, nobody))).toBe("a0 b100 c200 a1 b101 a2 a3 a4");
});

test("within a workspace the more urgent job goes first, then the older", () => {
  const waiting = [...jobs("a", 2), ...jobs("a", 1, 7, { priority: 5 })];
  expect(ids(releaseOrder(waiting, nobody))).toBe("a7 a0 a1");
});

test("urgency of one workspace's job does not push another workspace aside", () => {
  const waiting = [...jobs("a", 1), ...jobs("b", 3, 10, { priority: 100 })];
  expect(ids(releaseOrder(waiting, nobody))).toBe("a0 b10 b11 b12");
});

test("who has jobs in flight already waits for who has none", () => {
  const waiting = [...jobs("a", 2), ...jobs("b", 2, 10)];
  expect(ids(releaseOrder(waiting, { ...nobody, inFlight: new Map([["a", 1]]) }))).toBe("b10 a0 b11 a1");
});

test("among equals the one served longest ago has the turn", () => {
  const waiting = [...jobs("a", 1), ...jobs("b", 1, 10)];
  const lastServedAt = new Map([
    ["a", 5000],
    ["b", 4000],
  ]);
  expect(ids(releaseOrder(waiting, { ...nobody, lastServedAt }))).toBe("b10 a0");
});

test("a workspace of double weight gets two turns where another gets one", () => {
  const waiting = [...jobs("a", 6), ...jobs("b", 6, 100)];
  const order = releaseOrder(waiting, { ...nobody, weights: new Map([["a", 2]]) }, 6);
  expect(order.filter((job) => job.workspaceId === "a")).toHaveLength(4);
});

test("released one by one into a fleet of two slots, no workspace waits much longer than the mean", () => {
  const workspaces = Array.from({ length: 20 }, (_, index) => `w${index}`);
  let waiting = workspaces.flatMap((workspace, index) => jobs(workspace, 10, index * 10));
  const lastServedAt = new Map<string, number>();
  const waits = new Map<string, number[]>();
  for (let clock = 1000; waiting.length > 0; clock++) {
    const [next] = releaseOrder(waiting, { inFlight: new Map(), lastServedAt }, 1);
    waiting = waiting.filter((job) => job.id !== next!.id);
    lastServedAt.set(next!.workspaceId, clock);
    waits.set(next!.workspaceId, [...(waits.get(next!.workspaceId) ?? []), clock - 1000]);
  }
  const means = [...waits.values()].map((own) => own.reduce((sum, wait) => sum + wait, 0) / own.length);
  const mean = means.reduce((sum, own) => sum + own, 0) / means.length;
  expect(Math.max(...means) / mean).toBeLessThan(1.2);
});

test("ten thousand jobs of five hundred workspaces are put in order in well under a second", () => {
  const waiting = Array.from({ length: 500 }, (_, index) => jobs(`w${index}`, 20, index * 20)).flat();
  expect(cpuTimeOf(() => expect(releaseOrder(waiting, nobody)).toHaveLength(10_000))).toBeLessThan(1000);
});
