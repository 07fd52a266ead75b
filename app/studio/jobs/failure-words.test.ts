import { expect, test } from "vitest";
import { failureKinds } from "#domain/jobs/messages/result-message.ts";
import { failureLine, failureWords, isForPeople } from "./failure-words.ts";

test("every failure class has a sentence of its own", () => {
  const said = failureKinds.map((kind) => failureWords({ code: `job/${kind}`, message: "" }));
  expect(new Set(said).size).toBe(failureKinds.length);
  expect(said.every((one) => /^[A-Z].*\.$/.test(one))).toBe(true);
});

test("what an engine says is added where it is a sentence", () => {
  expect(failureWords({ code: "job/capacity", message: "a shot of 900 frames is more than 505" })).toBe(
    "No engine here has room for this size or length. A shot of 900 frames is more than 505.",
  );
  expect(failureLine({ code: "job/permanent", message: "There is no picture to begin with." })).toBe(
    "There is no picture to begin with.",
  );
});

test("traces, paths, addresses and answers of machines stay with the operators", () => {
  for (const message of [
    "TypeError: x is undefined\n    at render (/app/page/main.js:108:4)",
    "failed at render (main.js:108)",
    "ffmpeg: /var/lib/backlot/scratch/0193-1/out.mp4: No such file",
    "connect ECONNREFUSED 10.0.0.7:4222",
    "the store answered 403: <Error><Code>AccessDenied</Code></Error>",
    "could not read https://bucket.s3.internal/key",
    "killed by SIGKILL",
    "",
  ]) {
    expect(isForPeople(message), message).toBe(false);
    expect(failureLine({ code: "job/infrastructure", message })).toBe(
      "Something around the render broke: an agent, its disk or the way to the files.",
    );
  }
});

test("a code nobody knows still says something", () => {
  expect(failureWords({ code: "job/odd", message: "0xdeadbeef" })).toBe("It failed.");
  expect(failureWords({ code: "job/expired", message: "" })).toBe("It waited too long in the queue.");
  expect(failureWords(undefined)).toBe("It failed.");
});
