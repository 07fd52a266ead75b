import { act, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Connection } from "#app/studio/session/session-contract.ts";
import { TooltipProvider } from "#app/ui/tooltip.tsx";
import { BegunAnewBanner } from "./begun-anew-banner.tsx";
import { ConnectionBanner } from "./connection-banner.tsx";
import { SavedFace } from "./saved-state.tsx";

let root: Root;
const page = document.createElement("div");

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  root = createRoot(page);
});
afterEach(async () => {
  await act(async () => root.unmount());
  vi.unstubAllGlobals();
});

async function show(node: ReactNode): Promise<string> {
  await act(async () => root.render(<TooltipProvider>{node}</TooltipProvider>));
  return page.textContent?.replaceAll(/\s+/g, " ").trim() ?? "";
}
const connection = (more: Partial<Connection>): Connection => ({
  status: "saved",
  sentence: null,
  unsavedEdits: 0,
  othersSee: false,
  ...more,
});
const banner = (more: Partial<Connection>, keepsCopy = true) =>
  show(<ConnectionBanner connection={connection(more)} keepsCopy={keepsCopy} />);
const look = () => page.querySelector(".ui-banner")?.getAttribute("data-look");

test("the top bar says that edits are not saved yet, in a look of its own, and Saved again", async () => {
  const face = (more: Partial<Connection>) => show(<SavedFace connection={connection(more)} keepsCopy />);
  expect(await face({ status: "late", unsavedEdits: 2, othersSee: true })).toBe("Not saved yet");
  expect(page.querySelector("[role=status]")?.getAttribute("data-status")).toBe("late");
  expect(await face({ status: "saved" })).toBe("Saved");
});

test("nothing stands across the top while all is as usual, nor in the first seconds of waiting", async () => {
  for (const status of ["loading", "saved", "saving", "late"] as const)
    expect(await banner({ status, unsavedEdits: 1 })).toBe("");
});

test("a studio that cannot store says so, as a notice", async () => {
  expect(await banner({ status: "stuck", unsavedEdits: 3, othersSee: true })).toBe(
    "The studio cannot store changes right now. You can go on: 3 edits are kept in this browser and will be stored as soon as possible.",
  );
  expect(look()).toBe("notice");
  expect(await banner({ status: "stuck", unsavedEdits: 1, othersSee: false }, false)).toBe(
    "The studio does not answer right now. You can go on, but leave this tab open: 1 edit waits in it.",
  );
});

test("being offline gives the reason where there is one", async () => {
  expect(await banner({ status: "offline" })).toBe("You are offline. Reconnecting by itself.");
  expect(await banner({ status: "offline", sentence: "The studio is full right now. Trying again." })).toBe(
    "You are not connected. The studio is full right now. Trying again.",
  );
  expect(await banner({ status: "offline", unsavedEdits: 1 })).toBe(
    "You are offline. What you wrote is kept in this browser and goes out by itself.",
  );
});

test("a refusal stands there for as long as it holds, and where the edits are", async () => {
  expect(await banner({ status: "refused", sentence: "It can only be read.", unsavedEdits: 1 })).toBe(
    "Your last changes are not stored, and only kept in this browser. It can only be read.",
  );
  expect(await banner({ status: "refused", sentence: "You can watch.", unsavedEdits: 1 }, false)).toBe(
    "Your last changes are not stored, and in this tab alone. You can watch.Reload",
  );
});

test("an ended connection can be reloaded", async () => {
  expect(await banner({ status: "ended", sentence: "This film does not exist any more." })).toBe(
    "This film does not exist any more. Reload",
  );
  expect(look()).toBe("wrong");
});

test("that a film was begun anew is said until it is sent away", async () => {
  expect(await show(<BegunAnewBanner anew={null} />)).toBe("");
  expect(await show(<BegunAnewBanner anew={{ isCopyKept: true }} />)).toContain("kept aside");
  await act(async () => page.querySelector("button")?.click());
  expect(page.textContent).toBe("");
});
