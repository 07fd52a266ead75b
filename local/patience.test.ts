import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { tellWhile } from "./patience.mjs";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("long work tells every fifteen seconds for how long it goes on, and is quiet when it is done", async () => {
  const said: string[] = [];
  const work = () => new Promise<string>((done) => setTimeout(() => done("made"), 40_000));
  const result = tellWhile("Still building", work, (text) => said.push(text));
  await vi.advanceTimersByTimeAsync(120_000);
  expect(await result).toBe("made");
  expect(said).toEqual(["Still building (15 s) …", "Still building (30 s) …"]);
});

test("work that fails is quiet afterwards, too, and says why", async () => {
  const said: string[] = [];
  const work = async () => {
    throw new Error("no room");
  };
  await expect(tellWhile("Still building", work, (text) => said.push(text))).rejects.toThrow("no room");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(said).toEqual([]);
});
