import { afterAll, beforeAll, expect, test } from "vitest";
import { bundlePrograms, type Programs } from "./faults/bundle.ts";
import { runFaults } from "./faults/fault-run.ts";

/** A short one of `run-faults.ts`, with its own Postgres, because it kills it. */
let programs: Programs;
beforeAll(async () => {
  programs = await bundlePrograms();
});
afterAll(() => programs.remove());

test("processes, broker and Postgres are killed, stopped and wiped, and every job ends once and whole", async () => {
  const said: string[] = [];
  const report = await runFaults({
    programs,
    seed: Number(process.env["FAULT_SEED"] ?? 11),
    jobs: 40,
    workspaces: 5,
    seconds: 5,
    settleSeconds: 40,
    leaseSeconds: 1,
    slots: 2,
    logLevel: "info",
    keepFolder: false,
    say: (line) => said.push(line),
  });
  const broken = report.checks.filter(({ violations }) => violations.length > 0);
  expect(broken, [...said, ...report.excerpts].join("\n")).toEqual([]);
  // It was no walk in the park: something was hurt, and most of the work came through.
  expect(Object.values(report.struck).reduce((sum, times) => sum + times, 0)).toBeGreaterThan(2);
  expect(report.states["succeeded"]).toBeGreaterThan(20);
}, 90_000);
