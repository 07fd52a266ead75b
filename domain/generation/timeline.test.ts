import { expect, test } from "vitest";
import { planByRules } from "./plan-by-rules.ts";
import { timelineOf } from "./timeline.ts";

const plan = planByRules({
  prompt: 'A detective walks down an alley, "Who is there?", 120 bpm music',
  seed: 1,
  seconds: 5,
  fps: { num: 24, den: 1 },
});
const camera = { samples: [{ at: 0, eye: [0, 1, 4], target: [0, 1, 0], fov: 30, roll: 0, focus: 4 }] } as const;
const timeline = timelineOf(plan, { samples: camera.samples.map((one) => structuredClone(one) as never) }, [
  { file: "audio.mp3", plays: "audio", start: 0, seconds: 5 },
]);

test("events come in order and none is later than the film", () => {
  const times = timeline.events.map(({ at }) => at);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(Math.max(...times)).toBeLessThanOrEqual(5);
  expect(timeline).toMatchObject({ seconds: 5, frames: 120, tracks: [{ file: "audio.mp3" }] });
});

test("bars follow the tempo, and steps the pace of the one who walks, or the feet that the stage has seen come down", () => {
  const bars = timeline.events.flatMap((event) => (event.kind === "bar" ? [event.at] : []));
  expect(bars).toEqual([0, 2, 4]);
  const steps = timeline.events.flatMap((event) => (event.kind === "step" ? [event] : []));
  expect(steps.length).toBeGreaterThan(5);
  expect(new Set(steps.map(({ who }) => who))).toEqual(new Set(["DETECTIVE"]));
  expect(steps[1]!.at - steps[0]!.at).toBeCloseTo(1 / 1.9, 2);
  const seen = timelineOf(
    plan,
    timeline.camera,
    [],
    [
      { at: 0.31, who: 0 },
      { at: 9, who: 0 },
    ],
  );
  expect(seen.events.filter(({ kind }) => kind === "step")).toEqual([{ kind: "step", at: 0.31, who: "DETECTIVE" }]);
});

test("what is spoken has its speaker and its time", () => {
  expect(timeline.events.filter(({ kind }) => kind === "line")).toMatchObject([{ who: "DETECTIVE" }]);
});
