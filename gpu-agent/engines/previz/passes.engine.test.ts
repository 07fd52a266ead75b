import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { passNames, type PassName } from "#domain/jobs/passes.ts";
import { places } from "#domain/screenplay/plan/plan-places.ts";
import { planScene } from "#domain/screenplay/plan/plan-scene.ts";
import { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import type { CameraRecord } from "#stage/passes/camera-record.ts";
import type { PoseJoint } from "#stage/passes/joints.ts";
import { chromiumFlags } from "./launch-chromium.ts";

/** A page that draws passes and gives their pixels, rows from above. */
const script = `
  import { createStage } from "#stage/stage.ts";
  const canvas = document.body.appendChild(document.createElement("canvas"));
  window.draw = (plan, width, height, seconds, passes) => {
    const stage = createStage({ canvas, plan, width, height });
    const gl = canvas.getContext("webgl2");
    const pictures = {};
    for (const pass of passes) {
      stage.renderFrame(seconds, pass);
      const pixels = new Uint8Array(width * height * 4);
      gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
      const rows = [];
      for (let y = height - 1; y >= 0; y -= 1) rows.push(...pixels.subarray(y * width * 4, (y + 1) * width * 4));
      pictures[pass] = rows;
    }
    const drawn = { pictures, record: stage.record({ from: 0, frames: plan.frames }), joints: stage.joints(seconds) };
    stage.dispose();
    return drawn;
  };`;

const [width, height] = [160, 90];
type Drawn = { pictures: Record<PassName, number[]>; record: CameraRecord; joints: PoseJoint[][] };

let scratch: string;
let browser: Browser;
let page: Page;
let drawn: Drawn;

/** A camera of which all is known: at the height of a chest, looking along -z at three crates, each 3 m farther. */
const key = (beat: number) => ({
  beat,
  eye: [0, 1.2, 6] as [number, number, number],
  look: [0, 1.2, 0] as [number, number, number],
  lensMm: 14,
});
const crates = [2, -1, -4].map((z, index) => ({
  id: `crate-${index}`,
  kind: "crate" as const,
  at: [(index - 1) * 2.4, 0, z] as [number, number, number],
  facing: 0,
  scale: 1.6,
}));
const people = ["MAYA", "HALE"];
const plan = (() => {
  const plain = planScene({
    heading: "",
    setting: "ext",
    location: "field",
    time: "DAY",
    action: "Rain.",
    dialogue: [],
    characters: people,
    shotType: "wide",
    move: "static",
    durationFrames: 8,
    fps: { num: 8, den: 1 },
    seed: 3,
    sceneKey: "passes",
  });
  const spots = [
    [-0.5, 0, 1],
    [0.5, 0, 1],
  ] as const;
  return ScenePlan.parse({
    ...plain,
    pieces: crates,
    cast: plain.cast.map((person, index) => ({ ...person, at: spots[index], to: spots[index], facing: 0 })),
    camera: { ...plain.camera, move: "path", keys: [key(0), key(2)] },
  });
})();

const draw = (one: ScenePlan, passes: readonly PassName[]): Promise<Drawn> =>
  page.evaluate(
    ([given, w, h, names]) => (window as unknown as { draw(...all: unknown[]): Drawn }).draw(given, w, h, 0.5, names),
    [one, width, height, passes] as const,
  );

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "passes-"));
  await build({
    stdin: { contents: script, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
    outfile: join(scratch, "page.js"),
    logLevel: "silent",
  });
  browser = await chromium.launch({
    executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
    args: [...chromiumFlags],
    chromiumSandbox: false,
  });
  page = await browser.newPage();
  await page.addScriptTag({ path: join(scratch, "page.js") });
  drawn = await draw(plan, passNames);
});
afterAll(async () => {
  await browser?.close();
  await rm(scratch, { recursive: true, force: true });
});

const colourAt = (pass: PassName, index: number) =>
  `#${drawn.pictures[pass]
    .slice(index * 4, index * 4 + 3)
    .map((part) => part.toString(16).padStart(2, "0"))
    .join("")}`;
const pixels = Array.from({ length: width * height }, (_, index) => index);
const ofThing = (kind: string, name: string) => {
  const entry = drawn.record.ids.find((one) => one.kind === kind && one.name === name);
  return pixels.filter((index) => colourAt("ids", index) === entry?.colour);
};
const mean = (pass: PassName, of: readonly number[], channel: number) =>
  of.reduce((sum, index) => sum + drawn.pictures[pass][index * 4 + channel]!, 0) / of.length;

test("every pixel has one of the colours of the list, and everybody and everything is there", () => {
  const found = new Set(pixels.map((index) => colourAt("ids", index)));
  expect([...found].sort()).toEqual(drawn.record.ids.map(({ colour }) => colour).sort());
  expect(drawn.record.ids.map(({ kind, name }) => `${kind} ${name}`.trim())).toEqual([
    "sky",
    "set",
    "person MAYA",
    "person HALE",
    "piece crate-0",
    "piece crate-1",
    "piece crate-2",
  ]);
});

test("depth says how far away things are, in the metres of the camera's file", () => {
  const { near, far } = drawn.record;
  const metres = crates.map(({ id }) => {
    const grey = mean("depth", ofThing("piece", id), 0) / 255;
    return 1 / (grey * (1 / near - 1 / far) + 1 / far);
  });
  // Their fronts are at 3.4, 6.4 and 9.4 m or so; a crate's top is seen, too.
  metres.forEach((away, index) => expect(Math.abs(away - (3.6 + index * 3))).toBeLessThan(0.9));
  expect(metres[1]).toBeGreaterThan(metres[0]!);
  expect(metres[2]).toBeGreaterThan(metres[1]!);
  expect(mean("depth", ofThing("sky", ""), 0)).toBe(0);
});

test("normals face the camera where things do, up where the ground does; the sky has the one of nothing", () => {
  const sky = ofThing("sky", "");
  expect([0, 1, 2].map((channel) => Math.round(mean("normal", sky, channel)))).toEqual([128, 128, 255]);
  const ground = pixels.slice(-width).filter((index) => colourAt("ids", index) === "#404040");
  expect(mean("normal", ground, 1)).toBeGreaterThan(200);
  expect(mean("normal", ofThing("piece", "crate-1"), 2)).toBeGreaterThan(180);
});

test("lines are where one thing ends before another, and few", () => {
  const white = pixels.filter((index) => drawn.pictures.edge[index * 4]! > 128);
  expect(white.length / pixels.length).toBeGreaterThan(0.01);
  expect(white.length / pixels.length).toBeLessThan(0.25);
  // Along the outline of a person there is a line at nearly every step.
  const own = new Set(ofThing("person", "MAYA"));
  const border = [...own].filter((index) => !own.has(index - 1) || !own.has(index + 1));
  const lit = border.filter((index) => drawn.pictures.edge[index * 4]! > 128);
  expect(lit.length / border.length).toBeGreaterThan(0.8);
});

test("skeletons are where people are, drawn on black", () => {
  expect(drawn.joints).toHaveLength(2);
  drawn.joints.forEach((joints, index) => {
    expect(joints).toHaveLength(18);
    const own = new Set(ofThing("person", people[index]!));
    const seen = joints.filter(({ visible }) => visible);
    expect(seen.length).toBeGreaterThan(12);
    const inside = seen.filter(({ x, y }) => {
      const at = Math.floor(y * height) * width + Math.floor(x * width);
      return [0, 1, -1, width, -width].some((by) => own.has(at + by));
    });
    expect(inside.length / seen.length).toBeGreaterThan(0.85);
  });
  const drawnOn = pixels.filter((index) => colourAt("pose", index) !== "#000000");
  expect(drawnOn.length).toBeGreaterThan(60);
  expect(drawnOn.length / pixels.length).toBeLessThan(0.15);
});

test("the clean plate is the picture as if nobody had ever been there, without grain, to the bit", async () => {
  // The light follows the action: it is the same without it where that is in the middle of the place.
  const [x, y, z] = places.field.mark.at;
  const middle: [number, number, number] = [x, y, z];
  const there = {
    ...plan,
    cast: plan.cast.map((person, at) => (at === 0 ? { ...person, at: middle, to: middle } : person)),
  };
  const nobody = there.cast.map((person) => ({ ...person, offScreen: true }));
  const clean = await draw(there, ["clean"]);
  const empty = await draw({ ...there, cast: nobody, palette: { ...plan.palette, grain: 0 } }, ["beauty"]);
  const apart = clean.pictures.clean.filter((part, index) => part !== empty.pictures.beauty[index]);
  expect(apart).toHaveLength(0);
  const people = [...ofThing("person", "MAYA"), ...ofThing("person", "HALE")];
  const changed = people.filter((index) =>
    [0, 1, 2].some((c) => Math.abs(drawn.pictures.clean[index * 4 + c]! - drawn.pictures.beauty[index * 4 + c]!) > 12),
  );
  expect(changed.length / people.length).toBeGreaterThan(0.7);
});

test("the camera's file has a sample a frame, from which the picture can be reckoned", () => {
  const { samples, frames, gate } = drawn.record;
  expect(frames).toBe(8);
  expect(samples.map(({ frame }) => frame)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  const [first] = samples;
  expect(gate).toEqual([24.9, 14]);
  expect(first?.lensMm).toBeCloseTo(14, 3);
  expect(first?.verticalFov).toBeCloseTo(53.13, 1);
  expect(first?.matrix).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1.2, 6, 1]);
});
