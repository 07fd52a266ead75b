import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { diskFull, failureOf, isDiskFull, OutsideError } from "./failures.ts";

test("a full disk is known by what the system, or a program, says of it", () => {
  const error = Object.assign(new Error("ENOSPC: no space left on device, write '/tmp/x'"), { code: "ENOSPC" });
  expect(failureOf(error)).toMatchObject({ kind: "infrastructure", message: diskFull });
  for (const said of [
    "av_interleaved_write_frame(): No space left on device",
    "EFBIG: file too large, write",
    "EDQUOT",
  ])
    expect(isDiskFull(said)).toBe(true);
  expect(isDiskFull("the film is full of stars")).toBe(false);
});

test("people read a sentence, operators what was answered", () => {
  const store = new OutsideError("The file store did not take what was rendered.", "PUT answered 403: <Error/>");
  expect(failureOf(store)).toEqual({ kind: "infrastructure", message: store.message, detail: store.detail });
  const folder = mkdtempSync(path.join(tmpdir(), "failures-"));
  rmSync(folder, { recursive: true });
  try {
    writeFileSync(path.join(folder, "x"), "");
  } catch (error) {
    const told = failureOf(error);
    expect(told.message).not.toContain(folder);
    expect(told.detail).toContain(folder);
  }
  expect.assertions(3);
});
