import { canonicalName } from "#domain/screenplay/plan/plan-cast.ts";

/** What a prompt of a sentence or two says, taken apart: what is seen, what is heard, who is there, what is spoken. */
export type PromptWords = {
  /** Without what is only about the sound. */
  seen: string;
  /** Only what is about the sound. */
  heard: string;
  /** In the order in which they are spoken of, e.g. ["DETECTIVE"], ["SAILOR ONE", "SAILOR TWO"], ["MAYA"]. */
  people: string[];
  /** By name, the words that speak of each of them: of "a sailor and a woman in a red coat" the coat is hers. */
  phrases: Record<string, string>;
  /** Words in quotation marks. */
  spoken: string[];
};

const aboutSound = /\b(?:bpm|music|soundtrack|score|songs?|lo-?fi|melody|beats?|ambient sound|sound of)\b/i;

/** "sad piano", "and low drums": nobody plays it, and it is no thing that stands there. */
const aboutInstruments =
  /^(?:(?:and|with|to) )?(?:[\w-]+ ){0,3}(?:pianos?|guitars?|strings|synths?|drums|percussion|cellos?|violins?|orchestra)[.!]?$/i;
const aboutThings = /\b(?:an?|the|his|her|their|my|two|three|play\w*|hold\w*|carr\w+)\b/i;
const soundsOnly = (clause: string) =>
  aboutSound.test(clause) || (aboutInstruments.test(clause) && !aboutThings.test(clause));

/** What people are called who have no name. Longer ones first where one contains the other. */
const callings = [
  "old woman",
  "old man",
  "policewoman",
  "policeman",
  "fisherman",
  "businessman",
  "businesswoman",
  "woman",
  "man",
  "girl",
  "boy",
  "child",
  "kid",
  "detective",
  "captain",
  "sailor",
  "soldier",
  "officer",
  "guard",
  "cellist",
  "violinist",
  "guitarist",
  "pianist",
  "musician",
  "singer",
  "dancer",
  "actor",
  "actress",
  "painter",
  "writer",
  "photographer",
  "king",
  "queen",
  "prince",
  "princess",
  "knight",
  "wizard",
  "witch",
  "monk",
  "nun",
  "priest",
  "thief",
  "spy",
  "hunter",
  "farmer",
  "shepherd",
  "driver",
  "pilot",
  "astronaut",
  "robot",
  "android",
  "doctor",
  "nurse",
  "scientist",
  "teacher",
  "student",
  "waiter",
  "waitress",
  "chef",
  "cook",
  "baker",
  "vendor",
  "merchant",
  "traveller",
  "traveler",
  "wanderer",
  "hiker",
  "runner",
  "cyclist",
  "lighthouse keeper",
  "keeper",
  "stranger",
  "figure",
  "person",
  "somebody",
  "someone",
];
const plurals: Record<string, string> = { men: "man", women: "woman", children: "child", people: "person" };
const counts: Record<string, number> = { two: 2, three: 3, four: 4, five: 5, "a couple of": 2, several: 3 };
const numbers = ["ONE", "TWO", "THREE", "FOUR", "FIVE"];
const mostPeople = 6;

const deeds =
  "walks?|walking|runs?|running|sits?|sitting|stands?|standing|looks?|looking|stares?|waits?|waiting|climbs?|plays?|playing|holds?|waves?|points?|crouches|kneels|lies|sleeps|dances|enters?|leaves|strolls?|hurries|approaches|watches|crosses|turns|says|whispers|shouts";

/** Splits at stops, commas and "with", so that a clause about the music can be told from the rest. */
function clausesOf(prompt: string): string[] {
  return prompt
    .split(/(?<=[.!?;])\s+|,\s*|\s+(?=(?:with|and|to)\s)/i)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== "");
}

/** Reads a prompt by rules. Pure: the same prompt gives the same words. */
export function readPrompt(given: string): PromptWords {
  // Many blanks in a row would be looked at again from each of them.
  const prompt = given.replace(/\s+/g, " ");
  const spoken = [...prompt.matchAll(/["“]([^"“”]{1,300})["”]/g)].map((match) => match[1]!.trim());
  const told = prompt.replace(/["“][^"“”]{1,300}["”]/g, " ");
  const clauses = clausesOf(told);
  const heard = clauses.filter(soundsOnly);
  const seen = clauses.filter((clause) => !soundsOnly(clause));
  const text = seen.join(", ");
  const mentions = mentionsIn(text);
  const people = [...new Set(mentions.flatMap(({ names }) => names))].slice(0, mostPeople);
  return { seen: text, heard: heard.join(", "), people, phrases: phrasesOf(text, mentions), spoken };
}

/** Where a text speaks of whom. */
type Mention = { names: string[]; at: number; length: number };

/** What stands before a person and belongs to them, or ends what belongs to the one before: "… and an old man". */
const before = /\b(?:an?|the|two|three|four|five|several|his|her|their|another)\b/gi;

/** From each mention to the next, with the words before it that are its own. */
function phrasesOf(text: string, mentions: readonly Mention[]): Record<string, string> {
  const begins = mentions.map(({ at }, index) => {
    const last = mentions[index - 1];
    const from = last === undefined ? 0 : last.at + last.length;
    const own = [...text.slice(from, at).matchAll(before)].at(-1)?.index;
    return own === undefined ? at : from + own;
  });
  const phrases: Record<string, string> = {};
  mentions.forEach(({ names }, index) => {
    const phrase = text.slice(begins[index], begins[index + 1]).trim();
    for (const name of names) phrases[name] = phrases[name] === undefined ? phrase : `${phrases[name]}. ${phrase}`;
  });
  return phrases;
}

/** @returns in the order of the text */
function mentionsIn(text: string): Mention[] {
  const found: Mention[] = [];
  const add = (names: string[], at: number, length: number) => {
    if (found.some((one) => at < one.at + one.length && at + length > one.at)) return;
    found.push({ names, at, length });
  };
  const named = new RegExp(`\\b(\\p{Lu}[\\p{L}'’]+(?: \\p{Lu}[\\p{L}'’]+)?)(?=,? (?:\\w+ly )?(?:${deeds})\\b)`, "gu");
  for (const match of text.matchAll(named)) {
    const name = match[1]!.replace(/^(?:The|A|An|Two|Three|Four|He|She|They|It|Rain|Snow|Wind|Night) ?/, "");
    if (name.length > 1 && !callings.includes(name.toLowerCase()))
      add([canonicalName(name)], match.index + match[1]!.length - name.length, name.length);
  }
  for (const match of text.matchAll(/\b[A-Z]{3,}(?: [A-Z]{3,})?\b/g))
    if (!/^(?:INT|EXT|DAY|NIGHT|DAWN|DUSK|EVENING|MORNING)\b/.test(match[0]))
      add([canonicalName(match[0])], match.index, match[0].length);
  const many = Object.keys(plurals).join("|");
  const calling = new RegExp(
    `\\b(?:(${Object.keys(counts).join("|")}) (?:[a-z-]+ ){0,3})?(?:(${callings.join("|")})(s)?|(${many}))\\b`,
    "gi",
  );
  for (const match of text.matchAll(calling)) {
    const [all, count, single, s, irregular] = match;
    const word = single ?? plurals[irregular!.toLowerCase()]!;
    const isMany = s !== undefined || irregular !== undefined;
    // "The sailors" are those of whom was spoken.
    const known = found.flatMap(({ names }) => names).filter((name) => name.startsWith(`${canonicalName(word)} `));
    if (isMany && count === undefined && known.length > 0) {
      add(known, match.index, all.length);
      continue;
    }
    const number = counts[count?.toLowerCase() ?? ""] ?? (isMany ? 3 : 1);
    const names =
      number === 1
        ? [word]
        : Array.from({ length: Math.min(number, numbers.length) }, (_, i) => `${word} ${numbers[i]}`);
    add(names.map(canonicalName), match.index, all.length);
  }
  return found.sort((a, b) => a.at - b.at);
}
