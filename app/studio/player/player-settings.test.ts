import { expect, test } from "vitest";
import { shuttle } from "./player-settings.ts";

test("pressing L again goes faster, up to eight times; J turns round at normal speed", () => {
  expect(shuttle(1, false, 1)).toBe(1);
  expect(shuttle(1, true, 1)).toBe(2);
  expect(shuttle(4, true, 1)).toBe(8);
  expect(shuttle(8, true, 1)).toBe(8);
  expect(shuttle(2, true, -1)).toBe(-1);
  expect(shuttle(-1, true, -1)).toBe(-2);
});
