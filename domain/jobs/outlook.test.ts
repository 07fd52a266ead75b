import { expect, test } from "vitest";
import { cpuTimeOf } from "#testing/cpu-time.ts";
import type { Capability } from "./capabilities.ts";
import { foresee, type OutlookSlot } from "./outlook.ts";

const slot = (freeInSeconds: number, ...capabilities: Capability[]): OutlookSlot => ({
  freeInSeconds,
  capabilities: new Set(capabilities),
});
const shot = (id: string, seconds: number) => ({ id, capability: "video" as const, seconds });
const waits = (...from: Parameters<typeof foresee>) =>
  Object.fromEntries([...foresee(...from)].map(([id, { waitSeconds }]) => [id, waitSeconds]));

test("a job waits for what runs and for what stands before it", () => {
  expect(waits([slot(5, "video")], [shot("a", 10), shot("b", 20), shot("c", 1)])).toEqual({ a: 5, b: 15, c: 35 });
});

test("two slots halve the wait, and the next job goes where it is free first", () => {
  expect(
    waits([slot(0, "video"), slot(30, "video")], [shot("a", 10), shot("b", 10), shot("c", 10), shot("d", 10)]),
  ).toEqual({ a: 0, b: 10, c: 20, d: 30 });
});

test("a slot that can do several things is taken by whichever comes first; what nobody can do has no outlook", () => {
  const queue = [
    { id: "music", capability: "audio.music" as const, seconds: 8 },
    shot("a", 10),
    { id: "set", capability: "env3d" as const, seconds: 1 },
  ];
  expect(waits([slot(0, "video", "audio.music")], queue)).toEqual({ music: 0, a: 8 });
});

test("ten thousand jobs on fifty slots are foreseen at once", () => {
  const slots = Array.from({ length: 50 }, () => slot(0, "video"));
  const jobs = Array.from({ length: 10_000 }, (_, index) => shot(String(index), 2));
  const took = cpuTimeOf(() => {
    expect(foresee(slots, jobs).get("9999")).toEqual({ waitSeconds: 398, runSeconds: 2 });
  });
  expect(took).toBeLessThan(1000);
});
