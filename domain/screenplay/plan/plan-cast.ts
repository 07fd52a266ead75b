import { z } from "zod";
import { hashText, pick, seededRandom } from "#domain/screenplay/seeded.ts";

/**
 * How people look and what they do. A look follows from the canonical name and from what the script says when it
 * introduces somebody, never from the shot, so that Maya is Maya in every picture.
 */
const Colour = z.string().regex(/^#[0-9a-f]{6}$/);

export const garments = [
  "raincoat",
  "coat",
  "jacket",
  "suit",
  "dress",
  "skirt",
  "uniform",
  "sweater",
  "shorts",
] as const;
export const hairStyles = ["short", "long", "bun", "bald", "cap", "hood", "hat"] as const;

export const Look = z.object({
  garment: z.enum(garments),
  garmentColour: Colour,
  legsColour: Colour,
  hair: z.enum(hairStyles),
  hairColour: Colour,
  headwearColour: Colour,
  beard: z.enum(["none", "short", "full"]),
  skin: Colour,
  height: z.number().min(1).max(2.1),
  build: z.number().min(0.8).max(1.3),
  /** Years, where it shows: children are built otherwise, the old stoop and go slowly. */
  age: z.number().int().min(1).max(110).optional(),
});
export type Look = z.infer<typeof Look>;

export const namedColours: Readonly<Record<string, string>> = {
  yellow: "#d9a520",
  red: "#a8322a",
  crimson: "#8f1f2c",
  orange: "#c8642a",
  green: "#3f6b47",
  olive: "#5d6238",
  blue: "#2f5d8c",
  navy: "#1f2f4d",
  purple: "#5b3f7a",
  violet: "#6a4a90",
  pink: "#c2748a",
  white: "#d8d4c8",
  cream: "#d5c7a5",
  black: "#23242a",
  grey: "#6d7178",
  gray: "#6d7178",
  silver: "#a9adb3",
  brown: "#5e4433",
  tan: "#a98a62",
  beige: "#b9a888",
  gold: "#b98d33",
  teal: "#2b7072",
  turquoise: "#3a9494",
  mustard: "#b98b25",
};
const skins = ["#e3b593", "#d6a07c", "#bd8660", "#a06c48", "#86553a", "#6d432e"] as const;
const hairs = ["#1b1614", "#2d1f17", "#4a3120", "#6b4a2b", "#8a6a3c", "#6f2f1c"] as const;
const coats = ["#355c7d", "#7d4f3a", "#4a6352", "#6b3d4e", "#8a7142", "#44484f", "#2f6d6a", "#83543f"] as const;
const trousers = ["#262a33", "#3a342e", "#2b3340", "#45413b", "#30302f"] as const;

/** The one spelling under which a person is known: upper case, no extension such as (V.O.), no dual-dialogue caret. */
export function canonicalName(name: string): string {
  return name
    .replace(/\([^()]*\)/g, "")
    .replace(/[\^@]/g, "")
    .replace(/\s+/g, " ")
    .trim()
    .toUpperCase()
    .slice(0, 60);
}

/** A stop, or another's name with their age or with what they are: "…, and a BOY, 9," but not "…, CEO, grey suit". */
const introductionEnd =
  /[.!?](?:\s|$)|(?:\band|\bwith|,)\s+(?:(?:an?|the|his|her) )?[A-Z][A-Z'’-]+,(?= (?:\d|an? |the |his |her |early |mid|late ))/;

/**
 * Reads the introductions of a screenplay: a name in capitals in an action line, with the words that follow.
 * @returns canonical full name -> its description, e.g. "MAYA OKAFOR" -> "30s, yellow raincoat, hurries down..."
 */
export function castFromScript(screenplay: string): Record<string, string> {
  const cast: Record<string, string> = {};
  const introduction = /\b([A-Z][A-Z'’.-]{1,60}(?: [A-Z][A-Z'’.-]{1,60}){0,2}),\s*([^\n]{3,240})/g;
  for (const line of screenplay.slice(0, 2_000_000).split("\n")) {
    if (/^\s*(?:\.|INT|EXT|EST|I\/E)/.test(line)) continue;
    for (const match of line.matchAll(introduction)) {
      const name = canonicalName(match[1] ?? "");
      // The sentence that introduces somebody ends at its stop, or where it introduces another.
      const [words = ""] = (match[2] ?? "").split(introductionEnd);
      if (name.length > 1 && cast[name] === undefined && Object.keys(cast).length < 200) cast[name] = words;
    }
  }
  return cast;
}

/** @returns the entry of `notes` that names the same person (MAYA is MAYA OKAFOR), else the name alone */
export function personOf(name: string, notes: Readonly<Record<string, string>>): { name: string; notes: string } {
  const wanted = canonicalName(name);
  const exact = Object.entries(notes).find(([key]) => canonicalName(key) === wanted);
  if (exact) return { name: wanted, notes: exact[1] };
  const own = new Set(wanted.split(" "));
  for (const [key, description] of Object.entries(notes)) {
    const parts = canonicalName(key).split(" ");
    if (parts.every((part) => own.has(part)) || [...own].every((part) => parts.includes(part))) {
      return { name: canonicalName(key), notes: description };
    }
  }
  return { name: wanted, notes: "" };
}

function colourBefore(text: string, noun: RegExp): string | undefined {
  // The last colour before the noun: "white beard, navy uniform" is a navy uniform.
  const match = new RegExp(
    `\\b(${Object.keys(namedColours).join("|")})\\b(?:[ -][a-z]+){0,2}?[ -](?:${noun.source})`,
  ).exec(text);
  return match === null ? undefined : namedColours[match[1] ?? ""];
}

const numbered = /^(.+) (ONE|TWO|THREE|FOUR|FIVE|SIX)$/;
const counting = ["ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX"];

/**
 * @returns a look made of the description's words, the rest by chance from the name alone; SAILOR TWO wears another
 *   colour than SAILOR ONE, unless the words say which
 */
export function lookFor(name: string, description: string): Look {
  const [, of, number] = numbered.exec(name) ?? [];
  const look = lookByChance(name, description);
  if (of === undefined || number === undefined) return look;
  const worn = counting.slice(0, counting.indexOf(number)).map((each) => lookFor(`${of} ${each}`, description));
  const isWorn = (colour: string) => worn.some(({ garmentColour }) => garmentColour === colour);
  let { garmentColour } = look;
  for (let chance = 0; isWorn(garmentColour) && chance < 12; chance += 1)
    garmentColour = lookByChance(`${name} ${chance}`, description).garmentColour;
  return { ...look, garmentColour };
}

/** @returns how old somebody is said to be, undefined when nothing is said: then they are grown up */
function yearsIn(said: string, { child, old }: { child: boolean; old: boolean }): number | undefined {
  const years = /\b(?:aged? )?([1-9]\d?)(?:[ -]years?[ -]old|,)|\bage ([1-9]\d?)\b/.exec(said);
  const stated = Number(years?.[1] ?? years?.[2]);
  if (Number.isFinite(stated) && stated > 2) return stated;
  const decade = /\b([2-9])0s\b/.exec(said);
  if (decade !== null) return Number(decade[1]) * 10 + 4;
  if (child) return 9;
  return old ? 72 : undefined;
}

/** @returns metres; `drawn` is the chance in it */
function heightFor(
  years: number | undefined,
  { child, woman, drawn }: { child: boolean; woman: boolean; drawn: number },
): number {
  if (years !== undefined && years < 14 && !child) return 0.8 + years * 0.06 + drawn * 0.06;
  return (child ? 1.22 : woman ? 1.63 : 1.72) + drawn * 0.13;
}

/** Whom somebody has, holds or teaches is not who they are: "a mother with a child". */
const withoutOthers = (said: string) =>
  said.replace(/\b(?:of|with|has|have|holds|holding|carrying|for|to|loves|hates|teaches)\b[^,;.]*/g, "");

function lookByChance(name: string, description: string): Look {
  const random = seededRandom(hashText(name));
  // Two who wear blue coats wear one each.
  const said = `${name} ${description}`
    .toLowerCase()
    .replace(/\b(coat|raincoat|jacket|suit|sweater|jumper|uniform|skirt|hat|cap|hood|dress(?=e))e?s\b/g, "$1");
  // Every draw is made whether it is used or not: a word more in the description changes only what it speaks of.
  const drawn = {
    coat: pick(random, coats),
    legs: pick(random, trousers),
    skin: pick(random, skins),
    hairColour: pick(random, hairs),
    garment: pick<Look["garment"]>(random, ["coat", "jacket", "sweater", "jacket"]),
    long: random() < 0.5,
    height: random(),
    build: random(),
  } as const;
  const woman =
    /\b(woman|girl|she|her|mother|mum|daughter|sister|aunt|queen|lady|wife|maya|anna|mary|sara|emma|eva|lena|nora|priya|ms|mrs)\b/.test(
      said,
    );
  const man = /\b(man|boy|he|his|father|dad|son|brother|uncle|king|husband|captain|mr|sailor|beard(?:ed)?)\b/.test(
    said,
  );
  const child =
    /\b(children|boys|girls|kids|toddlers)\b/.test(name.toLowerCase()) ||
    (/\b(child|boy|girl|kid|toddler|little)\b/.test(withoutOthers(said)) && !/\bchild's\b/.test(said));
  const old = /\b([6-9]0s|elderly|old|aged|grandmother|grandfather)\b(?! (?:friend|coat|hat|jacket|dress|suit))/.test(
    said,
  );
  const years = yearsIn(said, { child, old });
  const beard = /\bbeard(ed)?\b/.test(said) ? "full" : /\b(stubble|moustache|unshaven)\b/.test(said) ? "short" : "none";
  const garment: Look["garment"] = /\b(rain ?coat|oilskins?|mac|slicker|anorak)\b/.test(said)
    ? "raincoat"
    : /\b(dress|gown)\b/.test(said)
      ? "dress"
      : /\b(uniform|captain|officer|police|guard|sergeant|nurse)\b/.test(said)
        ? "uniform"
        : /\b(trench ?coat|overcoat|long coat|coat|cloak|detective)\b/.test(said)
          ? "coat"
          : /\bsuit\b(?!case)|\b(tuxedo|businessman|banker)\b/.test(said)
            ? "suit"
            : /\bskirt\b/.test(said)
              ? "skirt"
              : /\bshorts\b/.test(said)
                ? "shorts"
                : /\b(jacket|blazer|leather)\b/.test(said)
                  ? "jacket"
                  : /\b(sweater|jumper|hoodie|cardigan|shirt)\b/.test(said)
                    ? "sweater"
                    : drawn.garment;
  const named = colourBefore(
    said,
    /rain ?coat|oilskins?|mac|slicker|anorak|dress|gown|coat|jacket|suit|sweater|jumper|shirt|cloak|hoodie|uniform/,
  );
  const hair: Look["hair"] = /\bbald\b/.test(said)
    ? "bald"
    : /\b(captain|sailor|officer|police|cap)\b/.test(said)
      ? "cap"
      : /\b(hat|fedora|detective)\b/.test(said)
        ? "hat"
        : /\b(hood|hooded)\b/.test(said)
          ? "hood"
          : /\b(bun|ponytail|braids?)\b/.test(said)
            ? "bun"
            : /\blong hair\b/.test(said) || woman || (!man && drawn.long)
              ? (hashText(name) & 3) === 0
                ? "bun"
                : "long"
              : "short";
  const hairColour = colourBefore(said, /beard|hair|braids?|ponytail/) ?? (old ? "#b9b7b1" : drawn.hairColour);
  const fallbackCoat =
    garment === "raincoat"
      ? "#d9a520"
      : garment === "uniform"
        ? "#1c2a44"
        : garment === "suit"
          ? "#2b2f38"
          : drawn.coat;
  return {
    ...(years === undefined ? {} : { age: years }),
    garment,
    garmentColour: named ?? fallbackCoat,
    legsColour:
      colourBefore(said, /trousers|jeans|pants|leggings|skirt|shorts/) ??
      (garment === "uniform" ? "#191f2d" : garment === "suit" ? (named ?? fallbackCoat) : drawn.legs),
    hair,
    hairColour,
    headwearColour:
      colourBefore(said, /hat|cap|hood|beanie/) ??
      (hair === "cap" ? "#18202f" : hair === "hat" ? "#3a3029" : (named ?? fallbackCoat)),
    beard,
    skin: /\b(okafor|kwame|adeyemi|nkosi)\b/.test(said) ? "#86553a" : drawn.skin,
    height: Number(heightFor(years, { child, woman, drawn: drawn.height }).toFixed(3)),
    build: Number(
      (0.92 + drawn.build * 0.18 + (/\b(heavy|fat|big|burly|broad|captain)\b/.test(said) ? 0.1 : 0)).toFixed(3),
    ),
  };
}
