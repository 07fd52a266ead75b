/**
 * Who is in a script and which words speak of them. Names come from cues and from introductions in capitals; a full
 * name, its first or last name and a title ("the captain") all lead to one person.
 */
import { sentencesOf } from "./sentences.ts";

export interface People {
  /** Names as the script writes them, cues first. */
  names: string[];
  /** @returns the person a cue names, under the one name used everywhere */
  byCue(cue: string): string;
  /** Everybody that a sentence names, in order, and what its pronouns ask for. */
  namedIn(sentence: string): string[];
  /** Whether "he" or "she" can mean this person, as far as the script has shown. */
  fits(name: string, pronoun: "he" | "she"): boolean;
}

const weak = new Set(
  "THE A AN OLD YOUNG LITTLE BIG MR MRS MS DR SIR LADY LORD FIRST SECOND THIRD AND OF MAN WOMAN BOY GIRL VOICE GUARD COP OFFICER NUMBER ONE TWO THREE #1 #2 #3".split(
    " ",
  ),
);
const sounds = new Set(
  "BANG BOOM CRASH SLAM CLICK THUD SMASH RING BEEP KNOCK SNAP POP SPLASH SILENCE BLACK LATER NOW TITLE SUPER NOTE INSERT CLOSE WIDE POV ANGLE CUT FADE OVER WHIP SWISH PAN TILT DUTCH CANTED REVERSE BACK CRANE DOLLY STEADICAM TRACKING ZOOM RACK SPLIT FREEZE SLOW AERIAL SERIES MONTAGE INTERCUT FLASHBACK END EXTREME ECU MEDIUM INT EXT".split(
    " ",
  ),
);
const introduction =
  /(?:^|[^\p{L}])((?:[\p{Lu}][\p{Lu}\p{M}'’.-]{1,60})(?: [\p{Lu}][\p{Lu}\p{M}'’.-]{0,60}){0,3})(\s*\(\d\d?s?\)|,\s*(?:\(?\d\d?s?\b|an? |the |early |mid|late |aged? )|,)/gu;

export function findPeople(cues: readonly string[], actions: readonly string[]): People {
  const names: string[] = [];
  const known = new Map<string, string>();
  /** Names by the first of their strong words. */
  const byFirst = new Map<string, string[]>();
  for (const cue of cues) add(cue);
  for (const text of actions) for (const name of introductions(text)) join(name);

  /** A cue: its own name unless it is one already. */
  function add(name: string): void {
    const key = name.toLocaleUpperCase();
    if (name === "" || known.has(key)) return;
    known.set(key, name);
    names.push(name);
    const [first] = strongWords(name);
    if (first !== undefined) byFirst.set(first, [...(byFirst.get(first) ?? []), name]);
  }
  /** MAYA OKAFOR of an introduction is the MAYA of the cues. */
  function join(name: string): void {
    const key = name.toLocaleUpperCase();
    if (known.has(key)) return;
    const own = new Set(key.split(" "));
    const same = [...own]
      .flatMap((word) => byFirst.get(word) ?? [])
      .filter((other) => strongWords(other).every((word) => own.has(word)));
    if (same.length === 1 && same[0] !== undefined) known.set(key, same[0]);
    else add(name);
  }

  const words = new Map<string, string | null>();
  for (const [key, name] of known) {
    for (const word of strongWords(key)) {
      const holder = words.get(word);
      words.set(word, holder === undefined || holder === name ? name : null);
    }
    if (strongWords(key).length === 0 && !words.has(key)) words.set(key, name);
  }

  const people: People = {
    names,
    byCue: (cue) => known.get(cue.toLocaleUpperCase()) ?? cue,
    namedIn(sentence) {
      const found = new Set<string>();
      const note = (name: string | null | undefined) => {
        if (name) found.add(name);
      };
      for (const match of sentence.matchAll(/(\bthe )?([\p{L}\p{M}][\p{L}\p{M}\p{N}'’-]*)/giu)) {
        const word = (match[2] ?? "").replace(/['’]s?$/u, "");
        const capital = /^\p{Lu}/u.test(word);
        if (capital || match[1]) note(words.get(word.toLocaleUpperCase()));
      }
      return [...found];
    },
    fits: (name, pronoun) => {
      const vote = votes.get(name) ?? 0;
      return vote === 0 || (pronoun === "she") === vote > 0;
    },
  };
  const votes = countPronouns(actions, people);
  return people;
}

function introductions(text: string): string[] {
  const out: string[] = [];
  for (const match of text.matchAll(introduction)) {
    const name = (match[1] ?? "").replace(/[.'’-]+$/u, "").trim();
    const before = text.slice(
      0,
      (match.index ?? 0) + (match[0].length - (match[1] ?? "").length - (match[2] ?? "").length),
    );
    const aged = /\d/.test(match[2] ?? "");
    const afterArticle = /\b(?:the|a|an|his|her|their|its|this|that)\s*$/i.test(before.slice(-8));
    if (name.length < 2 || name.length > 60 || sounds.has(name.split(" ")[0] ?? "")) continue;
    if (aged || !afterArticle) out.push(name);
  }
  return out;
}

/** @returns the words of a name that can stand for it alone: not THE, MR or YOUNG; in capitals */
export function strongWords(name: string): string[] {
  return name
    .toLocaleUpperCase()
    .split(/\s+/)
    .filter((word) => word.length > 1 && !(word.length < 20 && weak.has(word.replace(/[.'’]+$/, ""))));
}

/** Positive: she; negative: he. From sentences that name one person alone, and the pronoun that opens the next. */
function countPronouns(actions: readonly string[], people: Pick<People, "namedIn">): Map<string, number> {
  const votes = new Map<string, number>();
  for (const text of actions) {
    let alone: string | null = null;
    for (const sentence of sentencesOf(text)) {
      const named = people.namedIn(sentence);
      const opens = /^(he|she)\b/i.exec(sentence)?.[1]?.toLowerCase();
      const weight = opens === "she" ? 2 : opens === "he" ? -2 : 0;
      if (named.length === 0 && alone && weight !== 0) votes.set(alone, (votes.get(alone) ?? 0) + weight);
      if (named.length === 1 && named[0] !== undefined) {
        alone = named[0];
        // "her back", "behind him": weaker, it may be about another.
        const her = /\bher\b/i.test(sentence);
        const his = /\bhis\b/i.test(sentence);
        if (her !== his) votes.set(alone, (votes.get(alone) ?? 0) + (her ? 1 : -1));
      } else if (named.length > 1) alone = null;
    }
  }
  return votes;
}
