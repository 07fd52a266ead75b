/**
 * The one place where keys meet actions. A view registers its shortcuts while it is on screen; the newest
 * registration of a key wins, so a dialog or a focused panel can take a key for itself.
 */
import { useEffect, useRef } from "react";

export interface Shortcut {
  /** e.g. `Ctrl+Z`, `Alt+1`, `Space`, `?`. Ctrl stands for Cmd on a Mac. */
  keys: string;
  /** What it does, for the sheet. */
  name: string;
  /** Heading in the sheet. */
  group: string;
  /** Left out of the sheet: a second key for the same thing. */
  hidden?: boolean;
  /** Runs once however long the key is held: for what costs something. */
  once?: boolean;
  run(event: KeyboardEvent): void;
}

const registered: Shortcut[][] = [];
const listeners = new Set<() => void>();
/** How the focused element was reached: walked to by keyboard it keeps Space and Enter, clicked on it does not. */
let reachedBy: "pointer" | "keyboard" = "keyboard";
let isListening = false;

/** @returns takes them away again */
export function registerShortcuts(shortcuts: Shortcut[]): () => void {
  if (!isListening && typeof document !== "undefined") {
    document.addEventListener("keydown", onKeyDown);
    // Capturing: a click on a tool counts even where the tool keeps the event to itself.
    document.addEventListener("pointerdown", () => (reachedBy = "pointer"), true);
    document.addEventListener("keydown", noteKeyboardWalk, true);
    isListening = true;
  }
  registered.push(shortcuts);
  for (const listener of listeners) listener();
  return () => {
    registered.splice(registered.indexOf(shortcuts), 1);
    for (const listener of listeners) listener();
  };
}

/** Registers while the component is on screen; handlers may close over fresh values on every render. */
export function useShortcuts(shortcuts: Shortcut[]): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  const signature = shortcuts.map(({ keys, name }) => `${keys} ${name}`).join("|");
  useEffect(
    () =>
      registerShortcuts(
        latest.current.map((shortcut, index) => ({
          ...shortcut,
          run: (event) => (latest.current[index] ?? shortcut).run(event),
        })),
      ),
    [signature],
  );
}

/** What the sheet shows now, the newest registration of a key first. */
export function listShortcuts(): Shortcut[] {
  const seen = new Set<string>();
  const out: Shortcut[] = [];
  for (const shortcut of [...registered].reverse().flat()) {
    if (shortcut.hidden || seen.has(shortcut.keys)) continue;
    seen.add(shortcut.keys);
    out.push(shortcut);
  }
  return out;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const keys = keysOf(event);
  if (isTyping(event.target) && !worksWhileTyping(event)) return;
  if (isInOverlay(event.target)) return;
  if ((keys === "space" || keys === "enter") && keepsPress(event.target, keys)) return;
  for (const shortcuts of [...registered].reverse()) {
    const match = shortcuts.find((shortcut) => normal(shortcut.keys) === keys);
    if (!match) continue;
    event.preventDefault();
    if (!(match.once && event.repeat)) match.run(event);
    return;
  }
}

/** The name of what was pressed: modifiers in the order Ctrl, Alt, Shift, then the key. */
export function keysOf(
  event: Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">,
): string {
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push("ctrl");
  if (event.altKey) parts.push("alt");
  let key = event.key === " " ? "space" : event.key.toLowerCase();
  // With Alt, Macs type other letters; the place of the key says which was meant.
  if (event.altKey) key = event.code.replace(/^(Digit|Key)/, "").toLowerCase();
  // A sign such as ? already says that Shift was down.
  const isSign = key.length === 1 && key.toUpperCase() === key.toLowerCase() && !/[0-9 ]/.test(key);
  if (event.shiftKey && !isSign) parts.push("shift");
  return [...parts, key].join("+");
}

function normal(keys: string): string {
  if (keys.length === 1) return keys.toLowerCase();
  const parts = keys.split("+").map((part) => part.toLowerCase());
  // `Ctrl++` ends in two empty parts.
  const key = keys.endsWith("++") ? "+" : (parts.at(-1) ?? "");
  const aliases: Record<string, string> = {
    left: "arrowleft",
    right: "arrowright",
    up: "arrowup",
    down: "arrowdown",
    del: "delete",
    esc: "escape",
  };
  const modifiers = ["ctrl", "alt", "shift"].filter((modifier) => parts.slice(0, -1).includes(modifier));
  return [...modifiers, aliases[key] ?? key].join("+");
}

/**
 * In a text field only keys that can't be text reach the studio. Ctrl+Enter there sends what one writes; it renders only
 * from the fields of what is rendered.
 */
function worksWhileTyping(event: KeyboardEvent): boolean {
  if (event.altKey && /^Digit[1-9]$/.test(event.code)) return true;
  if (!(event.target instanceof Element) || !event.target.closest(".inspector")) return false;
  return (event.ctrlKey || event.metaKey) && (event.key === "Enter" || event.key === ".");
}

function noteKeyboardWalk(event: KeyboardEvent): void {
  if (event.key === "Tab") reachedBy = "keyboard";
}

/** An open dialog or menu has the keys to itself. */
function isInOverlay(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest("[role=dialog], [role=alertdialog], [role=menu], [data-radix-popper-content-wrapper]") !== null
  );
}

function keepsPress(target: EventTarget | null, keys: "space" | "enter"): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches("[role=option]")) return true;
  const isPressable = target.matches("button, a, [role=button], [role=switch], input");
  return isPressable && (keys === "enter" || reachedBy === "keyboard");
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest(".cm-editor")) return true;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button", "range"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
