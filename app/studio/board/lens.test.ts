import { expect, test } from "vitest";
import { readLens } from "./lens.ts";

test("a lens is read as people write it, or refused", () => {
  expect(readLens("35")).toEqual({ lens: 35 });
  expect(readLens(" 50 mm ")).toEqual({ lens: 50 });
  expect(readLens("")).toEqual({ lens: undefined });
  for (const wrong of ["4", "900", "wide", "35-70"]) expect(readLens(wrong)).toBe("wrong");
});
