import { expect, test } from "vitest";
import { planScene } from "./plan-scene.ts";
import { pieceKinds } from "./plan-words.ts";
import { deedsOf, ScenePlan, StoredPlan, upgradePlan } from "#domain/screenplay/scene-plan.ts";

const plan = planScene({
  ...{ heading: "EXT. PIER - DAY", setting: "ext", location: "PIER", time: "DAY", action: "Maya walks.", dialogue: [] },
  ...{ characters: ["MAYA"], shotType: "wide", move: "", durationFrames: 96, fps: { num: 24, den: 1 } },
  ...{ seed: 1, sceneKey: "s1" },
});

/** As the first version wrote it: without what has come since. */
function planOfOne(): Record<string, unknown> {
  const without = (record: object, ...names: string[]) =>
    Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
  const cast = plan.cast.map((person) => without(person, "deeds", "offScreen"));
  const camera = without(plan.camera, "ease", "aperture", "focusOn", "keys", "side");
  const before = without(plan, "beatSeconds", "palette", "lampsOn", "pieces", "lights", "crowd", "cues", "music");
  return { ...before, version: 1, camera, cast };
}

test("a plan of version 1 reads as one of today with nothing new in it", () => {
  const read = StoredPlan.parse(planOfOne());
  expect(read).toMatchObject({ version: 2, beatSeconds: 0.5, pieces: [], lights: [], cues: [], crowd: 0, palette: {} });
  expect(read.camera.side).toBeUndefined();
  expect(deedsOf(read.cast[0]!, read)).toEqual([
    { motion: "walk", from: 0, to: 8, energy: 0.5, goes: read.cast[0]!.to },
  ]);
});

test("what is no plan, or of a version to come, is refused and not mended", () => {
  for (const other of [null, 5, "plan", [], {}, { version: 3 }, { ...planOfOne(), version: Number.NaN }])
    expect(StoredPlan.safeParse(other).success).toBe(false);
  expect(upgradePlan(null)).toBeNull();
  expect(StoredPlan.safeParse({ ...plan, camera: { ...plan.camera, height: Number.NaN } }).success).toBe(false);
});

test("deeds are read in order, none over another, none behind the shot's end", () => {
  const deed = { motion: "walk", energy: 1 } as const;
  const person = {
    ...plan.cast[0]!,
    deeds: [
      { ...deed, from: 6, to: 90 },
      { ...deed, from: 0, to: 3 },
      { ...deed, from: 2, to: 5 },
      { ...deed, from: 1, to: 2 },
    ],
  };
  expect(deedsOf(person, plan).map(({ from, to }) => [from, to])).toEqual([
    [0, 3],
    [3, 5],
    [6, 8],
  ]);
});

test("the largest plan that anybody can write fits into a message", () => {
  const far = -199.999;
  const at: [number, number, number] = [far, far, far];
  const long = (index: number) => `${index}`.padEnd(64, "x");
  const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
  const longest = pieceKinds.toSorted((a, b) => b.length - a.length)[0]!;
  const { look } = plan.cast[0]!;
  const beat = 71_999.999;
  const huge: ScenePlan = {
    ...plan,
    cast: many(8, (index) => ({
      ...{ name: "N".repeat(60), look, action: "stand-up", at, to: at, facing: -719.999, seat: 1.111 },
      ...{ looksAt: -1, carries: "cello-case", offScreen: false },
      deeds: many(16, () => ({
        ...{ motion: "stand-up", from: beat, to: beat, goes: at, facing: -719.999, energy: 0.999 },
        towards: { kind: "point" as const, at },
      })),
      index,
    })) as unknown as ScenePlan["cast"],
    lines: many(24, () => ({ who: 7, start: 3599.999, seconds: 599.999 })),
    props: many(8, () => ({ kind: "cello-case", at, facing: -719.999 })),
    dressing: many(8, () => "cello-case"),
    camera: {
      ...plan.camera,
      focusOn: many(8, () => ({ beat, subject: { kind: "character" as const, index: 7 } })),
      keys: many(64, () => ({
        ...{ beat, eye: at, look: at, lensMm: 399.999, roll: -44.999, focus: 399.999, ease: "smooth" },
      })) as ScenePlan["camera"]["keys"],
    },
    pieces: many(48, (i) => ({
      ...{ id: long(i), kind: longest, at, facing: -719.999, scale: 9.999, colour: "#ffffff", hidden: false },
    })),
    lights: many(8, (i) => ({
      ...{ id: long(i), kind: "spot", at, look: at, colour: "#ffffff", power: 399.999, reach: 199.999 },
      ...{ from: beat, to: beat, flicker: 0.999 },
    })),
    cues: many(64, () => ({ beat, kind: "effect", effect: "engine-start", level: 0.999 })),
  };
  const written = JSON.stringify(ScenePlan.parse(huge));
  expect(written.length).toBeLessThan(60 * 1024);
  // One more of anything is refused.
  expect(ScenePlan.safeParse({ ...huge, cues: [...huge.cues, huge.cues[0]] }).success).toBe(false);
});

test("numbers are kept to a thousandth", () => {
  const { camera } = ScenePlan.parse({ ...plan, camera: { ...plan.camera, azimuth: 12.345678, lensMm: 35.00001 } });
  expect(camera).toMatchObject({ azimuth: 12.346, lensMm: 35 });
});
