import { expect, test } from "vitest";
import { ledBy, playedIn, shownInstrument } from "./instrument-words.ts";
import { planScene } from "./plan-scene.ts";

const planOf = (action: string, shotType = "medium") =>
  planScene({
    heading: "INT. LIVING ROOM - NIGHT",
    setting: "int",
    location: "LIVING ROOM",
    time: "NIGHT",
    action,
    dialogue: [],
    characters: ["TOM"],
    shotType,
    move: "",
    durationFrames: 96,
    fps: { num: 24, den: 1 },
    seed: 3,
    sceneKey: "room",
  });

test("what is played is the instrument that is named first, and a case is none", () => {
  expect(playedIn("Tom plays the guitar beside the piano.")).toBe("pluck");
  expect(playedIn("She sits down at the piano.")).toBe("piano");
  expect(playedIn("A cello case on her back.")).toBeNull();
  expect(ledBy("piano", ["pluck", "piano", "pad"])).toEqual(["piano", "pluck", "pad"]);
});

test("who plays the guitar has one, who plays the piano sits at one, and it is heard", () => {
  const guitar = planOf("TOM plays the guitar.");
  expect(shownInstrument(guitar)).toBe("guitar");
  expect(guitar.music.instruments?.[0]).toBe("pluck");
  const piano = planOf("TOM plays the piano.");
  expect(shownInstrument(piano)).toBe("piano");
  expect(piano.cast[0]).toMatchObject({ action: "play", seat: 0.5 });
  expect(planOf("TOM sits down at the piano.").cast[0]).toMatchObject({ action: "play", seat: 0.5, deeds: [] });
  expect(shownInstrument(planOf("TOM plays the cello."))).toBe("bowed");
  // Nobody plays: the mood decides on the music.
  expect(planOf("TOM looks at the piano.").music.instruments).toBeUndefined();
});

test("a pianist is seen from the side, where the hands are", () => {
  expect(planOf("TOM plays the piano.").camera.azimuth).toBeGreaterThan(60);
  expect(planOf("TOM plays the guitar.").camera.azimuth).toBeLessThan(60);
});

test.each([
  "TOM plays the drums.",
  "TOM plays drums.",
  "TOM plays a slow beat on his old drums.",
  "TOM plays the drums with his eyes closed.",
  "TOM sits at the drums.",
  "TOM drums wildly at his drum kit.",
  "TOM drums hard.",
  "TOM is drumming.",
  "TOM plays the drums. Oil drums stand behind him.",
])("%s He sits at a kit, and it is heard", (action) => {
  const plan = planOf(action);
  expect(shownInstrument(plan)).toBe("drums");
  expect(plan.music.instruments?.[0]).toBe("pulse");
  expect(plan.cast[0]).toMatchObject({ action: "play", seat: 0.5 });
});

test.each([
  "TOM drums his fingers on the table.",
  "TOM drums nervously on the table.",
  "TOM drums nervously and slowly on the table.",
  "TOM drums impatiently with her fingers.",
  "TOM drums hard against the door.",
  "TOM is drumming nervously on the desk.",
  "TOM is drumming on the desk.",
  "TOM plays cards on an oil drum.",
  "TOM is playing cards on an oil drum.",
  "TOM plays chess behind oil drums.",
  "TOM plays dice beside the drums.",
  "TOM plays with the dog among the steel drums.",
  "TOM plays hide and seek behind barrel drums.",
  "Rain drums on the roof. TOM waits.",
  "A drum of oil. TOM waits.",
])("%s Nobody plays, and no kit is there", (action) => {
  const plan = planOf(action);
  expect(plan.cast[0]!.action).not.toBe("play");
  expect(plan.cast[0]!.deeds.map(({ motion }) => motion)).not.toContain("play");
  expect(plan.music.instruments).toBeUndefined();
});

test("fingers that drum are not the music of whoever plays beside them", () => {
  expect(playedIn("Ann drums nervously on the table. Tom plays the piano.")).toBe("piano");
  expect(playedIn("Among oil drums Tom plays the guitar.")).toBe("pluck");
});
