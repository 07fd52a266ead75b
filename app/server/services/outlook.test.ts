import { expect, test } from "vitest";
import { standInLine } from "./outlook.ts";

const job = (name: string) => ({
  id: name,
  workspaceId: name.charAt(0),
  capability: "video" as const,
  seconds: 1,
});
const line = (...names: string[]) => names.map(job);
const names = (jobs: { id: string }[]) => jobs.map(({ id }) => id).join(" ");

test("whoever has nothing waiting comes after everybody's first, not behind all of somebody's hundred", () => {
  expect(names(standInLine(line("a1", "b1", "a2", "a3", "a4"), "c", line("c1", "c2")))).toBe("a1 b1 c1 a2 c2 a3 a4");
});

test("one's own jobs come first to oneself", () => {
  expect(names(standInLine(line("a1", "b1", "a2", "a3"), "a", line("a4")))).toBe("a1 b1 a2 a3 a4");
  expect(names(standInLine([], "a", line("a1")))).toBe("a1");
});
