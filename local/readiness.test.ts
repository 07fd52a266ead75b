import { expect, test } from "vitest";
import { readAnswer } from "./readiness.ts";

test("the studio is ready when the app says ok", () => {
  expect(readAnswer({ status: "ok", parts: { postgres: "ok", agents: { status: "ok", count: 1 } } })).toEqual({
    ready: true,
    waitingFor: [],
  });
});

test("the parts that are awaited are named", () => {
  const answer = readAnswer({
    status: "waiting",
    parts: { postgres: "ok", director: "down", agents: { status: "none" } },
  });
  expect(answer).toEqual({ ready: false, waitingFor: ["director", "agents"] });
});

test("the front door's own answer means that the app is awaited", () => {
  expect(readAnswer({ status: "starting", error: {} })).toEqual({ ready: false, waitingFor: ["app"] });
});
