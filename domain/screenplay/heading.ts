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
  const cut = /^(.*\S)\s*(?:\s[-–—]+\s*|[–—]|,\s|\.\s)([^-–—]+)$/u.exec(rest);
  const last = cut?.[2]?.trim() ?? "";
  if (cut?.[1] && last.length <= 40 && timeWord.test(last)) return clipped(setting, cut[1], last);
  if (rest.length <= 24 && /^\w+(?: \w+)?$/.test(rest) && timeWord.exec(rest)?.[0].length === rest.length)
    return clipped(setting, "", rest);
  return clipped(setting, rest, "");
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
      .split(/\s[-–—]+\s|\s*\/\s*/)
      .at(-1)
      ?.trim() ?? "";
  if (/\p{Ll}/u.test(part)) return part;
  const lower = part.toLocaleLowerCase();
  return lower.charAt(0).toLocaleUpperCase() + lower.slice(1);
}

function clipped(setting: SceneSetting, location: string, time: string): SceneHeading {
  return { setting, location: location.replace(/\s*[-–—]+$/, "").slice(0, 300), time: time.slice(0, 100) };
}
