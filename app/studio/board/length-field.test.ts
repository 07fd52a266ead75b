import { expect, test } from "vitest";
import { readLength } from "./length-field.ts";

const rate = { num: 24, den: 1 };

test("lengths are read in frames and in seconds", () => {
  expect(readLength("48", "frames", rate)).toEqual({ frames: 48, problem: null });
  expect(readLength("2,5", "seconds", rate)).toEqual({ frames: 60, problem: null });
});

test("what cannot be a length says why", () => {
  expect(readLength("0", "frames", rate).problem).toBe("A shot is at least 1 frame long.");
  expect(readLength("100000", "frames", rate).problem).toBe("A shot is at most 14,400 frames long (10 minutes).");
  expect(readLength("1.5", "frames", rate).problem).toContain("whole");
  expect(readLength("soon", "seconds", rate).problem).toBe("Type a number of seconds.");
});
