/** Whatever is asked for and whatever was written into a film, there is a sensible scene or a clear sentence. */
import { expect, test } from "vitest";
import * as Y from "yjs";
import { collectionOf } from "#domain/film/document.ts";
import { addScene, addShot, beginFilm } from "#domain/film/edit.ts";
import { defaultMeta } from "#domain/film/meta.ts";
import { CameraFields, SetFields } from "#domain/film/set-fields.ts";
import { readFilm } from "#domain/film/snapshot.ts";
import type { StagingRecord } from "#domain/film/staging.ts";
import { planGenerationScene } from "#domain/generation/plan-by-model.ts";
import { scenePlanOf } from "#domain/generation/generation-plan.ts";
import { describePlan } from "#domain/screenplay/plan/describe-plan.ts";
import { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { defaultFrameRate as fps } from "#domain/time.ts";
import { stagedPlanOfShot } from "./plan-shot.ts";

/** What is no value of any field of a plan. */
const junk: readonly [string, unknown][] = [
  ["NaN", Number.NaN],
  ["endless", Number.POSITIVE_INFINITY],
  ["huge", -1e300],
  ["words", "frogs"],
  ["nothing", null],
  ["an object", { a: 1 }],
  ["many", Array.from({ length: 5000 }, () => Number.NaN)],
];

/** A film with one scene and one shot of two people, in which `write` may write anything. */
function planOf(
  write: (parts: { scene: Y.Map<unknown>; shot: Y.Map<unknown>; staging: Y.Map<unknown> }) => void = () => undefined,
) {
  const doc = new Y.Doc();
  let made = 0;
  const context = { newId: () => `id-${made++}` };
  beginFilm(doc, defaultMeta, context);
  const heading = { heading: "INT. HALL - DAY", setting: "int", location: "HALL", time: "DAY", synopsis: "" } as const;
  const sceneId = addScene(doc, heading, null, context);
  const shotId = addShot(
    doc,
    {
      ...{ type: "wide", move: "static", action: "Maya walks. Ben sits.", prompt: "", characters: ["MAYA", "BEN"] },
      ...{ elementIds: [], dialogue: [], sceneId, durationFrames: 48 },
    } as Parameters<typeof addShot>[1],
    null,
    context,
  );
  const staging = collectionOf(doc, "staging") as Y.Map<unknown>;
  doc.transact(() =>
    write({
      scene: collectionOf(doc, "scenes").get(sceneId)!,
      shot: collectionOf(doc, "shots").get(shotId)!,
      staging,
    }),
  );
  const film = readFilm(doc);
  const shot = film.shots[0];
  if (shot === undefined) throw new Error(`the shot is gone: ${film.problems.join("; ")}`);
  return { film, ...stagedPlanOfShot(film, shot, { frames: 48, fps, seed: 7, prompt: "" }) };
}
const plain = planOf();

function isSensible(plan: ScenePlan, words: string): void {
  expect(ScenePlan.safeParse(plan), words).toMatchObject({ success: true });
  expect(describePlan(plan), words).toMatch(/^[A-Z][^]*\.$/);
  expect(JSON.stringify(plan).length, words).toBeLessThan(64 * 1024);
}

test.each([
  ["one letter", "x", {}],
  ["blanks and marks", " \n ?! … ", { place: "exterior", cast: [] }],
  ["twenty thousand letters", "x".repeat(20_000), {}],
  ["twenty thousand characters of people", "A man walks, a woman runs. ".repeat(800).slice(0, 20_000), {}],
  ["what contradicts itself", "Noon at midnight in a snowy desert inside, nobody is there, three men dance", {}],
  ["a place that nobody knows", "Inside the Zorgblat of Quux", {}],
  ["nobody", "An empty room with nobody in it", { cast: [] }],
  ["forty people", "Forty sailors dance in a market", {}],
  ["other letters", "海の上を走る女性。夜。雨。", {}],
  ["what is no text", "\u0000\u200b\ud800", {}],
  ["words that are names in code", "constructor __proto__ toString walks in a hasOwnProperty", {}],
])("a prompt of %s becomes a sensible scene, the same each time", (words, prompt, part) => {
  const read = () => planGenerationScene({ prompt, seed: 3, seconds: 4, fps });
  const plan = scenePlanOf(read());
  isSensible(plan, words);
  expect(plan).toMatchObject(part);
  expect(plan.cast.length).toBeLessThanOrEqual(8);
  expect(scenePlanOf(read())).toEqual(plan);
});

test("forty people in a shot are eight and a crowd, and none are none", () => {
  const forty = planOf(({ shot }) =>
    shot.set(
      "characters",
      Array.from({ length: 40 }, (_, at) => `GUEST ${at}`),
    ),
  );
  isSensible(forty.plan, "forty");
  expect(forty.plan.cast.filter(({ offScreen }) => !offScreen).length + forty.plan.crowd).toBe(40);
  const none = planOf(({ shot }) => {
    shot.set("characters", []);
    shot.set("action", "");
  });
  isSensible(none.plan, "none");
  expect(none.plan.cast.filter(({ offScreen }) => !offScreen)).toEqual([]);
});

test.each([
  ["scene", Object.keys(SetFields)],
  ["shot", [...Object.keys(CameraFields), "lens", "seed", "takeId", "plan", "notes", "elementsOut"]],
] as const)("junk in any field that people may set on a %s leaves it as the rules have it", (which, fields) => {
  for (const field of fields)
    for (const [words, value] of junk) {
      const made = planOf((parts) => parts[which].set(field, value));
      isSensible(made.plan, `${which}.${field} ${words}`);
      expect(
        made.plan.cast.map(({ name }) => name),
        `${which}.${field} ${words}`,
      ).toEqual(["MAYA", "BEN"]);
    }
});

test("a shot of which something is missing that no rule can say is left out of the film with a sentence, alone", () => {
  for (const field of ["durationFrames", "type", "characters", "action"])
    expect(() => planOf(({ shot }) => shot.set(field, Number.NaN)), field).toThrow(
      new RegExp(`^the shot is gone: shots id-[0-9]+ is malformed: ${field}`),
    );
});

/** A whole entry of each kind. */
const entries = {
  piece: { what: "table", at: [1, 0, 1], facing: 0, scale: 1, colour: "#804020", hidden: false },
  light: {
    what: "spot",
    at: [0, 3, 0],
    look: [0, 0, 0],
    colour: "#ffffff",
    power: 9,
    reach: 5,
    flicker: 0,
    name: "Key",
  },
  mark: { who: "MAYA", at: [1, 0, 0], facing: 0, seat: 0 },
  burn: { light: "lamp", from: 0, to: 12 },
  deed: {
    who: "MAYA",
    motion: "walk",
    fromFrame: 0,
    toFrame: 24,
    goes: [1, 0, 1],
    facing: 0,
    energy: 1,
    towards: { kind: "camera" },
  },
  key: { frame: 0, eye: [0, 2, 5], look: [0, 1, 0], lensMm: 24, roll: 0, focus: 3, ease: "in", name: "A" },
  cue: { frame: 3, what: "effect", effect: "door", level: 1 },
  frame: { assetId: "asset", frame: 0, use: "keyframe", strength: 1 },
} as const satisfies Record<StagingRecord["kind"], object>;

test.each(Object.keys(entries) as (keyof typeof entries)[])(
  "junk in any field of a staged %s leaves it out and says so; the good one beside it stays",
  (kind) => {
    const owner = ["piece", "light", "mark"].includes(kind) ? { sceneId: "id-0" } : { shotId: "id-1" };
    const good = { kind, ...owner, ...entries[kind] };
    for (const field of [...Object.keys(good), "__proto__", "unknown"])
      for (const [words, value] of junk) {
        const made = planOf(({ staging }) => {
          staging.set("good", new Y.Map(Object.entries(good)));
          staging.set("bad", new Y.Map([...Object.entries(good), [field, value]]));
        });
        const name = `${kind}.${field} ${words}`;
        isSensible(made.plan, name);
        expect(
          made.film.staging.some(({ id }) => id === "good"),
          name,
        ).toBe(true);
        const isLeftOut = made.film.staging.every(({ id }) => id !== "bad");
        expect(
          made.film.problems.some((problem) => problem.includes("staging bad")),
          name,
        ).toBe(isLeftOut);
        expect(
          made.plan.cast.map((person) => person.name),
          name,
        ).toEqual(["MAYA", "BEN"]);
      }
  },
);

/** Every way to a value in a plan. */
function waysIn(value: unknown, way: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== "object" || value === null) return [way];
  return [
    way,
    ...Object.entries(value).flatMap(([name, part]) =>
      waysIn(part, [...way, Array.isArray(value) ? Number(name) : name]),
    ),
  ];
}
function withAt(value: unknown, [first, ...rest]: readonly (string | number)[], put: unknown): unknown {
  if (first === undefined) return put;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[first] = withAt(copy[first], rest, put);
  return copy;
}

test("a plan that a program wrote over the rules' may hold NaN anywhere: that part is left out and named", () => {
  for (const way of waysIn(plain.plan).filter(({ length }) => length > 0)) {
    const [part] = way as [keyof ScenePlan];
    const made = planOf(({ shot }) =>
      shot.set("plan", { [part]: (withAt(plain.plan, way, Number.NaN) as ScenePlan)[part] }),
    );
    isSensible(made.plan, way.join("."));
    if (["version", "frames", "fps", "seed"].includes(part)) continue;
    expect(made.problems, way.join(".")).toEqual([
      expect.stringMatching(new RegExp(`^${part}[.\\w]* is left out: .+`)),
    ]);
    expect(made.plan).toEqual(plain.plan);
  }
});

test.each([
  ["cast", 100_000, plain.plan.cast[0]],
  ["pieces", 100_000, { id: "a", kind: "table", at: [0, 0, 0], facing: 0 }],
  ["lights", 100_000, { id: "a", kind: "spot", at: [0, 3, 0], colour: "#ffffff", power: 9, reach: 5 }],
  ["lines", 100_000, { who: 0, start: 0, seconds: 1 }],
  ["props", 100_000, { kind: "clock", at: [0, 0, 0], facing: 0 }],
  ["cues", 100_000, { beat: 0, kind: "hit" }],
  ["dressing", 100_000, "clock"],
])("a plan with %s by the %i is bounded, with a sentence", (part, count, one) => {
  const many = Array.from({ length: count }, () => one);
  const made = planOf(({ shot }) => shot.set("plan", { [part]: many, crowd: 1e9, hour: "night" }));
  isSensible(made.plan, part);
  expect(made.plan.hour).toBe("night");
  expect(made.problems).toHaveLength(2);
});
