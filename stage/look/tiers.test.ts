import { expect, test } from "vitest";
import { supersampling } from "./tiers.ts";

const full = { width: 1920, height: 1080 };

test("only fine pictures are drawn larger than they are shown, and in software less so", () => {
  expect(supersampling("draft", { ...full, isSoftware: false })).toBe(1);
  expect(supersampling("standard", { ...full, isSoftware: false })).toBe(1);
  expect(supersampling("fine", { ...full, isSoftware: false })).toBe(2);
  expect(supersampling("fine", { ...full, isSoftware: true })).toBe(1.5);
});

test("a picture that is large already is not drawn beyond what memory holds", () => {
  expect(supersampling("fine", { width: 3840, height: 2160, isSoftware: false })).toBe(1);
  const between = supersampling("fine", { width: 2560, height: 1440, isSoftware: false });
  expect(between).toBeGreaterThan(1.25);
  expect(2560 * between * 1440 * between).toBeLessThanOrEqual(4096 * 2304 + 1);
});
