import { expect, test } from "vitest";
import type { Peer } from "../session/session-contract.ts";
import { marksOn } from "./peer-marks.ts";

function aPeer(name: string, clipIds: string[], activity: Peer["presence"]["activity"] = null, isMe = false): Peer {
  const user = { id: name, name, color: "#06bfa8", colorLight: "#06bfa833", role: "editor" };
  return {
    clientId: name.length,
    isMe,
    presence: { user, view: "timeline", pointer: null, selection: { shotIds: [], clipIds }, playhead: null, activity },
  };
}

test("others' selections are marked with their first name, mine is not", () => {
  const marks = marksOn([aPeer("Tom Wolny", ["a"]), aPeer("Me", ["b"], null, true)]);
  expect([...marks]).toEqual([["a", { name: "Tom", color: "#06bfa8", doing: null }]]);
});

test("who trims a clip is named before who has it selected", () => {
  const marks = marksOn([aPeer("Ines", ["a"]), aPeer("Tom", ["a"], { kind: "trimming", id: "a" })]);
  expect(marks.get("a")).toEqual({ name: "Tom", color: "#06bfa8", doing: "is trimming" });
});
