import { expect, test } from "vitest";
import { emptyFilm } from "#domain/film/snapshot.ts";
import { placeWords, timeWords } from "./comment-words.ts";

test("a remark says what it is about, also when that is gone", () => {
  expect(placeWords({}, emptyFilm)).toBe("");
  expect(placeWords({ frame: 25 }, emptyFilm)).toBe("00:00:01:01");
  expect(placeWords({ shotId: "s" }, emptyFilm)).toBe("A shot that was deleted");
  expect(placeWords({ anchor: { kind: "scene", id: "s" } }, emptyFilm)).toBe("A scene that is gone");
  const film = { ...emptyFilm, shots: [{ id: "s", number: "2B" }] } as unknown as typeof emptyFilm;
  const anchor = { kind: "set", sceneId: "scene", at: [0, 0, 1] as [number, number, number] } as const;
  expect(placeWords({ shotId: "s", anchor: { ...anchor, at: [0, 0, 1] } }, film)).toBe("Shot 2B, in the set");
});

test("today's remarks have a time, older ones a date", () => {
  const now = new Date(2026, 10, 3, 18, 0);
  expect(timeWords(new Date(2026, 10, 3, 14, 5).toISOString(), now)).toBe("14:05");
  expect(timeWords(new Date(2026, 9, 30, 14, 5).toISOString(), now)).toBe("30 Oct 14:05");
  expect(timeWords("nonsense", now)).toBe("");
});
