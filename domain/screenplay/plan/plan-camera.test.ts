import { expect, test } from "vitest";
import { framingFor } from "./plan-camera.ts";
import { planScene, type ScenePlanInput } from "./plan-scene.ts";

const aShot = (more: Partial<ScenePlanInput>) =>
  planScene({
    heading: "INT. CAFE - DAY",
    setting: "int",
    location: "cafe",
    time: "DAY",
    action: "",
    dialogue: [],
    characters: ["MAYA", "HALE"],
    shotType: "medium",
    move: "",
    durationFrames: 96,
    fps: { num: 24, den: 1 },
    seed: 1,
    sceneKey: "cafe",
    ...more,
  });

test.each([
  ["push_in", "Zoom in on MAYA's hands.", "zoom-in"],
  ["push_in", "Crash zoom on MAYA.", "zoom-in"],
  ["pull_out", "Zoom out from the table.", "zoom-out"],
  ["pull_out", "Pull back from the table.", "pull-out"],
  ["push_in", "Dolly in on MAYA.", "dolly"],
  ["push_in", "Push in on MAYA.", "push-in"],
  ["static", "Rack focus from MAYA to HALE.", "rack-focus"],
  ["static", "MAYA focuses on the racks of cups.", "static"],
  ["zoom in", "", "zoom-in"],
  ["dolly", "", "dolly"],
  ["dolly out", "", "pull-out"],
  ["rack focus", "", "rack-focus"],
] as const)("a move %s where the words are %j is a %s", (move, action, wanted) => {
  expect(aShot({ move, action }).camera.move).toBe(wanted);
});

test("focus is racked to the other one halfway, with a lens that shows it", () => {
  const { camera, cast } = aShot({ move: "rack focus" });
  const [rack] = camera.focusOn;
  expect(camera.focusOn).toHaveLength(1);
  expect(rack?.beat).toBe(3.5);
  expect(rack?.subject).toEqual({ kind: "character", index: 1 });
  expect(cast).toHaveLength(2);
  expect(camera.aperture).toBeLessThan(4);
});

test("extreme wide is a framing of its own, with people and without", () => {
  expect(framingFor("extreme wide")).toBe("extreme-wide");
  expect(framingFor("EWS")).toBe("extreme-wide");
  expect(framingFor("extreme_close_up")).toBe("extreme-close-up");
  expect(aShot({ shotType: "extreme wide" }).camera).toMatchObject({ framing: "extreme-wide", lensMm: 18 });
  expect(aShot({ shotType: "extreme wide", characters: [] }).camera).toMatchObject({
    framing: "extreme-wide",
    subject: { kind: "place" },
  });
});

test("both who talk are shot off their look by the same angle, on the scene's side, whatever the shot's seed", () => {
  const close = (who: string, seed: number) =>
    aShot({ shotType: "close_up", dialogue: [{ character: who, text: "No." }], seed }).camera;
  expect(close("MAYA", 1).azimuth).toBe(close("HALE", 2).azimuth);
  expect(close("MAYA", 1).azimuth).toBeGreaterThan(0);
  expect(close("MAYA", 1).side).toBe(close("HALE", 2).side);
});

test.each([
  ["MAYA runs down the street.", "full", "", "track"],
  ["MAYA walks away.", "full", "", "track"],
  ["MAYA stands.", "full", "", "push-in"],
  ["MAYA runs down the street.", "full", "static", "static"],
  ["MAYA runs down the street.", "full", "pan", "pan"],
  ["MAYA runs down the street.", "medium", "", "push-in"],
] as const)("%s in a %s with the move %j: the camera's move is %s", (action, shotType, move, wanted) => {
  expect(aShot({ action, shotType, move, location: "street", setting: "ext", characters: ["MAYA"] }).camera.move).toBe(
    wanted,
  );
});
