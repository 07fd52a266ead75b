import type { SceneSetting } from "#domain/film/scene.ts";

export interface SceneHeading {
  setting: SceneSetting;
  location: string;
  time: string;
}

const prefix =
  /^(?:(int\.?\s?\/\s?ext|ext\.?\s?\/\s?int|i\.?\/e|e\.?\/i)|(int|interior)|(ext|exterior|est))(?:\.\s*|\s+)(?=\S)/i;
const timeWord =
  /\b(?:day|night|dawn|dusk|morning|evening|afternoon|noon|midday|midnight|sunset|sunrise|twilight|daybreak|nightfall|magic hour|golden hour|blue hour|continuous|later|same(?: time)?|moments? later|pre-?dawn|\d{1,2}(?::\d\d)?\s?[ap]\.?m\.?)\b/i;

/**
 * `INT. FERRY - PASSENGER LOUNGE - NIGHT` → int, `FERRY - PASSENGER LOUNGE`, `NIGHT`. A last part that names no time
 * belongs to the place.
 */
export function readHeading(heading: string): SceneHeading {
  const text = heading.trim();
  const match = prefix.exec(text);
  const setting: SceneSetting = match?.[1] ? "int-ext" : match?.[2] ? "int" : match?.[3] ? "ext" : "";
  const rest = match ? text.slice(match[0].length).trim() : text;
  const { place, last } = cutOff(rest);
  if (place !== "" && last.length <= 40 && timeWord.test(last)) return clipped(setting, place, last);
  if (rest.length <= 24 && /^\w+(?: \w+)?$/.test(rest) && timeWord.exec(rest)?.[0].length === rest.length)
    return clipped(setting, "", rest);
  return clipped(setting, rest, "");
}

const isDash = (sign: string | undefined) => sign === "-" || sign === "–" || sign === "—";
const isSpace = (sign: string | undefined) => sign !== undefined && /\s/.test(sign);

/** The last part of a heading, behind a dash that stands free, a long dash, a comma or a stop; and what is before it. */
function cutOff(text: string): { place: string; last: string } {
  let at = text.length - 1;
  for (; at > 0 && !isDash(text[at]); at -= 1) {
    const ends = (text[at] === "," || text[at] === ".") && isSpace(text[at + 1]);
    const place = ends ? text.slice(0, at).trimEnd() : "";
    if (place !== "") return { place, last: text.slice(at + 1).trim() };
  }
  const last = text.slice(at + 1).trim();
  let from = at;
  // A hyphen without space before it is part of a word; a long dash never is.
  if (text[at] === "-") {
    while (isDash(text[from - 1])) from -= 1;
    if (!isSpace(text[from - 1])) return { place: "", last };
  }
  return { place: text.slice(0, Math.max(0, from)).trimEnd(), last };
}

function withoutEndDash(text: string): string {
  let end = text.length;
  while (isDash(text[end - 1])) end -= 1;
  return end === text.length ? text : text.slice(0, end).trimEnd();
}

/** The hour that prose speaks of, as a heading would say it: "at dawn" → `DAWN`; "" when it does not. */
export function timeInProse(text: string): string {
  const match =
    /\b(?:at|before|after|towards?|until|by|in the|late|early|this|that|one|the)\s+(dawn|dusk|night|noon|midnight|sunset|sunrise|twilight|morning|evening|afternoon)\b/i.exec(
      text,
    );
  return match?.[1]?.toUpperCase() ?? "";
}

/** How a place is called in short: its last part, as a title. `FERRY - CAR DECK` → `Car deck`. */
export function shortPlace(location: string): string {
  const part =
    location
      .split(/\s[-–—]+\s|\//)
      .at(-1)
      ?.trim() ?? "";
  if (/\p{Ll}/u.test(part)) return part;
  const lower = part.toLocaleLowerCase();
  return lower.charAt(0).toLocaleUpperCase() + lower.slice(1);
}

function clipped(setting: SceneSetting, location: string, time: string): SceneHeading {
  return { setting, location: withoutEndDash(location).slice(0, 300), time: time.slice(0, 100) };
}
