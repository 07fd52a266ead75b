/** How the camera sees a shot: framing, subject, lens and move, from the board's words and what happens. */
import type { ScenePlanInput } from "./plan-scene.ts";
import type { Framing, Move, PlannedCamera, PlannedCharacter, PlannedProp } from "#domain/screenplay/scene-plan.ts";
import { playedIn } from "./instrument-words.ts";
import { sameName } from "./stage-cast.ts";

export function framingFor(shotType: string): Framing {
  const said = shotType.toLowerCase().replace(/[\s_-]+/g, " ");
  if (/extreme close|ecu|macro/.test(said)) return "extreme-close-up";
  if (/medium close|mcu/.test(said)) return "medium-close";
  if (/close|^cu$/.test(said)) return "close-up";
  if (/insert|detail/.test(said)) return "insert";
  if (/extreme (?:wide|long)|ews|els\b/.test(said)) return "extreme-wide";
  if (/establish|aerial/.test(said)) return "establishing";
  if (/over|ots/.test(said)) return "over-shoulder";
  if (/two ?shot|2 ?shot/.test(said)) return "two-shot";
  if (/pov|point of view/.test(said)) return "pov";
  if (/track|follow|full|dolly/.test(said)) return "full";
  if (/wide|long|master|^ls$|^ws$/.test(said)) return "wide";
  return "medium";
}

/**
 * The board knows fewer moves than film people do: what the shot's own words say of a zoom, of rails or of the focus
 * is finer than "push in".
 */
function moveFor(said: string, shotType: string, framing: Framing, action: string, goes: boolean): Move {
  const text = `${said} ${said === "" ? shotType : ""}`.toLowerCase().replace(/[\s_-]+/g, " ");
  const finer = finerMove(action);
  if (/rack focus|focus pull|pull focus/.test(text)) return "rack-focus";
  if (/zoom/.test(text)) return /out|back/.test(text) ? "zoom-out" : "zoom-in";
  if (/track|follow|truck|steadicam/.test(text)) return "track";
  if (/dolly/.test(text)) return /out|back/.test(text) ? "pull-out" : "dolly";
  if (/push|creep/.test(text)) return finer === "zoom-in" || finer === "dolly" ? finer : "push-in";
  if (/pull/.test(text)) return finer === "zoom-out" ? finer : "pull-out";
  if (/crane|boom|jib|aerial|drone/.test(text)) return "crane";
  if (/orbit|arc|circle/.test(text)) return "orbit";
  if (/hand/.test(text)) return "handheld";
  if (/tilt/.test(text)) return "tilt";
  if (/pan|whip/.test(text)) return "pan";
  if (/static|still|locked/.test(text)) return finer === "rack-focus" ? finer : "static";
  if (finer !== null) return finer;
  if (framing === "establishing" || framing === "extreme-wide") return "crane";
  // Nobody is shown whole who goes out of the picture: it goes along with them.
  return framing === "full" && goes ? "track" : "push-in";
}

/** @returns what words of the action ask of lens, rails or focus; null when they only tell what happens */
function finerMove(action: string): Move | null {
  const words = action.slice(0, 4000).toLowerCase();
  if (/\b(?:rack(?:s|ing)? (?:the )?focus|focus (?:pulls?|racks?|shifts?)|pull(?:s|ing)? (?:the )?focus)\b/.test(words))
    return "rack-focus";
  const zoom = /\bzoom(?:s|ing)?[- ](in|out|back)\b|\b(?:slow|crash|smash|snap|quick|fast) zoom\b/.exec(words);
  if (zoom !== null) return zoom[1] === "out" || zoom[1] === "back" ? "zoom-out" : "zoom-in";
  if (/\b(?:camera|we|slow(?:ly)?) doll(?:y|ies)\b|\bdolly (?:in|shot|towards?)\b|^dolly\b/.test(words)) return "dolly";
  return null;
}

const lenses: Record<Framing, number> = {
  "extreme-wide": 18,
  establishing: 22,
  wide: 25,
  full: 32,
  medium: 40,
  "medium-close": 55,
  "close-up": 75,
  "extreme-close-up": 100,
  insert: 70,
  "over-shoulder": 50,
  "two-shot": 38,
  pov: 30,
};

/**
 * @param side  of the scene's line, alike for all its shots
 * @param beats  how long the shot is
 */
export function cameraFor(
  input: ScenePlanInput,
  cast: readonly PlannedCharacter[],
  props: readonly PlannedProp[],
  side: 1 | -1,
  random: () => number,
  beats = 8,
): PlannedCamera {
  let framing = framingFor(input.shotType);
  const seen = cast.filter(({ offScreen }) => !offScreen).length;
  if (framing === "two-shot" && seen < 2) framing = "medium";
  if (framing === "over-shoulder" && seen < 2) framing = "medium-close";
  const words = input.action.toLowerCase();
  const place = { kind: "place" } as const;
  const firstNamed = cast
    .map((person, index) => ({
      index,
      offScreen: person.offScreen,
      at: Math.min(
        ...person.name
          .toLowerCase()
          .split(" ")
          .map((part) => foundAt(words, part)),
      ),
    }))
    .filter(({ offScreen }) => !offScreen)
    .sort((a, b) => a.at - b.at || a.index - b.index)[0];
  const speaker =
    input.dialogue.length > 0
      ? cast.findIndex((person) => !person.offScreen && sameName(person.name, input.dialogue[0]?.character ?? ""))
      : -1;
  const lead = speaker >= 0 ? speaker : (firstNamed?.index ?? 0);
  let subject: PlannedCamera["subject"] = seen === 0 ? place : { kind: "character", index: lead };
  if (framing === "establishing") subject = place;
  const close = framing === "insert" || framing === "close-up" || framing === "extreme-close-up";
  // "Close on a brass clock": the thing is the subject when a close picture names it and shows nobody.
  if (props.length > 0 && (framing === "insert" || (close && seen === 0))) {
    subject = { kind: "prop", index: 0 };
    framing = "insert";
  } else if (close && seen === 0) framing = "medium";
  const showsPlace = framing === "establishing" || framing === "extreme-wide";
  if (seen === 0 && subject.kind === "place" && !showsPlace) framing = "wide";
  const whom = subject.kind === "character" ? cast[subject.index] : undefined;
  const move = moveFor(input.move, input.shotType, framing, input.action, whom !== undefined && goesFar(whom));
  const low = /\blow\b|\bfrom below\b/.test(words) && framing !== "insert";
  const high = /\bfrom above\b|\boverhead\b|\bhigh angle\b/.test(words);
  const meets = subject.kind === "character" ? (cast[subject.index]?.looksAt ?? -1) : -1;
  // Alike for both who talk: a shot and its reverse are mirror pairs.
  // Whoever is at a piano is seen from beside it, where the hands are.
  const atPiano =
    framing !== "wide" &&
    framing !== "extreme-wide" &&
    subject.kind === "character" &&
    cast[subject.index]?.action === "play" &&
    playedIn(input.action) === "piano";
  const azimuth = atPiano
    ? besidePiano
    : meets >= 0
      ? offEyeline[framing]
      : round(offFront[framing] + (random() - 0.5) * 8);
  return {
    framing,
    subject,
    lensMm: lenses[framing],
    azimuth,
    height: low ? -0.75 : high ? 1.6 : meets >= 0 ? 0 : round((random() - 0.6) * 0.12),
    move,
    amount: move === "push-in" && input.move === "" ? 0.55 : 1,
    ease: "smooth",
    side,
    aperture: move === "rack-focus" ? 2 : 4,
    focusOn: move === "rack-focus" ? racksTo(subject, cast, props, beats) : [],
    keys: [],
  };
}

/** Who takes two steps only is looked after well enough, metres. */
const someWay = 1.5;

function goesFar({ at, to, deeds }: PlannedCharacter): boolean {
  const far = (goal: PlannedCharacter["at"]) => Math.hypot(goal[0] - at[0], goal[2] - at[2]);
  return Math.max(far(to), ...deeds.map(({ goes }) => (goes === undefined ? 0 : far(goes)))) > someWay;
}

/** Degrees off the direction in which somebody faces, towards the scene's side. */
const offFront: Record<Framing, number> = {
  "extreme-wide": 0,
  establishing: 0,
  wide: 18,
  full: 34,
  medium: 30,
  "medium-close": 28,
  "close-up": 24,
  "extreme-close-up": 16,
  insert: 18,
  "over-shoulder": 28,
  "two-shot": 0,
  pov: 0,
};

const besidePiano = 74;

/** Degrees off the eyeline of somebody who deals with somebody: the nearer the picture, the nearer to their look. */
const offEyeline: Record<Framing, number> = {
  ...offFront,
  wide: 0,
  full: 62,
  medium: 48,
  "medium-close": 42,
  "close-up": 36,
  "extreme-close-up": 28,
};

/** From whom the shot is about to the other, halfway through; else to what is behind them. */
function racksTo(
  subject: PlannedCamera["subject"],
  cast: readonly PlannedCharacter[],
  props: readonly PlannedProp[],
  beats: number,
): PlannedCamera["focusOn"] {
  const other =
    subject.kind === "character" ? cast.findIndex((person, i) => i !== subject.index && !person.offScreen) : 0;
  const next: PlannedCamera["subject"] =
    other >= 0 && cast.length > 0
      ? { kind: "character", index: other }
      : subject.kind !== "prop" && props.length > 0
        ? { kind: "prop", index: 0 }
        : { kind: "place" };
  return [{ beat: Math.max(0, beats / 2 - 0.5), subject: next }];
}

const foundAt = (text: string, word: string) => {
  const at = word.length > 2 ? text.indexOf(word) : -1;
  return at < 0 ? 1e6 : at;
};
const round = (n: number) => Math.round(n * 1000) / 1000;
