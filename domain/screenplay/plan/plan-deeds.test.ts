import { expect, test } from "vitest";
import { deedsIn } from "./deed-words.ts";
import { lookFor } from "./plan-cast.ts";
import { describePlan } from "./describe-plan.ts";
import { planScene, type ScenePlanInput } from "./plan-scene.ts";
import { beatsOf, deedsOf, type ScenePlan } from "#domain/screenplay/scene-plan.ts";

const planned = (action: string, more: Partial<ScenePlanInput> = {}): ScenePlan =>
  planScene({
    ...{ heading: "EXT. PIER - DAY", setting: "ext", location: "PIER", time: "DAY", action, dialogue: [] },
    ...{ characters: ["MAYA"], shotType: "full", move: "", durationFrames: 240, fps: { num: 24, den: 1 } },
    ...{ seed: 1, sceneKey: "s1" },
    ...more,
  });
const motionsOf = (plan: ScenePlan, at = 0) => deedsOf(plan.cast[at]!, plan).map(({ motion }) => motion);

test.each([
  ["Maya sits, then stands up and leaves.", ["sit", "stand-up", "walk"]],
  ["Maya stands up.", ["sit", "stand-up", "stand"]],
  ["Maya runs and falls.", ["run", "fall", "lie"]],
  ["Maya sneaks along the wall. She stops. She points at the lamp.", ["sneak", "stand", "point"]],
  ["She picks the letter up and walks away.", ["stand", "pick-up", "walk"]],
  ["Maya walks down the pier.", ["walk"]],
  ["Rain falls. Night falls on the pier. Waves run up the beach.", ["stand"]],
])("%s", (action, motions) => {
  expect(motionsOf(planned(action))).toEqual(motions);
});

test("everybody does what their own sentences say; they, and several of a kind, do it together", () => {
  const names = ["MAYA", "BEN"];
  const said = (text: string, of = names) => deedsIn(text, of).map((deeds) => deeds.map(({ motion }) => motion));
  expect(said("Maya sits and Ben walks away. Maya looks at Ben.")).toEqual([["sit", "look"], ["walk"]]);
  expect(said("Maya and Ben dance. They fall.")).toEqual([
    ["dance", "fall"],
    ["dance", "fall"],
  ]);
  expect(said("Two men fight in the rain.", ["MAN ONE", "MAN TWO"])).toEqual([["fight"], ["fight"]]);
  expect(said("Maya plays. The lamp turns and goes out. She looks up.", ["MAYA"])).toEqual([["look"]]);
  expect(said("Maya runs. Stops. Looks back.", ["MAYA"])).toEqual([["run", "stand", "look"]]);
  expect(said("Ben waits. Rain dances on the water.")).toEqual([[], ["stand"]]);
});

test("deeds fill the shot on half beats, without gaps, and nobody goes faster than they can", () => {
  const plan = planned("Maya runs, stops and looks back. She waves, then walks away.");
  const deeds = deedsOf(plan.cast[0]!, plan);
  expect(deeds[0]!.from).toBe(0);
  expect(deeds.at(-1)!.to).toBeCloseTo(beatsOf(plan), 3);
  let at = plan.cast[0]!.at;
  for (const [index, deed] of deeds.entries()) {
    if (index > 0) expect(deed.from).toBe(deeds[index - 1]!.to);
    expect((deed.from * 2) % 1).toBe(0);
    if (deed.goes === undefined) continue;
    const way = Math.hypot(deed.goes[0] - at[0], deed.goes[2] - at[2]);
    expect(way / ((deed.to - deed.from) * plan.beatSeconds)).toBeLessThan(3.5);
    at = deed.goes;
  }
});

test("who comes in ends before their seat, who leaves ends away from it, who goes to somebody stops in front of them", () => {
  const { cast } = planned("Maya enters and sits. Ben walks to Maya and waves.", { characters: ["MAYA", "BEN"] });
  const [maya, ben] = cast;
  const seat = planned("Maya sits.").cast[0]!.at;
  const before = maya!.deeds[0]!.goes!;
  expect(Math.hypot(before[0] - seat[0], before[2] - seat[2])).toBeCloseTo(0.42, 2);
  expect(maya!.at).not.toEqual(maya!.deeds[0]!.goes);
  const gone = ben!.deeds[0]!.goes!;
  expect(Math.hypot(gone[0] - maya!.to[0], gone[2] - maya!.to[2])).toBeGreaterThan(0.5);
  expect(ben!.deeds[0]!.towards).toEqual({ kind: "person", index: 0 });
});

test("who walks slowly comes less far, and their steps are fewer", () => {
  const farIn = (action: string) => {
    const [maya] = planned(action).cast;
    return Math.hypot(maya!.to[0] - maya!.at[0], maya!.to[2] - maya!.at[2]);
  };
  expect(farIn("Maya walks slowly.")).toBeLessThan(farIn("Maya walks.") * 0.8);
  expect(planned("Maya walks slowly.").cast[0]!.deeds).toMatchObject([{ motion: "walk", energy: 0.1 }]);
  expect(planned("Maya walks.").cast[0]!.deeds).toEqual([]);
  expect(planned("Maya stands slowly.").cast[0]!.at).toEqual(planned("Maya stands.").cast[0]!.at);
});

test("a short shot keeps what it has time for", () => {
  const action = "Maya sits, stands up, walks to the rail, falls, stands up and waves.";
  const short = motionsOf(planned(action, { durationFrames: 96 }));
  expect(short.length).toBeGreaterThan(1);
  expect(short.length).toBeLessThan(motionsOf(planned(action, { durationFrames: 480 })).length);
  expect(motionsOf(planned(action, { durationFrames: 1 }))).toHaveLength(1);
});

test("falls and fights are heard on the beat, doors where the words speak of them, and a letter is there to be picked up", () => {
  const kinds = (plan: ScenePlan) => plan.cues.map(({ effect, kind }) => effect ?? kind);
  expect(kinds(planned("Maya runs and falls."))).toEqual(expect.arrayContaining(["thud", "hit"]));
  expect(kinds(planned("Nobody is here. The door slams."))).toEqual(["door"]);
  const fight = planned("Two men fight.", { characters: ["MAN ONE", "MAN TWO"] });
  expect(kinds(fight).filter((kind) => kind === "punch").length).toBeGreaterThan(2);
  const plan = planned("Maya picks up a letter and leaves.");
  expect(plan.pieces).toMatchObject([{ kind: "letter", id: "rules:letter" }]);
  expect(plan.cast[0]!.deeds[1]!.towards).toEqual({ kind: "piece", id: "rules:letter" });
  for (const cue of plan.cues) expect(cue.beat).toBeLessThan(beatsOf(plan));
});

test("forty people are eight and a crowd", () => {
  const plan = planned("They wait.", { characters: Array.from({ length: 40 }, (_, at) => `GUEST NO ${at}`) });
  expect(plan.cast).toHaveLength(8);
  expect(plan.crowd).toBe(32);
});

test("a plan says in a sentence what everybody does, one after another", () => {
  expect(describePlan(planned("Maya sits, then stands up and leaves."))).toMatch(/MAYA sits, gets up and walks\.$/);
  expect(describePlan(planned("Maya waits."))).toMatch(/MAYA stands\.$/);
});

test("two of a kind do not wear the same, unless the words say what they wear", () => {
  const colours = (notes: string) =>
    ["MAN ONE", "MAN TWO", "MAN THREE"].map((name) => lookFor(name, notes).garmentColour);
  expect(new Set(colours("")).size).toBe(3);
  expect(new Set(colours("men in black coats")).size).toBe(1);
  expect(lookFor("MAN TWO", "")).toEqual(lookFor("MAN TWO", ""));
});

test("whoever walks slowly, in whatever place, comes towards the side from which it is built to be seen", () => {
  for (const location of ["PIER", "NEON ALLEY", "STREET", "MARKET", "FOREST", "DESERT"]) {
    const heading = `EXT. ${location} - NIGHT`;
    const [maya] = planned("Maya walks slowly.", { heading, location, durationFrames: 72 }).cast;
    expect(maya!.to[2], location).toBeGreaterThan(maya!.at[2]);
  }
});

test.each([
  ["Maya sits down.", ["stand", "sit"]],
  ["Maya takes a seat.", ["stand", "sit"]],
  ["She sinks into the chair.", ["stand", "sit"]],
  ["Maya lowers herself onto the bench.", ["stand", "sit"]],
  ["Maya slumps into her chair.", ["stand", "sit"]],
  ["Maya sits at the desk.", ["sit"]],
  ["Maya enters and sits down.", ["walk", "sit"]],
  ["Maya slowly lowers herself down onto the old wooden bench.", ["stand", "sit"]],
  ["Maya lowers herself into an armchair.", ["stand", "sit"]],
  ["Maya takes her seat.", ["stand", "sit"]],
  ["Maya sinks into the water.", ["stand"]],
  ["Maya lowers herself down the rope.", ["stand"]],
  ["Maya lowers herself into the water.", ["stand"]],
  ["Maya takes a seat belt.", ["stand"]],
  ["Maya takes the seats out of the van.", ["stand"]],
])("%s She does it while one looks on, or has done it before", (action, motions) => {
  expect(motionsOf(planned(action, { location: "OFFICE", setting: "int" }))).toEqual(motions);
});

test("whoever sits down stands before their seat first, and faces as it does", () => {
  const inOffice = { location: "OFFICE", setting: "int" } as const;
  const [seated] = planned("Maya sits.", inOffice).cast;
  for (const action of ["Maya sits down.", "Maya looks at the letter, then sits down."]) {
    const [maya] = planned(action, inOffice).cast;
    expect(maya!.seat).toBe(seated!.seat);
    const turn = (seated!.facing * Math.PI) / 180;
    expect(maya!.at[0] - seated!.at[0]).toBeCloseTo(Math.sin(turn) * 0.42, 2);
    expect(maya!.at[2] - seated!.at[2]).toBeCloseTo(Math.cos(turn) * 0.42, 2);
    expect(maya!.deeds.at(-1)).toMatchObject({ motion: "sit", facing: seated!.facing });
  }
});
