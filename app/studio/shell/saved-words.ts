/** What is said about the work that the server has not stored yet. Only what is true of every edit that waits. */
import type { Connection } from "#app/studio/session/session-contract.ts";
import { count } from "./count.ts";

type Facts = Pick<Connection, "status" | "sentence" | "unsavedEdits" | "othersSee">;

/** A word for the top bar, and the tip over it. */
export interface SavedWords {
  word: string;
  tip: string;
}

/** @param keepsCopy  what waits outlives the tab, in this browser */
export function savedWords({ status, sentence, unsavedEdits, othersSee }: Facts, keepsCopy: boolean): SavedWords {
  switch (status) {
    case "saved":
      return { word: "Saved", tip: "Every change is stored on the server" };
    case "saving":
      return {
        word: "Saving…",
        tip: unsavedEdits === 0 ? "Comparing with the server" : `${edits(unsavedEdits)} on the way to the server`,
      };
    case "late":
    case "stuck": {
      const seen = othersSee
        ? `Others in this film see ${them(unsavedEdits)} already`
        : "The studio has not answered since";
      return {
        word: "Not saved yet",
        tip: `${edits(unsavedEdits)} ${wait(unsavedEdits)} to be stored. ${seen}${whereKept(unsavedEdits, keepsCopy)}`,
      };
    }
    case "refused":
      return { word: "Not saved", tip: sentence ?? "The studio refused the last change" };
    case "offline":
      return unsavedEdits === 0
        ? { word: "Offline", tip: sentence ?? "Reconnecting" }
        : {
            word: `Offline, ${edits(unsavedEdits)} ${wait(unsavedEdits)}`,
            tip: keepsCopy
              ? "Kept in this browser until the connection is back"
              : "Leave this tab open until the connection is back",
          };
    case "ended":
      return { word: "Not connected", tip: sentence ?? "Reload the page to connect again" };
    case "loading":
      return { word: "Opening…", tip: "The film is on its way" };
  }
}

function whereKept(unsavedEdits: number, keepsCopy: boolean): string {
  if (!keepsCopy) return `. Leave this tab open until ${unsavedEdits === 1 ? "it is" : "they are"}`;
  return `, and ${unsavedEdits === 1 ? "it is" : "they are"} kept in this browser`;
}

/** No edit of this tab: what this browser kept of an earlier one. */
function edits(unsavedEdits: number): string {
  return unsavedEdits === 0 ? "Earlier edits" : count(unsavedEdits, "edit");
}

const wait = (unsavedEdits: number) => (unsavedEdits === 1 ? "waits" : "wait");
const them = (unsavedEdits: number) => (unsavedEdits === 1 ? "it" : "them");
