import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestStudio, type TestCaller, type TestStudio } from "../testing/test-studio.ts";

let studio: TestStudio;
let maya: TestCaller;
beforeAll(async () => {
  studio = await startTestStudio();
  maya = await studio.comeIn("Maya");
});
afterAll(() => studio.stop());

test("a program takes one change of a parse, then the rest; what is gone by then is said to be", async () => {
  const screenplay = "INT. ROOM - DAY\n\nA room.\n\nA lamp burns low.";
  const made = await maya.call("POST", "/v1/projects", { workspaceId: maya.workspaceId, title: "Rooms", screenplay });
  const at = (rest: string) => `/v1/projects/${made.body.project.id}/storyboard/${rest}`;
  const parsed = (await maya.call("POST", at("parse"), {})).body;
  expect(parsed.summary).toMatchObject({ new: 2, scenes: 1 });
  const lamp = parsed.changes.find(
    (change: { kind: string; at: number }) => change.kind === "shot-new" && change.at === 1,
  );
  const one = await maya.call("POST", at("accept"), { changeIds: [lamp.id] });
  expect(one.status, JSON.stringify(one.body)).toBe(200);
  expect(one.body.film.shots.map((shot: { action: string }) => shot.action)).toEqual(["A lamp burns low."]);
  const all = await maya.call("POST", at("accept"), { all: true });
  expect(all.body.film.shots).toHaveLength(2);
  expect(all.body.film.shots[1].id).toBe(one.body.film.shots[0].id);
  const late = await maya.call("POST", at("accept"), { changeIds: [lamp.id] });
  expect([late.status, late.body.error.code]).toEqual([409, "thing/conflict"]);
  expect((await maya.call("POST", at("accept"), {})).body.error.code).toBe("request/invalid");
});

test("a program says what a film's script is read as, and every reading follows until a call asks otherwise", async () => {
  const screenplay = "1. A cup falls.\n2. Rain on the window.\n3. She runs.\n";
  const made = await maya.call("POST", "/v1/projects", { workspaceId: maya.workspaceId, title: "List", screenplay });
  const at = `/v1/projects/${made.body.project.id}`;
  const modeOf = async (wish: object) => (await maya.call("POST", `${at}/storyboard/parse`, wish)).body.mode;
  expect(await modeOf({})).toBe("numbered");
  const patched = await maya.call("PATCH", at, { readAs: "freeform" });
  expect(patched.body.film.meta.readAs).toBe("freeform");
  expect(await modeOf({})).toBe("freeform");
  expect(await modeOf({ mode: "auto" })).toBe("numbered");
  await maya.call("PATCH", at, { readAs: "auto" });
  expect(await modeOf({})).toBe("numbered");
  expect((await maya.call("PATCH", at, { readAs: "opera" })).status).toBe(400);
});
