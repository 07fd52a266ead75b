import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ListCell } from "./list-cell.tsx";

const toasts: string[] = [];
vi.mock("#app/ui/toast.tsx", () => ({ toast: { wrong: (sentence: string) => toasts.push(sentence) } }));

let root: Root;
let page: HTMLElement;
let written: string[];
beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  toasts.length = 0;
  written = [];
  page = document.body.appendChild(document.createElement("div"));
  root = createRoot(page);
});
afterEach(async () => {
  await act(async () => root.unmount());
  page.remove();
  vi.unstubAllGlobals();
});

const show = (value: string, isText = true) =>
  act(async () =>
    root.render(
      <ListCell
        label="Action"
        value={value}
        disabled={false}
        isText={isText}
        read={(text) => () => written.push(text)}
      />,
    ),
  );
const field = () => page.querySelector<HTMLTextAreaElement | HTMLInputElement>("textarea, input")!;
const type = (text: string) =>
  act(async () => {
    field().focus();
    const kind = field() instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(kind.prototype, "value")!.set!.call(field(), text);
    field().dispatchEvent(new Event("input", { bubbles: true }));
  });
const press = (key: string, keys: KeyboardEventInit = {}) =>
  act(async () => void field().dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...keys })));

test("what one is typing stays in the hand when somebody changes the cell, and both are kept", async () => {
  await show("A pier.");
  await type("A pier. Rain.");
  await show("A long pier.");
  expect(field().value).toBe("A pier. Rain.");
  await press("Enter");
  expect(written).toEqual(["A long pier. Rain."]);
  expect(toasts).toEqual([]);
});

test("where two people wrote the same words, theirs stands and it is said", async () => {
  await show("A pier.");
  await type("A quay.");
  await show("A boat.");
  await press("Enter");
  expect(written).toEqual([]);
  expect(toasts).toEqual([expect.stringContaining("Theirs stands there now")]);
});

test("a number that somebody else changed is not mixed with one's own", async () => {
  await show("24", false);
  await type("245");
  await show("524", false);
  await press("Enter");
  expect(written).toEqual([]);
  expect(toasts).toHaveLength(1);
});

test("words of several lines keep their lines, Escape keeps nothing, and an input method's Enter is no Enter", async () => {
  await show("One.\nTwo.");
  expect(field().value).toBe("One.\nTwo.");
  await type("One.\nTwo.\nThree.");
  await press("Enter", { shiftKey: true });
  await press("Enter", { isComposing: true });
  expect(written).toEqual([]);
  await press("Enter");
  expect(written).toEqual(["One.\nTwo.\nThree."]);
  await type("Nothing of it.");
  await press("Escape");
  expect(written).toHaveLength(1);
  expect(field().value).toBe("One.\nTwo.");
});
