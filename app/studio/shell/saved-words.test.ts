import { expect, test } from "vitest";
import type { Connection } from "#app/studio/session/session-contract.ts";
import { savedWords } from "./saved-words.ts";

const connection = (more: Partial<Connection>): Connection => ({
  status: "late",
  sentence: null,
  unsavedEdits: 3,
  othersSee: true,
  ...more,
});

test("what waits too long is not saved yet: how much, who sees it, where it is kept", () => {
  expect(savedWords(connection({}), true)).toEqual({
    word: "Not saved yet",
    tip: "3 edits wait to be stored. Others in this film see them already, and they are kept in this browser",
  });
  expect(savedWords(connection({ unsavedEdits: 1, status: "stuck" }), true)).toEqual({
    word: "Not saved yet",
    tip: "1 edit waits to be stored. Others in this film see it already, and it is kept in this browser",
  });
});

test("nobody is said to see what the studio never answered to", () => {
  expect(savedWords(connection({ othersSee: false }), true).tip).toBe(
    "3 edits wait to be stored. The studio has not answered since, and they are kept in this browser",
  );
});

test("what is kept nowhere is not said to be kept", () => {
  expect(savedWords(connection({}), false).tip).toBe(
    "3 edits wait to be stored. Others in this film see them already. Leave this tab open until they are",
  );
  expect(savedWords(connection({ status: "offline" }), false).tip).toBe(
    "Leave this tab open until the connection is back",
  );
});

test("only what is stored is called saved", () => {
  const statuses = ["loading", "saved", "saving", "late", "stuck", "refused", "offline", "ended"] as const;
  const words = statuses.map((status) => savedWords(connection({ status, unsavedEdits: 2 }), true).word);
  expect(words).toEqual([
    "Opening…",
    "Saved",
    "Saving…",
    "Not saved yet",
    "Not saved yet",
    "Not saved",
    "Offline, 2 edits wait",
    "Not connected",
  ]);
});
