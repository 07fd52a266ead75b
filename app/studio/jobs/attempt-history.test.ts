import { expect, test } from "vitest";
import type { AttemptView } from "#domain/jobs/attempt-view.ts";
import { lifeOf, outcomeOf, tookWords } from "./attempt-history.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString();
const now = Date.parse(at(100));
const aTry = (more: Partial<AttemptView> & { attempt: number; leasedAt: string }): AttemptView => ({
  agentId: "agent-1",
  ...more,
});

test("a job that was tried twice shows what each try and each wait took", () => {
  const life = lifeOf(
    { createdAt: at(0), state: "succeeded", finishedAt: at(40) },
    [
      aTry({ attempt: 1, leasedAt: at(4), runningAt: at(5), finishedAt: at(15), outcome: "lost" }),
      aTry({
        attempt: 2,
        leasedAt: at(25),
        runningAt: at(26),
        uploadingAt: at(38),
        finishedAt: at(40),
        outcome: "succeeded",
      }),
    ],
    now,
  );
  expect(
    life.lines.map(({ begins, stretches }) => [begins, ...stretches.map((one) => [one.kind, one.seconds])]),
  ).toEqual([
    [0, ["waiting", 4], ["starting", 1], ["rendering", 10]],
    [15, ["waiting", 10], ["starting", 1], ["rendering", 12], ["uploading", 2]],
  ]);
  expect(life).toMatchObject({ seconds: 40, waited: 14, worked: 26 });
});

test("a try under way grows until now, and a job that waits again shows the wait as a line of its own", () => {
  const running = lifeOf(
    { createdAt: at(0), state: "running" },
    [aTry({ attempt: 1, leasedAt: at(90), runningAt: at(91) })],
    now,
  );
  expect(running.lines[0]?.stretches.at(-1)).toEqual({ kind: "rendering", seconds: 9 });
  const waiting = lifeOf(
    { createdAt: at(0), state: "queued" },
    [aTry({ attempt: 1, leasedAt: at(10), runningAt: at(10), finishedAt: at(20), outcome: "failed" })],
    now,
  );
  expect(waiting.lines[1]).toEqual({ attempt: null, begins: 20, stretches: [{ kind: "waiting", seconds: 80 }] });
});

test("a job that was cancelled before anybody took it has only waited", () => {
  const life = lifeOf({ createdAt: at(0), state: "cancelled", finishedAt: at(7) }, [], now);
  expect(life.lines).toEqual([{ attempt: null, begins: 0, stretches: [{ kind: "waiting", seconds: 7 }] }]);
  expect(life.worked).toBe(0);
});

test("clocks that disagree make no stretch negative", () => {
  const life = lifeOf(
    { createdAt: at(10), state: "succeeded", finishedAt: at(20) },
    [aTry({ attempt: 1, leasedAt: at(8), runningAt: at(11), finishedAt: at(20), outcome: "succeeded" })],
    now,
  );
  expect(life.lines[0]?.stretches.every((one) => one.seconds > 0)).toBe(true);
});

test("how long something took is as exact as it matters", () => {
  expect([0.44, 9.96, 59.6, 200, 3600, 3900].map(tookWords)).toEqual([
    "0.4 s",
    "10 s",
    "1 min",
    "3 min 20 s",
    "1 h",
    "1 h 5 min",
  ]);
  expect(outcomeOf({}).word).toBe("Under way");
});
