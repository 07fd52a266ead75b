import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ReplyField } from "#app/studio/comments/reply-field.tsx";
import { registerShortcuts } from "./keyboard.ts";

let ran: string[] = [];
let leave = () => undefined as void;

beforeEach(() => {
  ran = [];
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  const of = (keys: string, more = {}) => ({ keys, name: keys, group: "g", run: () => void ran.push(keys), ...more });
  leave = registerShortcuts([of("Ctrl+Enter", { once: true }), of("Ctrl+.", { once: true }), of("Right"), of("Alt+1")]);
});
afterEach(() => {
  leave();
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

function press(target: Element, key: string, more: KeyboardEventInit = {}): void {
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
}
const put = (html: string, selector: string): Element => {
  document.body.innerHTML = html;
  return document.querySelector(selector)!;
};

test("a held key renders once, and walks on where it only walks", () => {
  press(document.body, "Enter", { ctrlKey: true });
  for (let times = 0; times < 5; times += 1) press(document.body, "Enter", { ctrlKey: true, repeat: true });
  for (let times = 0; times < 3; times += 1) press(document.body, "ArrowRight", { repeat: times > 0 });
  expect(ran).toEqual(["Ctrl+Enter", "Right", "Right", "Right"]);
});

test("Ctrl+Enter in a field renders only where the field is the inspector's", () => {
  const fields = ["input", "textarea"].map((field) => put(`<${field} class="x"></${field}>`, ".x"));
  for (const field of fields) {
    document.body.replaceChildren(field);
    press(field, "Enter", { ctrlKey: true });
    press(field, ".", { ctrlKey: true });
  }
  expect(ran).toEqual([]);
  press(put('<div class="inspector"><textarea></textarea></div>', "textarea"), "Enter", { ctrlKey: true });
  expect(ran).toEqual(["Ctrl+Enter"]);
});

test("the views' keys pass from every field", () => {
  press(put("<input>", "input"), "1", { altKey: true, code: "Digit1" });
  expect(ran).toEqual(["Alt+1"]);
});

test("Ctrl+Enter in an answer sends it, and renders nothing", async () => {
  const sent: string[] = [];
  const root = createRoot(document.body.appendChild(document.createElement("div")));
  const onSend = (text: string) => sent.push(text) > 0;
  await act(async () => root.render(<ReplyField onSend={onSend} onClose={() => root.render(null)} />));
  const field = document.querySelector("input")!;
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!.set!.call(field, "Yes, colder.");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await act(async () => press(field, "Enter", { ctrlKey: true, isComposing: true }));
  expect(sent).toEqual([]);
  await act(async () => press(field, "Enter", { ctrlKey: true }));
  expect(sent).toEqual(["Yes, colder."]);
  expect(document.querySelector("input")).toBeNull();
  expect(ran).toEqual([]);
  await act(async () => root.unmount());
});
