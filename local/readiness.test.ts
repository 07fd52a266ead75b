import { expect, test } from "vitest";
import { readAnswer, waitingWords } from "./readiness.ts";

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

test("whoever waits is told in words what for, and for how long already", () => {
  expect(waitingWords(["app"], 19_400)).toBe("The app is still starting (19 s).");
  expect(waitingWords(["director", "agents"], 31_000)).toBe(
    "The director and the render agents are still starting (31 s).",
  );
  expect(waitingWords(["postgres", "nats", "collab"], 15_000)).toBe(
    "The database, the message broker and the collab server are still starting (15 s).",
  );
});

test("a part of a name not known here is called by it", () => {
  expect(waitingWords(["weather"], 16_000)).toBe("weather is still starting (16 s).");
});
