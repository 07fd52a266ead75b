import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { oncePer, readLines, summarise } from "./log-files.ts";

test("only warnings and worse reach the terminal, in one line with their cause", () => {
  expect(summarise('{"level":30,"msg":"listening"}')).toBeNull();
  expect(summarise('{"level":40,"msg":"slow disk"}')).toEqual({ text: "slow disk", tone: "warn" });
  const error = '{"level":50,"msg":"job failed","err":{"message":"no ffmpeg\\nat x"}}';
  expect(summarise(error)).toEqual({ text: "job failed: no ffmpeg", tone: "bad" });
});

test("a line that is not JSON is kept for the log alone", () => {
  expect(summarise("(node:1) ExperimentalWarning")).toBeNull();
});

test("lines that arrive in pieces come out whole", async () => {
  const lines: string[] = [];
  const stream = Readable.from(["on", "e\ntw", "o\nthree"]);
  readLines(stream, (line) => lines.push(line));
  await new Promise((resolve) => stream.once("close", resolve));
  expect(lines).toEqual(["one", "two", "three"]);
});

test("a part that repeats itself is heard once in a while", () => {
  let time = 0;
  const isNew = oncePer(1000, () => time);
  expect([isNew("a"), isNew("a"), isNew("b")]).toEqual([true, false, true]);
  time = 1000;
  expect(isNew("a")).toBe(true);
});
