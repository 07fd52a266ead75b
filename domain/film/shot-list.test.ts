import { expect, test } from "vitest";
import type { Scene } from "./scene.ts";
import type { Shot } from "./shot.ts";
import { listShots, shotListColumns, shotListRows, writeCsv } from "./shot-list.ts";
import { emptyFilm } from "./snapshot.ts";

const aScene = (id: string, more: Partial<Scene> = {}): Scene => ({
  ...{ id, number: 1, heading: "INT. ROOM - DAY", setting: "int", location: "ROOM", time: "DAY", synopsis: "" },
  ...more,
});
const aShot = (id: string, sceneId: string, more: Partial<Shot> = {}): Shot => ({
  ...{ id, sceneId, number: "1A", type: "close_up", move: "push_in", action: "Rain.", dialogue: [], characters: [] },
  ...{ prompt: "", durationFrames: 48, elementIds: [] },
  ...more,
});
const film = {
  ...emptyFilm,
  scenes: [aScene("s1"), aScene("s2", { number: 2, scriptNumber: "12A" })],
  shots: [
    aShot("a", "s1", {
      dialogue: [{ character: "MAYA", parenthetical: "(low)", text: "Hi." }],
      characters: ["MAYA", "DAN"],
      lens: 35,
    }),
    aShot("b", "s2", { number: "2A", elementIds: ["e1", "gone"], notes: "Handle with care" }),
  ],
  elements: [{ id: "e1", kind: "object" as const, name: "Lantern", description: "", triggerWords: [] }],
};

test("each shot is a row, with its place in the film and the script's own numbers", () => {
  const [first, second] = shotListRows(film, shotListColumns);
  expect(Object.fromEntries(shotListColumns.map((column, index) => [column, first?.[index]]))).toEqual({
    ...{ scene: "1", heading: "INT. ROOM - DAY", setting: "INT", location: "ROOM", time: "DAY", shot: "1A" },
    ...{ type: "Close-up", lens: "35", move: "push in", action: "Rain.", dialogue: "MAYA: (low) Hi." },
    ...{ characters: "MAYA, DAN", elements: "", seconds: "2.00", frames: "48", start: "00:00:00:00", notes: "" },
  });
  expect(second?.slice(0, 1)).toEqual(["12A"]);
  expect(second?.slice(-6)).toEqual(["", "Lantern", "2.00", "48", "00:00:02:00", "Handle with care"]);
});

test("of some scenes only, times count from the beginning of the board", () => {
  expect(listShots(film, new Set(["s2"])).map(({ shot, start }) => [shot.id, start])).toEqual([["b", 48]]);
});

test("commas, quotes and line ends are quoted, and nothing is a formula", () => {
  expect(writeCsv([["a,b", 'he said "no"', "one\ntwo", "plain"]])).toBe('"a,b","he said ""no""","one\ntwo",plain\r\n');
  expect(writeCsv([["=1+1", "+49", "-12", "-x", "@home", "\tx", "2.5"]])).toBe(
    "'=1+1,'+49,-12,'-x,'@home,'\tx,2.5\r\n",
  );
});
