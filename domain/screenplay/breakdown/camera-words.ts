import type { CameraMove, ShotType } from "#domain/film/shot.ts";

/** What a sentence asks of the camera. */
export interface CameraCue {
  type?: ShotType;
  move?: CameraMove;
  /** It begins a picture of its own; otherwise it speaks of the one that runs. */
  begins: boolean;
}

const mark = "(?=\\s*[:\\-–—,.]|\\s+(?:on|of|at|shot|view|angle|as|in|from)\\b|\\s*$)";
const at = (words: string, after = mark) => new RegExp(`^(?:an? |the |in |angle[:,]? )?(?:${words})${after}`, "iu");

/** Framing words at the head of a sentence; the first that fits counts. */
const framings: readonly [RegExp, ShotType, CameraMove?][] = [
  [at("extreme close[- ]?up|ecu|xcu|macro(?: shot)?"), "extreme_close_up"],
  [at("(?:medium )?close[- ]?up|(?:very |tight )?close|cu|mcu|tight"), "close_up"],
  [at("inserts?(?: close[- ]?up| shot)?|detail|cutaway"), "insert"],
  [/^insert (?:a|an|the|his|her|their)\b/iu, "insert"],
  [at("establish(?:ing)?(?: shot)?|aerial(?: shot| view)?|bird['’]?s[- ]eye(?: view)?|drone shot"), "establishing"],
  [at("two[- ]?shot|2[- ]?shot|twoshot"), "two_shot"],
  [
    /^(?:ots\b|over(?: the| his| her| their| \p{Lu}[\p{L}]*['’]s?)? shoulders?\b|over\s*[:–—]|over -|over [\p{L} ]{1,30}['’]s? shoulders?\b)/iu,
    "over_shoulder",
  ],
  [
    /^(?:through (?:his|her|their|the|[\p{Lu}][\p{L}]*['’]s?)(?: [\p{L}]+['’]s)? eyes\b|(?:from )?[\p{L}' ’]{0,30}\bpoint of view\b)/iu,
    "pov",
    "handheld",
  ],
  [
    at(
      "(?:very |extreme |super )?wide(?: shot)?|wider(?: angle| shot)?|(?:very )?long shot|master(?: shot)?|ws|ews|full shot",
    ),
    "wide",
  ],
  [
    /^(?:far (?:ahead|away|off|below|above|out|behind)|in the (?:far )?distance|from (?:far away|afar|above|high above)|high above|on the horizon)\b/iu,
    "wide",
  ],
  [
    at(
      "medium(?: shot)?|mid[- ]?shot|ms|angle|(?:low|high|dutch|canted|reverse|new|another)[- ]angle(?: shot)?|reverse(?: shot)?|(?:cowboy|american) shot",
    ),
    "medium",
  ],
  [/^rack focus\b/iu, "medium"],
];

/** Moves at the head of a sentence or where the camera is named. */
const moves: readonly [RegExp, CameraMove][] = [
  [/^(?:dolly|vertigo|contra) zoom\b|^(?:smash|crash|snap|fast|quick)[- ]zoom\b(?! (?:out|back))/iu, "push_in"],
  [/^(?:smash|crash|snap|fast|quick)[- ]zoom (?:out|back)\b/iu, "pull_out"],
  [
    /^(?:(?:we |the camera )?(?:track(?:s|ing)?|dolly(?:ing)?|travell?ing|truck(?:s|ing)?)\b(?! (?:record|suit|down|lights?))|(?:we |the camera )follows?\b|follow(?:ing)? (?:him|her|them|behind|\p{Lu})|moving with|steadicam)/iu,
    "tracking",
  ],
  [/\b(?:camera|we|shot) (?:tracks?|follows?|travels?|runs? alongside|moves? with)\b|\btracking shot\b/iu, "tracking"],
  [
    /^(?:slow(?:ly)? |quick |fast |(?:whip|swish)[- ])?pan(?:s|ning)?\b(?! ?(?:cake|handle|el|ic))|\b(?:camera|we) pans?\b|\bwhip[- ]pan\b/iu,
    "pan",
  ],
  [/^(?:slow(?:ly)? )?tilt(?:s|ing)? (?:up|down)\b|\b(?:camera|we) tilts?\b/iu, "tilt"],
  [
    /^(?:slow(?:ly)? )?(?:push(?:es|ing)?|dolly|zoom(?:s|ing)?|creep(?:s|ing)?|move|moving) in\b|\b(?:camera|we) (?:(?:slowly )?(?:push(?:es)?|zooms?|creeps?|moves?)) in\b/iu,
    "push_in",
  ],
  [
    /^(?:slow(?:ly)? )?(?:pull(?:s|ing)? (?:out|back)|dolly out|zoom(?:s|ing)? out|widen(?:s|ing)?)\b|\b(?:camera|we) pulls? (?:out|back)\b/iu,
    "pull_out",
  ],
  [/^crane\b|\bcrane (?:up|down|shot)\b|\b(?:camera|we) (?:rises?|cranes?|booms?|descends?)\b/iu, "crane"],
  [/^(?:orbit|arc|circling)\b|\b(?:camera|we) (?:orbits?|arcs?|circles?)\b/iu, "orbit"],
  [/^hand-?held\b|\bhand-?held camera\b/iu, "handheld"],
];

/** Reads what one sentence asks of the camera; null when it only tells what happens. */
export function cameraCue(sentence: string): CameraCue | null {
  // POV counts in capitals only, and anywhere: "HALE'S POV", "Maya POV".
  if (/\bP\.?O\.?V\b/.test(sentence)) return { type: "pov", move: "handheld", begins: true };
  const move = moves.find(([pattern]) => pattern.test(sentence))?.[1];
  const framing = framings.find(([pattern]) => pattern.test(sentence));
  if (framing) {
    const wanted = move ?? framing[2];
    return wanted === undefined ? { type: framing[1], begins: true } : { type: framing[1], move: wanted, begins: true };
  }
  if (move === "tracking") return { type: "tracking", move, begins: false };
  if (move) return { move, begins: false };
  if (/\bseen from (?:far away|afar|a distance|above)\b|\btiny (?:against|in|under|beneath)\b/iu.test(sentence))
    return { type: "wide", begins: false };
  if (/\bin close[- ]?up\b/iu.test(sentence)) return { type: "close_up", begins: false };
  return null;
}

/** The move a framing has when nobody asks for one. */
export const usualMoves: Record<ShotType, CameraMove> = {
  establishing: "crane",
  wide: "static",
  medium: "static",
  close_up: "push_in",
  extreme_close_up: "push_in",
  insert: "static",
  two_shot: "static",
  over_shoulder: "static",
  tracking: "tracking",
  pov: "handheld",
};

export const hurries =
  /\b(?:runs?|running|sprints?|hurr(?:y|ies|ying)|rush(?:es|ing)?|dash(?:es|ing)?|rac(?:es|ing)|chas(?:es|ing)|flees?|bolts)\b/i;
export const travels =
  /\b(?:walk(?:s|ing)?|strides?|strolls?|wanders?|climb(?:s|ing)?|enters?|cross(?:es|ing)|approach(?:es|ing)?|leaves|marches|limps|rides?|drives?|dances?)\b/i;
export const feels =
  /\b(?:eyes?|face|smiles?|tears?|cr(?:y|ies|ying)|weeps?|whispers?|frowns?|stares?|gasps?|blush(?:es)?|trembl(?:es|ing)|blinks?|lips|wide-eyed)\b/i;
