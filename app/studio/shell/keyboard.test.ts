import { expect, test } from "vitest";
import { keysOf, listShortcuts, registerShortcuts } from "./keyboard.ts";

const press = (key: string, more: Partial<Parameters<typeof keysOf>[0]> = {}) =>
  keysOf({ key, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

test("modifiers come in one order and Cmd counts as Ctrl", () => {
  expect(press("Z", { metaKey: true, shiftKey: true })).toBe("ctrl+shift+z");
  expect(press("z", { ctrlKey: true })).toBe("ctrl+z");
});

test("with Alt the place of the key counts, whatever letter the layout makes", () => {
  expect(press("¡", { altKey: true, code: "Digit1" })).toBe("alt+1");
});

test("a sign that needs Shift is named by itself", () => {
  expect(press("?", { shiftKey: true })).toBe("?");
  expect(press(" ")).toBe("space");
  expect(press("ArrowLeft", { shiftKey: true })).toBe("shift+arrowleft");
});

test("the newest registration of a key is the one listed, and leaving brings the old one back", () => {
  const shared = { group: "g", run: () => undefined };
  const leaveOld = registerShortcuts([{ keys: "S", name: "old", ...shared }]);
  const leaveNew = registerShortcuts([{ keys: "S", name: "new", ...shared }]);
  expect(listShortcuts().map((shortcut) => shortcut.name)).toEqual(["new"]);
  leaveNew();
  expect(listShortcuts().map((shortcut) => shortcut.name)).toEqual(["old"]);
  leaveOld();
});
