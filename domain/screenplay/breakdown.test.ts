import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultFrameRate as fps } from "#domain/time.ts";
import { cpuTimeOf } from "#testing/cpu-time.ts";
import { breakDown, ProposedScene } from "./breakdown.ts";
import { readHeading, shortPlace } from "./fountain/heading.ts";

const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), "utf8");
const shotsOf = (text: string) => breakDown(text, { fps }).scenes.flatMap((scene) => scene.shots);

test("reads the night ferry as an editor would", () => {
  const { scenes, mode, parser } = breakDown(fixture("night-ferry.fountain"), { fps });
  expect({ mode, parser }).toEqual({ mode: "screenplay", parser: "rules" });
  expect(scenes.map((scene) => [scene.setting, scene.location, scene.time])).toEqual([
    ["ext", "HARBOUR", "DUSK"],
    ["int", "FERRY - PASSENGER LOUNGE", "NIGHT"],
    ["ext", "FERRY - BRIDGE WING", "NIGHT"],
    ["int-ext", "FERRY - CAR DECK", "CONTINUOUS"],
    ["", "THE LIGHTHOUSE ROCK", "DAWN"],
  ]);
  const types = scenes.map((scene) => scene.shots.map((shot) => shot.type));
  expect(types[0]).toEqual(["establishing", "tracking", "medium", "over_shoulder", "medium"]);
  expect(types[3]).toEqual(["establishing", "tracking", "insert"]);
  expect(types[4]?.[1]).toBe("wide");
  const clock = scenes[1]?.shots.find((shot) => shot.action.includes("clock"));
  expect(clock).toMatchObject({ type: "close_up", characters: [] });
});

test("people are known by one name, and pronouns find the right one", () => {
  const [harbour, , bridge] = breakDown(fixture("night-ferry.fountain"), { fps }).scenes;
  expect(harbour?.shots.map((shot) => shot.characters)).toEqual([
    [],
    ["MAYA"],
    ["CAPTAIN HALE"],
    ["MAYA", "CAPTAIN HALE"],
    ["CAPTAIN HALE"],
  ]);
  const dual = bridge?.shots.find((shot) => shot.dialogue.length === 2);
  expect(dual).toMatchObject({ type: "two_shot", dialogue: [{ character: "MAYA" }, { character: "CAPTAIN HALE" }] });
});

test("a numbered list is one scene with a shot per item", () => {
  const { scenes, mode } = breakDown(fixture("beats.txt"), { fps });
  expect(mode).toBe("numbered");
  expect(scenes).toHaveLength(1);
  expect(scenes[0]?.time).toBe("DAWN");
  expect(scenes[0]?.shots.map((shot) => shot.type)).toEqual(["wide", "close_up", "wide", "medium"]);
});

test("prose is read by paragraphs, nothing gives nothing", () => {
  expect(breakDown("A man waits.\n\nA dog comes.", { fps })).toMatchObject({
    mode: "freeform",
    scenes: [{ shots: [{}, {}] }],
  });
  expect(breakDown("", { fps }).scenes).toEqual([]);
  expect(breakDown("\n\n  \n/* later */\n[[idea]]\n", { fps }).scenes).toEqual([]);
});

test("a heading alone is a place to look at", () => {
  expect(shotsOf("INT. CELLAR - NIGHT")).toMatchObject([{ type: "wide", action: "" }]);
});

test("the camera does what the words ask", () => {
  const read = (text: string) => {
    const shot = shotsOf(`EXT. A - DAY\n\nHouses.\n\n${text}`)[1];
    return [shot?.type, shot?.move];
  };
  expect(read("CLOSE ON the lock.")).toEqual(["close_up", "push_in"]);
  expect(read("INSERT - the letter.")).toEqual(["insert", "static"]);
  expect(read("Over Maya's shoulder, the sea.")).toEqual(["over_shoulder", "static"]);
  expect(read("Pan across the empty square.")).toEqual(["medium", "pan"]);
  expect(read("Push in on the door.")).toEqual(["medium", "push_in"]);
  expect(read("THE DOG'S POV: grass.")).toEqual(["pov", "handheld"]);
  expect(read("Tracking with the boy through the corn.")).toEqual(["tracking", "tracking"]);
  expect(read("Two shot: they wait.")).toEqual(["two_shot", "static"]);
  expect(read("The floor begins to tilt. Close the door!")).toEqual(["medium", "static"]);
});

test("quick pans, zooms, angles and a bare OVER are asked of the camera, too", () => {
  const read = (text: string) => {
    const shot = shotsOf(`EXT. A - DAY\n\nHouses.\n\n${text}`)[1];
    return [shot?.type, shot?.move, shot?.characters];
  };
  expect(read("WHIP PAN to the door.")).toEqual(["medium", "pan", []]);
  expect(read("SMASH ZOOM on the phone.")).toEqual(["medium", "push_in", []]);
  expect(read("Dolly zoom: the stairs stretch.")).toEqual(["medium", "push_in", []]);
  expect(read("OVER - the harbour, black.")).toEqual(["over_shoulder", "static", []]);
  expect(read("OVER THE ROOFTOPS, smoke.")).toEqual(["medium", "static", []]);
  expect(read("The van goes over: nobody sees it.")).toEqual(["medium", "static", []]);
  expect(read("INSERT CLOSE UP: a letter.")).toEqual(["insert", "static", []]);
  const [, first, second] = shotsOf("EXT. A - DAY\n\nHouses.\n\nA man waits there. LOW ANGLE: the tower.");
  expect([first?.action, second?.action]).toEqual(["A man waits there.", "LOW ANGLE: the tower."]);
});

test("each item of a series or montage is a shot, and the lines that announce them are none", () => {
  const actions = (text: string) => shotsOf(`INT. GYM - DAY\n\n${text}`).map((shot) => shot.action);
  expect(actions("MONTAGE - ANN TRAINS\n\n-- She runs.\n\n-- She lifts.\n\nEND MONTAGE\n\nShe wakes.")).toEqual([
    "She runs.",
    "She lifts.",
    "She wakes.",
  ]);
  expect(actions("SERIES OF SHOTS:\n- A hill.\nSteep.\n- A log.")).toEqual(["A hill. Steep.", "A log."]);
  expect(actions("INTERCUT - KITCHEN / CAR\n\nA) A pot.\n\nBACK TO SCENE\n\n- A dash is no item here.")).toEqual([
    "A pot.",
    "- A dash is no item here.",
  ]);
  expect(actions("Montage is her word for it.\n\nThe MONTAGE runs.")).toHaveLength(2);
});

test("a conversation changes its framing at every turn", () => {
  const talk = Array.from(
    { length: 8 },
    (_, index) => `${index % 2 ? "ANN" : "BOB"}\nThis is what I have to say to you now.`,
  ).join("\n\n");
  const types = shotsOf(`INT. ROOM - DAY\n\nA room.\n\n${talk}`)
    .slice(1)
    .map((shot) => shot.type);
  types.slice(1).forEach((type, index) => expect(type).not.toBe(types[index]));
});

test("a long speech becomes several shots that each leave time to say it", () => {
  const speech = "I have been here for a very long time and nobody came. ".repeat(12);
  const shots = shotsOf(`INT. ROOM - DAY\n\nANN\n${speech}`);
  expect(shots.length).toBeGreaterThan(3);
  for (const shot of shots) {
    const words = shot.dialogue
      .map((line) => line.text)
      .join(" ")
      .split(/\s+/).length;
    expect(shot.durationFrames / 24).toBeGreaterThanOrEqual(words / 2.5);
    expect(shot.durationFrames).toBeLessThanOrEqual(10 * 24);
  }
  expect(shots.flatMap((shot) => shot.dialogue.map((line) => line.text)).join(" ")).toBe(speech.trim());
});

test("headings are read in all their forms", () => {
  expect(readHeading("INT. HOUSE")).toEqual({ setting: "int", location: "HOUSE", time: "" });
  expect(readHeading("I/E CAR – DAY")).toEqual({ setting: "int-ext", location: "CAR", time: "DAY" });
  expect(readHeading("EXT. LONDON - 1944")).toEqual({ setting: "ext", location: "LONDON - 1944", time: "" });
  expect(readHeading("EXT. DUNE, LATE AFTERNOON")).toEqual({
    setting: "ext",
    location: "DUNE",
    time: "LATE AFTERNOON",
  });
  expect(shortPlace("FERRY - CAR DECK")).toBe("Car deck");
});

test("whatever the text, the answer is well formed and always the same", () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom(
      "",
      "INT. A - DAY",
      "MAYA",
      "(low)",
      "MAYA, 30s, runs.",
      "He stops.",
      "Close on it.",
      "1. x",
      "== ",
      ">a<",
      "CLOSE ON:",
      "مرحبا بالعالم.",
      "他走了。",
    ),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
      const text = lines.join("\n");
      const { scenes } = breakDown(text, { fps });
      for (const scene of scenes) ProposedScene.parse(scene);
      expect(breakDown(text, { fps }).scenes).toEqual(scenes);
    }),
  );
});

test("two megabytes are broken down in seconds, whatever they are", () => {
  const page = fixture("night-ferry.fountain").split("FADE IN:")[1] ?? "";
  for (const text of [
    page.repeat(Math.ceil(2_000_000 / page.length)),
    "word ".repeat(400_000),
    "A. ".repeat(600_000),
    "INT. A\n\n".repeat(200_000),
  ]) {
    // About a second where nothing else runs; where time grows with the square of the length it is minutes.
    expect(cpuTimeOf(() => breakDown(text, { fps }))).toBeLessThan(10_000);
  }
});
