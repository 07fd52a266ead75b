import { expect, test, vi } from "vitest";
import type { Bus } from "#bus/connection.ts";
import type { JobMessage, ProgressMessage } from "#domain/jobs/messages.ts";
import { openProgressReport } from "./progress-report.ts";

const sent: ProgressMessage[] = [];
vi.mock("#bus/messages.ts", () => ({
  publish: (_bus: Bus, _subject: string, message: ProgressMessage) => sent.push(message),
}));
const job = { jobId: "j1", projectId: "p1" } as JobMessage;

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
