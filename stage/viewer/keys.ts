import { type LookBy, isTyping, looks } from "./hands.ts";

/** What keys do in a viewer. */
export type KeyDeeds = {
  toggle(): void;
  mute(): void;
  /** @param by  share of the whole volume */
  louder(by: number): void;
  fullScreen(): void;
  stats(): void;
  splats(): void;
  downloads(): void;
  help(): void;
  look(by: LookBy): void;
  /** Goes on or back by seconds. */
  skip(seconds: number): void;
  /** Goes to a part of the film, 0 to 1. */
  goTo(part: number): void;
  /** Goes on or back by single pictures, and stands there. */
  step(frames: number): void;
};

/**
 * @param key  as a keyboard event has it
 * @param by  while one flies, arrows move oneself
 * @returns what it does; null for nothing
 */
export function deedOf(key: string, by: LookBy, deeds: KeyDeeds): (() => void) | null {
  const does: Record<string, () => void> = {
    " ": deeds.toggle,
    k: deeds.toggle,
    m: deeds.mute,
    f: deeds.fullScreen,
    i: deeds.stats,
    p: deeds.splats,
    t: deeds.downloads,
    "?": deeds.help,
    j: () => deeds.skip(-5),
    l: () => deeds.skip(5),
    Home: () => deeds.goTo(0),
    End: () => deeds.goTo(1),
    ",": () => deeds.step(-1),
    ".": () => deeds.step(1),
    ...(by === "film" ? {} : { Escape: () => deeds.look("film") }),
    ...Object.fromEntries(looks.map((name, index) => [String(index + 1), () => deeds.look(name)])),
    ...(by === "fly"
      ? {}
      : {
          ArrowLeft: () => deeds.skip(-1),
          ArrowRight: () => deeds.skip(1),
          ArrowUp: () => deeds.louder(0.1),
          ArrowDown: () => deeds.louder(-0.1),
        }),
  };
  const name = key.length === 1 ? key.toLowerCase() : key;
  return Object.hasOwn(does, name) ? (does[name] ?? null) : null;
}

/** In a line, for whoever asks. */
export const keysInWords =
  "Space play · ← → 1 second · , . 1 frame · ↑ ↓ volume · M mute · F full screen · 1 2 3 film, orbit, fly · P splats · I stats · T downloads";

/** @param asked  what is looked by now, and whether something lies over the viewer that has keys of its own */
export function listenToKeys(
  deeds: KeyDeeds,
  asked: () => { by: LookBy; covered: boolean },
  pressed: () => void,
  signal: AbortSignal,
): void {
  document.addEventListener(
    "keydown",
    (event) => {
      const { by, covered } = asked();
      if (event.ctrlKey || event.metaKey || event.altKey || covered) return;
      pressed();
      if (isItsOwn(event)) return;
      const deed = deedOf(event.key, by, deeds);
      if (deed === null) return;
      event.preventDefault();
      deed();
    },
    { signal },
  );
}

/** Whether what has the focus answers a key itself: buttons and links when pressed, sliders when moved, fields always. */
function isItsOwn(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches("button, a")) return /^( |Enter)$/.test(event.key);
  if (target.matches("input[type=range]")) return /^(Arrow|Home|End|Page)/.test(event.key);
  return isTyping(event);
}
