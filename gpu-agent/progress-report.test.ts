import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Bus } from "#bus/connection.ts";
import type { JobMessage } from "#domain/jobs/messages/job-message.ts";
import type { ProgressMessage } from "#domain/jobs/messages/progress-message.ts";
import { openProgressReport } from "./progress-report.ts";

const sent: ProgressMessage[] = [];
vi.mock("#bus/messages.ts", () => ({
  publish: (_bus: Bus, _subject: string, message: ProgressMessage) => sent.push(message),
}));
const kept: (ProgressMessage | "forgotten")[] = [];
vi.mock("#bus/kept-progress.ts", () => ({
  keepProgress: (_bus: Bus, message: ProgressMessage) => kept.push(message),
  forgetProgress: () => kept.push("forgotten"),
}));
const job = { jobId: "j1", projectId: "p1" } as JobMessage;

beforeEach(() => {
  vi.useFakeTimers();
  kept.length = 0;
});
afterEach(() => vi.useRealTimers());

test("the time left is told from the pace of rendering, not from how quickly the start went by", () => {
  let clock = 0;
  const report = openProgressReport({} as Bus, job, { attempt: 1, id: "claim-01" }, "a1", () => clock);
  report.enter("running", { stage: "rendering", step: 1, total: 100, fraction: 0.03 });
  expect(sent.at(-1)?.etaSeconds).toBeUndefined();
  clock = 10_000;
  report.enter("running", { stage: "rendering", step: 23, total: 100, fraction: 0.23 });
  expect(sent.at(-1)?.etaSeconds).toBeCloseTo(38.5, 1);
  report.stop();
});

test("progress never goes back within an attempt", () => {
  const report = openProgressReport({} as Bus, job, { attempt: 1, id: "claim-01" }, "a1", () => 0);
  report.enter("running", { stage: "rendering", fraction: 0.6 });
  report.enter("running", { stage: "encoding", fraction: 0.2 });
  expect(sent.at(-1)?.fraction).toBe(0.6);
  report.stop();
});

test("once a second the newest word is kept with the newest picture, until the attempt is over", () => {
  const report = openProgressReport({} as Bus, job, { attempt: 1, id: "claim-01" }, "a1", () => Date.now());
  report.enter("running", { stage: "rendering", fraction: 0.1 });
  report.preview(new Uint8Array([1, 2, 3]));
  for (let tenth = 0; tenth < 24; tenth++) {
    vi.advanceTimersByTime(100);
    report.update({ stage: "rendering", fraction: 0.1 + tenth / 100 });
  }
  expect(kept).toHaveLength(2);
  expect(kept).toMatchObject([{ preview: "AQID" }, { preview: "AQID" }]);
  vi.advanceTimersByTime(1000);
  // What was told last is kept also when nothing follows it.
  expect(kept.at(-1)).toMatchObject({ fraction: sent.at(-1)?.fraction });
  report.stop();
  report.stop();
  expect(kept.filter((one) => one === "forgotten")).toHaveLength(1);
});

test("a job that is over within a second leaves nothing with the broker", () => {
  const report = openProgressReport({} as Bus, job, { attempt: 1, id: "claim-01" }, "a1", () => Date.now());
  report.enter("running", { stage: "rendering", fraction: 0.1 });
  vi.advanceTimersByTime(900);
  report.stop();
  vi.advanceTimersByTime(5000);
  expect(kept).toEqual([]);
});
