/** How the camera sees a shot: framing, subject, lens and move, from the board's words and what happens. */
import type { ScenePlanInput } from "./plan-scene.ts";
import type { Framing, Move, PlannedCamera, PlannedCharacter, PlannedProp } from "./scene-plan.ts";
import { sameName } from "./stage-cast.ts";

export function framingFor(shotType: string): Framing {
  const said = shotType.toLowerCase().replace(/[\s_-]+/g, " ");
  if (/extreme close|ecu|macro/.test(said)) return "extreme-close-up";
  if (/medium close|mcu/.test(said)) return "medium-close";
  if (/close|^cu$/.test(said)) return "close-up";
  if (/insert|detail/.test(said)) return "insert";
  if (/establish|aerial|extreme wide|ews/.test(said)) return "establishing";
  if (/over|ots/.test(said)) return "over-shoulder";
  if (/two ?shot|2 ?shot/.test(said)) return "two-shot";
  if (/pov|point of view/.test(said)) return "pov";
  if (/track|follow|full|dolly/.test(said)) return "full";
  if (/wide|long|master|^ls$|^ws$/.test(said)) return "wide";
  return "medium";
}

function moveFor(said: string, shotType: string, framing: Framing): Move {
  const text = `${said} ${said === "" ? shotType : ""}`.toLowerCase().replace(/[\s_-]+/g, " ");
  if (/track|follow|truck|steadicam/.test(text)) return "track";
  if (/push|dolly in|zoom in|dolly|creep/.test(text)) return "push-in";
  if (/pull|dolly out|zoom out/.test(text)) return "pull-out";
  if (/crane|boom|jib|aerial|drone/.test(text)) return "crane";
  if (/orbit|arc|circle/.test(text)) return "orbit";
  if (/hand/.test(text)) return "handheld";
  if (/tilt/.test(text)) return "tilt";
  if (/pan|whip/.test(text)) return "pan";
  if (/static|still|locked/.test(text)) return "static";
  return framing === "establishing" ? "crane" : "push-in";
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

export function cameraFor(
  input: ScenePlanInput,
  cast: readonly PlannedCharacter[],
  props: readonly PlannedProp[],
  side: number,
  random: () => number,
): PlannedCamera {
  let framing = framingFor(input.shotType);
  if (framing === "two-shot" && cast.length < 2) framing = "medium";
  if (framing === "over-shoulder" && cast.length < 2) framing = "medium-close";
  const words = input.action.toLowerCase();
  const place = { kind: "place" } as const;
  const firstNamed = cast
    .map((person, index) => ({
      index,
      at: Math.min(
        ...person.name
          .toLowerCase()
          .split(" ")
          .map((part) => foundAt(words, part)),
      ),
    }))
    .sort((a, b) => a.at - b.at || a.index - b.index)[0];
  const speaker =
    input.dialogue.length > 0
      ? cast.findIndex((person) => sameName(person.name, input.dialogue[0]?.character ?? ""))
      : -1;
  const lead = speaker >= 0 ? speaker : (firstNamed?.index ?? 0);
  let subject: PlannedCamera["subject"] = cast.length === 0 ? place : { kind: "character", index: lead };
  if (framing === "establishing") subject = place;
  const close = framing === "insert" || framing === "close-up" || framing === "extreme-close-up";
  // "Close on a brass clock": the thing is the subject when a close picture names it and shows nobody.
  if (props.length > 0 && (framing === "insert" || (close && cast.length === 0))) {
    subject = { kind: "prop", index: 0 };
    framing = "insert";
  } else if (close && cast.length === 0) framing = "medium";
  if (cast.length === 0 && subject.kind === "place" && framing !== "establishing") framing = "wide";
  const move = moveFor(input.move, input.shotType, framing);
  const low = /\blow\b|\bfrom below\b/.test(words) && framing !== "insert";
  const high = /\bfrom above\b|\boverhead\b|\bhigh angle\b/.test(words);
  const azimuths: Record<Framing, number> = {
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
  return {
    framing,
    subject,
    lensMm: lenses[framing],
    azimuth: round(azimuths[framing] * side + (random() - 0.5) * 8),
    height: low ? -0.75 : high ? 1.6 : round((random() - 0.6) * 0.12),
    move,
    amount: move === "push-in" && input.move === "" ? 0.55 : 1,
    ease: "smooth",
    aperture: 4,
    focusOn: [],
    keys: [],
  };
}

const foundAt = (text: string, word: string) => {
  const at = word.length > 2 ? text.indexOf(word) : -1;
  return at < 0 ? 1e6 : at;
};
const round = (n: number) => Math.round(n * 1000) / 1000;
