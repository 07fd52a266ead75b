import { expect, test } from "vitest";
import { logError } from "./log-errors.ts";

test("a failed query is logged without the values it was sent with", () => {
  const error = Object.assign(new Error("Failed query: insert into tokens\nparams: hash-of-a-token,Maya\nlines"), {
    params: ["hash-of-a-token"],
  });
  const told = JSON.stringify(logError(error));
  expect(told).toContain("insert into tokens");
  expect(told).toContain("log-errors.test");
  expect(told).not.toMatch(/hash-of-a-token|Maya/);
});
