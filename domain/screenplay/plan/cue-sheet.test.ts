import { expect, test } from "vitest";
import { CueSheet, cueSheetFor } from "./cue-sheet.ts";
import { planScene } from "./plan-scene.ts";

const aPlan = (heading: string, action: string, setting: "int" | "ext" = "ext") =>
  planScene({
    heading,
    setting,
    location: heading.replace(/^\S+ /, ""),
    time: heading,
    action,
    dialogue: [],
    characters: ["MAYA"],
    shotType: "wide",
    move: "",
    durationFrames: 96,
    fps: { num: 24, den: 1 },
    seed: 1,
    sceneKey: heading,
  });

const kinds = (sheet: CueSheet, index: number) => sheet.sections[index]?.ambience.map((entry) => entry.kind);

test("one hears where one is: rain and waves at the harbour, the engine in the lounge", () => {
  const sheet = cueSheetFor(
    [
      { plan: aPlan("EXT. HARBOUR - DUSK", "Rain. Maya runs."), startSeconds: 0, seconds: 4 },
      { plan: aPlan("INT. FERRY LOUNGE - NIGHT", "Maya sits.", "int"), startSeconds: 4, seconds: 3 },
    ],
    5,
  );
  expect(kinds(sheet, 0)).toEqual(expect.arrayContaining(["rain", "waves"]));
  expect(kinds(sheet, 1)).toContain("engine");
  expect(kinds(sheet, 1)).not.toContain("rain");
  expect(sheet.sections[0]).toMatchObject({ mood: "action", steps: 2.8 });
  expect(sheet.seconds).toBe(7);
});

test("a chase is quicker and busier than a quiet dawn", () => {
  const chase = cueSheetFor(
    [{ plan: aPlan("EXT. STREET - DAY", "Maya runs. A crash. She runs fast."), startSeconds: 0, seconds: 4 }],
    5,
  );
  const dawn = cueSheetFor(
    [{ plan: aPlan("EXT. FIELD - DAWN", "Stillness. Mist. Quiet."), startSeconds: 0, seconds: 4 }],
    5,
  );
  expect(chase.tempo).toBeGreaterThan(dawn.tempo + 15);
  expect(chase.sections[0]?.energy).toBeGreaterThan(dawn.sections[0]?.energy ?? 1);
});

test("the same cut and seed give the same sheet, and no section at all still gives a valid one", () => {
  const sections = [{ plan: aPlan("EXT. FIELD - DAY", "Maya walks."), startSeconds: 0, seconds: 2 }];
  expect(cueSheetFor(sections, 9)).toEqual(cueSheetFor(sections, 9));
  expect(CueSheet.safeParse(cueSheetFor([], 1)).success).toBe(true);
});

test("feet are heard while they go, a fall when it lands, and music where it is asked for", () => {
  const plan = aPlan("EXT. PIER - DAY", "Maya stands. Then she walks away, runs and falls.");
  const long = { ...plan, frames: 240 };
  const made = cueSheetFor([{ plan, startSeconds: 10, seconds: 4 }], 5);
  expect(made.sections.map(({ steps }) => steps > 0)).toContain(false);
  expect(made.sections.map(({ steps }) => steps > 0)).toContain(true);
  expect(made.sections.reduce((sum, { seconds }) => sum + seconds, 0)).toBeCloseTo(4, 2);
  const thud = { beat: 3, kind: "effect", effect: "thud", level: 0.9 } as const;
  const sheet = cueSheetFor(
    [{ plan: { ...long, cues: [thud, { ...thud, beat: 12 }] }, startSeconds: 10, seconds: 4 }],
    5,
  );
  const trimmed = cueSheetFor([{ plan: { ...long, cues: [thud] }, startSeconds: 10, seconds: 4, skipSeconds: 1 }], 5);
  expect(trimmed.cues.map(({ at }) => at)).toEqual([10.5]);
  // What is past the end of the shot in the cut is not heard.
  expect(sheet.cues).toEqual([{ at: 11.5, kind: "effect", effect: "thud", level: 0.9 }]);
  const music = { tempo: 90, mode: "lydian", instruments: ["bell"], none: false } as const;
  const asked = cueSheetFor(
    [{ plan: { ...plan, music: { ...music, instruments: ["bell"] } }, startSeconds: 0, seconds: 4 }],
    5,
  );
  expect(asked).toMatchObject({ tempo: 90, sections: [{ mode: "lydian", instruments: ["bell"] }, {}, {}] });
});

test("a storm strikes at its own times in each shot, the same ones each time", () => {
  const plan = aPlan("EXT. PIER - NIGHT", "A storm. Maya waits.");
  const strikes = plan.cues.filter(({ effect }) => effect === "thunder");
  expect(strikes.length).toBeGreaterThan(0);
  expect(aPlan("EXT. PIER - NIGHT", "A storm. Maya waits.").cues).toEqual(plan.cues);
});

test("where there is no music it has no accents either, but its sounds stay; who dances has something to dance to", () => {
  const plan = aPlan("EXT. STREET - DAY", "Maya stands.");
  const cues = [
    { beat: 1, kind: "hit", level: 0.8 },
    { beat: 1, kind: "effect", effect: "thud", level: 0.8 },
  ] as const;
  const made = (none: boolean) =>
    cueSheetFor([{ plan: { ...plan, cues: [...cues], music: { none } }, startSeconds: 0, seconds: 4 }], 5);
  expect(made(false).cues.map(({ kind }) => kind)).toEqual(["hit", "effect"]);
  expect(made(true).cues.map(({ kind }) => kind)).toEqual(["effect"]);
  expect(made(true).sections[0]).toMatchObject({ instruments: [] });
  const dance = cueSheetFor(
    [{ plan: aPlan("EXT. MARKET - DAY", "Maya dances in the sun."), startSeconds: 0, seconds: 4 }],
    5,
  );
  expect(dance.tempo).toBeGreaterThan(105);
});

test("one waits at a window without wind", () => {
  const sheet = (action: string) =>
    cueSheetFor([{ plan: aPlan("INT. ROOM - DAY", action, "int"), startSeconds: 0, seconds: 4 }], 5);
  expect(kinds(sheet("Maya waits at the window."), 0)).toEqual(["room"]);
  expect(kinds(sheet("The wind howls. Maya waits."), 0)).toContain("wind");
});
