import { expect, test } from "vitest";
import type { Lane } from "./arrangement.ts";
import { columnsIn, drawnRows, neighbourOf, rowsOf, shotOrder, type GhostShot, type Row } from "./rows.ts";

const lanes: Lane[] = [
  { sceneId: "s1", shotIds: ["a", "b", "c", "d"] },
  { sceneId: "s2", shotIds: [] },
  { sceneId: "s3", shotIds: ["e", "f"] },
];
const faceOf = (row: Row) => {
  if (row.kind === "cards") return row.items.map((item) => (item.kind === "shot" ? item.id : "?")).join("");
  if (row.kind === "aside") return row.shotIds.join("");
  return row.kind;
};
const faces = (...given: Parameters<typeof rowsOf>) =>
  rowsOf(...given)
    .list.map(faceOf)
    .join(" ");
const ghost = (sceneId: string, afterId: string | null): GhostShot => ({
  changeId: `${sceneId} ${afterId}`,
  sceneId,
  afterId,
  shot: { type: "wide", move: "static", action: "", dialogue: [], characters: [], durationFrames: 48 },
});

test("every scene has a head, its cards in rows, or a word that it has none", () => {
  expect(faces(lanes, 3)).toBe("scene abc d scene empty scene ef");
  expect(faces(lanes, 1)).toBe("scene a b c d scene empty scene e f");
});

test("what the script has new stands behind the shot it follows", () => {
  const ghosts = [
    ghost("s1", "b"),
    ghost("s1", null),
    ghost("s2", null),
    ghost("s3", "gone"),
    ghost("elsewhere", null),
  ];
  expect(faces(lanes, 4, { ghosts })).toBe("scene ?ab? cd scene ? scene ef?");
});

test("shots that were set aside come last", () => {
  expect(faces(lanes.slice(2), 2, { asideIds: ["x", "y", "z"] })).toBe("scene ef aside-head xy z");
});

test("arrows go through rows, past heads and empty scenes, and stop at the ends", () => {
  const rows = rowsOf(lanes, 3);
  expect(neighbourOf(rows, "c", "ArrowRight")).toBe("d");
  expect(neighbourOf(rows, "d", "ArrowRight")).toBe("e");
  expect(neighbourOf(rows, "e", "ArrowLeft")).toBe("d");
  expect(neighbourOf(rows, "c", "ArrowDown")).toBe("d");
  expect(neighbourOf(rows, "d", "ArrowDown")).toBe("e");
  expect(neighbourOf(rows, "f", "ArrowUp")).toBe("d");
  expect(neighbourOf(rows, "a", "ArrowUp")).toBeNull();
  expect(neighbourOf(rows, "f", "ArrowRight")).toBeNull();
  expect(neighbourOf(rows, "gone", "ArrowRight")).toBeNull();
});

test("as many cards lie side by side as find room", () => {
  expect(columnsIn(100).columns).toBe(1);
  expect(columnsIn(600).columns).toBe(3);
  expect(columnsIn(1400).columns).toBe(5);
});

test("the row that has the keys stays in the page when somebody scrolls away from it", () => {
  const seen = { startIndex: 10, endIndex: 12, overscan: 1, count: 20 };
  expect(drawnRows(seen, undefined)).toEqual([9, 10, 11, 12, 13]);
  expect(drawnRows(seen, 11)).toEqual([9, 10, 11, 12, 13]);
  expect(drawnRows(seen, 2)).toEqual([2, 9, 10, 11, 12, 13]);
  expect(drawnRows(seen, 19)).toEqual([9, 10, 11, 12, 13, 19]);
  expect(drawnRows(seen, 20)).toEqual([9, 10, 11, 12, 13]);
});

test("shots are read scene by scene, however many lie side by side", () => {
  expect(shotOrder(rowsOf(lanes, 3)).join("")).toBe("abcdef");
  expect(shotOrder(rowsOf(lanes, 1, { ghosts: [ghost("s1", "b")] })).join("")).toBe("abcdef");
});
