import { expect, test } from "vitest";
import { failureKinds } from "./messages/result-message.ts";
import { tellFailure } from "./failure-sentence.ts";

test("an engine's sentence is told as it is, with its detail for operators", () => {
  const said = { message: "The clip is longer than 505 frames: cut it in two.", detail: "frames=700" };
  expect(tellFailure({ kind: "permanent", ...said })).toEqual(said);
  expect(tellFailure({ kind: "capacity", message: "A shot of 3840/2160 needs 24/7 patience, and/or memory." })).toEqual(
    {
      message: "A shot of 3840/2160 needs 24/7 patience, and/or memory.",
      detail: null,
    },
  );
});

test.each([
  ["a trace", "cannot read x\n    at render (/srv/page/main.ts:1:2)"],
  ["a trace of one line", "boom at Object.run (main.js:10:5)"],
  ["a store's answer", "the store answered 403: <Error><Code>AccessDenied</Code></Error>"],
  ["an address", "fetch https://store.internal/bucket/key failed"],
  ["a host", "connect ECONNREFUSED 10.0.0.7:9000"],
  ["a path", "ffmpeg: /tmp/backlot/scratch/agent-1/film.mp4: Invalid data"],
  ["an exception", "TypeError: x is not a function"],
  ["a wall of text", "word ".repeat(200)],
  ["nothing", " "],
])("people are not shown %s; operators are", (_, message) => {
  for (const kind of failureKinds) {
    const told = tellFailure({ kind, message, detail: "more" });
    expect(told.message).toMatch(/^[A-Z][^\n<>/]+\.$/);
    expect(told.detail).toContain(message);
    expect(told.detail).toContain("more");
  }
});
