import { expect, test } from "vitest";
import type { StagedKey } from "#domain/film/staging.ts";
import { keyRows } from "./key-rows.ts";

const key = (frame: number, patch: Partial<StagedKey> = {}): StagedKey => ({
  kind: "key",
  id: `k${frame}`,
  shotId: "s1",
  frame,
  eye: [frame, 1, 4],
  look: [0, 1, 0],
  lensMm: 35,
  ...patch,
});

test("a row of the path shows a key only where it changes something", () => {
  const keys = [key(0), key(10), key(20, { lensMm: 50 }), key(30, { lensMm: 50, look: [1, 1, 0] })];
  const rows = keyRows(keys);
  expect(rows.position.map(({ frame }) => frame)).toEqual([0, 10, 20, 30]);
  expect(rows.look.map(({ frame }) => frame)).toEqual([0, 30]);
  expect(rows.lens.map(({ frame }) => frame)).toEqual([0, 20]);
  expect(keyRows([]).position).toEqual([]);
});
