/**
 * Which elements the words of a shot or a scene speak of, and how surely. Of each element the surest sign counts; a
 * part of a name that could mean two of them is no sign of either.
 */
import type { Element } from "#domain/film/element.ts";
import type { Id } from "#domain/ids.ts";
import { canonicalName } from "#domain/screenplay/plan/plan-cast.ts";
import { strongWords } from "#domain/screenplay/breakdown/people.ts";
import { plainWords, withoutArticle } from "./words.ts";

export const signs = ["name", "trigger", "heading", "partial", "action", "dialogue", "keywords"] as const;
export type Sign = (typeof signs)[number];

/** How surely each sign means the element; keywords up to what is said here. */
export const confidences: Readonly<Record<Sign, number>> = {
  /** Its whole name is that of somebody in the picture. */
  name: 1,
  /** One of its trigger words is in the words. */
  trigger: 0.95,
  /** The heading says its name. */
  heading: 0.85,
  /** Somebody in the picture has a part of its name: MAYA is Maya Okafor. */
  partial: 0.8,
  /** The action says its name. */
  action: 0.75,
  /** Somebody speaks of it. */
  dialogue: 0.7,
  keywords: 0.5,
};
const leastConfidence = 0.4;

/** From here on an element is in the picture unless somebody says that it is not; below it is only suggested. */
export const seenFrom = 0.75;

export type Detectable = Pick<Element, "id" | "kind" | "name" | "aliases" | "triggerWords" | "keywords">;

/** What is there to read. */
export interface Said {
  /** Who is in the picture, and who speaks. */
  people: readonly string[];
  heading: string;
  /** What is seen: the action, or the prompt that people wrote in its stead. */
  seen: string;
  spoken: string;
}

export interface Match {
  elementId: Id;
  confidence: number;
  sign: Sign;
}

/** @returns each element that the words speak of, once, the surest first */
export function matchesIn(said: Said, elements: readonly Detectable[]): Match[] {
  if (elements.length === 0) return [];
  const words = wordsOf(said);
  const known = namesOf(elements);
  return elements
    .flatMap((element): Match[] => {
      const wanted = sought(element);
      const sign = signs.find((each) => each !== "keywords" && shows[each](wanted, words, known));
      const confidence = sign === undefined ? byKeywords(wanted, words) : confidences[sign];
      return confidence < leastConfidence ? [] : [{ elementId: element.id, confidence, sign: sign ?? "keywords" }];
    })
    .sort((a, b) => b.confidence - a.confidence);
}

interface Words {
  /** By canonical name, with the words of it that can stand alone. */
  people: ReadonlyMap<string, readonly string[]>;
  heading: string;
  seen: string;
  spoken: string;
  /** As written: a part of somebody's name counts with a capital only. */
  capitals: { seen: ReadonlySet<string>; spoken: ReadonlySet<string> };
}

function wordsOf(said: Said): Words {
  return {
    people: new Map(said.people.map((name) => [canonicalName(name), strongWords(canonicalName(name))])),
    heading: plainWords(said.heading),
    seen: plainWords(said.seen),
    spoken: plainWords(said.spoken),
    capitals: { seen: capitalsIn(said.seen), spoken: capitalsIn(said.spoken) },
  };
}

function capitalsIn(text: string): ReadonlySet<string> {
  const found = [...text.matchAll(/(?<![\p{L}\p{N}])[\p{Lu}\p{Lt}\p{Lo}][\p{L}\p{M}\p{N}]*/gu)];
  return new Set(found.map(([word]) => word.toLocaleUpperCase()));
}

/** An element as it is looked for. */
interface Sought {
  id: Id;
  kind: Detectable["kind"];
  /** Its name and what else it is called: in capitals as in a cue, and as plain words. */
  whole: readonly string[];
  plain: readonly string[];
  parts: readonly string[];
  plainParts: readonly string[];
  triggers: readonly string[];
  keywords: readonly string[];
}
const soughtOf = new WeakMap<Detectable, Sought>();

function sought(element: Detectable): Sought {
  const before = soughtOf.get(element);
  if (before) return before;
  const names = [element.name, ...(element.aliases ?? [])].map(withoutArticle);
  const parts = partsOf(element);
  const plain = (words: readonly string[]) => words.map(plainWords).filter((word) => word !== "");
  const made = {
    id: element.id,
    kind: element.kind,
    whole: names.map(canonicalName),
    plain: plain(names),
    parts,
    plainParts: plain(parts),
    triggers: plain(element.triggerWords),
    keywords: plain(element.keywords ?? []),
  };
  soughtOf.set(element, made);
  return made;
}

/** Somebody is known by any word of the name, a thing by its last: the wheel is the ship's wheel. */
function partsOf(element: Detectable): string[] {
  const words = strongWords(element.name.replace(/['’]s?(?=\s)/gu, ""));
  if (element.kind === "character") return words;
  const last = words.at(-1);
  return element.kind === "object" && last !== undefined && last.length > 2 ? [last] : [];
}

/** What elements are called, and which words mean one of them alone. */
interface Names {
  whole: ReadonlySet<string>;
  parts: ReadonlyMap<string, Id | null>;
}
const namesKnown = new WeakMap<readonly Detectable[], Names>();

function namesOf(elements: readonly Detectable[]): Names {
  const before = namesKnown.get(elements);
  if (before) return before;
  const whole = new Set<string>();
  const parts = new Map<string, Id | null>();
  for (const element of elements) {
    for (const name of sought(element).whole) whole.add(name);
    for (const part of sought(element).parts) {
      const holder = parts.get(part);
      parts.set(part, holder === undefined || holder === element.id ? element.id : null);
    }
  }
  const names = { whole, parts };
  namesKnown.set(elements, names);
  return names;
}

type Shows = (element: Sought, words: Words, names: Names) => boolean;

const shows: Record<Exclude<Sign, "keywords">, Shows> = {
  name: (element, { people }) => element.whole.some((name) => people.has(name)),
  trigger: (element, { seen }) => element.triggers.some((word) => seen.includes(word)),
  heading: (element, { heading }) =>
    element.kind === "location" && element.plain.some((name) => heading.includes(name)),
  partial: (element, { people }, names) =>
    element.kind === "character" &&
    element.parts.some(
      (part) =>
        names.parts.get(part) === element.id &&
        [...people].some(([person, parts]) => parts.includes(part) && !names.whole.has(person)),
    ),
  action: (element, { seen, capitals }, names) => mentions(element, seen, capitals.seen, names),
  dialogue: (element, { spoken, capitals }, names) => mentions(element, spoken, capitals.spoken, names),
};

function mentions(element: Sought, plain: string, capitals: ReadonlySet<string>, known: Names): boolean {
  const { kind, plain: names, parts, plainParts } = element;
  if (names.some((name) => plain.includes(name))) return true;
  return parts.some((part, index) => {
    if (known.parts.get(part) !== element.id || known.whole.has(part)) return false;
    const words = plainParts[index];
    return kind === "character" ? capitals.has(part) : words !== undefined && plain.includes(words);
  });
}

function byKeywords(element: Sought, { heading, seen, spoken }: Words): number {
  const found = element.keywords.filter((word) => [heading, seen, spoken].some((text) => text.includes(word)));
  return found.length === 0 ? 0 : Math.min(confidences.keywords, 0.3 + found.length * 0.1);
}
