import { expect, test } from "vitest";
import { needRoom } from "./board-documents.ts";

test("a storyboard whose pictures no memory should hold is refused with what to do instead", () => {
  expect(() => needRoom(Array.from({ length: 2000 }, () => 100_000))).not.toThrow();
  expect(() => needRoom(Array.from({ length: 100 }, () => 8_000_000))).toThrow(
    "The pictures of 100 shots are 800 MB together, and a storyboard holds 256 MB. Print fewer scenes at a time.",
  );
});
