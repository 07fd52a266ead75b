/** Who and what a film speaks of that its element library does not know yet. */
import { nameKey, type Element, type ElementKind } from "#domain/film/element.ts";
import type { Film } from "#domain/film/snapshot.ts";
import type { Id } from "#domain/ids.ts";
import { shortPlace } from "#domain/screenplay/heading.ts";
import { canonicalName } from "#domain/screenplay/plan-cast.ts";
import { propsIn, type PropKind } from "#domain/screenplay/plan-words.ts";
import { confidences, matchesIn, seenFrom, type Said, type Sign } from "./detect.ts";
import { presencesIn } from "./in-shot.ts";

/** Something that somebody may say yes to: an element that shots hint at, or one that is not there yet. */
export interface Suggestion {
  /** Absent: there is no such element yet. */
  elementId?: Id;
  kind: ElementKind;
  name: string;
  confidence: number;
  sign: Sign;
  shotIds: Id[];
  sceneIds: Id[];
}

type FilmParts = Pick<Film, "scenes" | "shots" | "elements">;

/** @returns elements that no shot has yet for sure, and new ones; the surest first, then those in more shots */
export function suggestionsIn(film: FilmParts): Suggestion[] {
  return [...hintsIn(film), ...newIn(film)].sort(
    (a, b) => b.confidence - a.confidence || b.shotIds.length - a.shotIds.length,
  );
}

/** Elements of the library that shots only hint at. */
function hintsIn(film: FilmParts): Suggestion[] {
  const found = new Map<Id, Suggestion>();
  const scenes = new Map(film.scenes.map((scene) => [scene.id, scene]));
  for (const shot of film.shots) {
    for (const { element, confidence, sign } of presencesIn(shot, scenes.get(shot.sceneId) ?? null, film.elements)
      .suggested) {
      if (sign === "chosen" || sign === "style") continue;
      const before = found.get(element.id);
      if (!before) {
        const { kind, name } = element;
        const place = { shotIds: [shot.id], sceneIds: [shot.sceneId] };
        found.set(element.id, { elementId: element.id, kind, name, confidence, sign, ...place });
        continue;
      }
      if (confidence > before.confidence) Object.assign(before, { confidence, sign });
      note(before, shot);
    }
  }
  return [...found.values()];
}

/** People of the cast, places of headings, and things the picture can show, where no element is called so. */
function newIn(film: FilmParts): Suggestion[] {
  const found = new Map<string, Suggestion>();
  const suggest = (kind: ElementKind, name: string, sign: Sign, shot: { id: Id; sceneId: Id }) => {
    const key = nameKey({ kind, name });
    const before = found.get(key);
    if (before) note(before, shot);
    else
      found.set(key, {
        ...{ kind, name, confidence: confidences[sign], sign },
        ...{ shotIds: [shot.id], sceneIds: [shot.sceneId] },
      });
  };
  const scenes = new Map(film.scenes.map((scene) => [scene.id, scene]));
  const isKnown = knowing(film.elements);
  for (const shot of film.shots) {
    const people = [
      ...new Set([...shot.characters, ...shot.dialogue.map((line) => line.character)].map(canonicalName)),
    ];
    for (const person of people)
      if (person !== "" && !isKnown(["character"], { people: [person] }))
        suggest("character", titled(person), "name", shot);
    const place = shortPlace(scenes.get(shot.sceneId)?.location ?? "");
    if (place !== "" && !isKnown(["location"], { heading: place }))
      suggest("location", place.slice(0, 200), "heading", shot);
    for (const kind of propsIn(shot.action))
      if (!isKnown(["object", "location"], { seen: thingNames[kind] }, kind))
        suggest("object", thingNames[kind], "action", shot);
  }
  return [...found.values()];
}

type Asks = (kinds: readonly ElementKind[], words: Partial<Said>, prop?: PropKind) => boolean;

/** Whether the library has something that these words mean; each question is answered once. */
function knowing(elements: readonly Element[]): Asks {
  const answers = new Map<string, boolean>();
  return (kinds, words, prop) => {
    const key = JSON.stringify([kinds, words]);
    const answer = answers.get(key) ?? has(elements, kinds, words, prop);
    answers.set(key, answer);
    return answer;
  };
}

function has(
  elements: readonly Element[],
  kinds: readonly ElementKind[],
  words: Partial<Said>,
  prop: PropKind | undefined,
): boolean {
  const said = { people: [], heading: "", seen: "", spoken: "", ...words };
  const matches = new Set(
    matchesIn(said, elements).flatMap(({ elementId, confidence }) => (confidence >= seenFrom ? elementId : [])),
  );
  return elements.some(
    ({ id, kind, name, props }) =>
      kinds.includes(kind) && (matches.has(id) || (prop !== undefined && (props ?? propsIn(name)).includes(prop))),
  );
}

function note(suggestion: Suggestion, shot: { id: Id; sceneId: Id }): void {
  if (!suggestion.shotIds.includes(shot.id)) suggestion.shotIds.push(shot.id);
  if (!suggestion.sceneIds.includes(shot.sceneId)) suggestion.sceneIds.push(shot.sceneId);
}

/** What each thing of the built-in engine is called. */
export const thingNames: Readonly<Record<PropKind, string>> = {
  clock: "Clock",
  mitten: "Mitten",
  cello: "Cello",
  "cello-case": "Cello case",
  car: "Car",
  lighthouse: "Lighthouse",
  ferry: "Ferry",
  wheel: "Wheel",
  lantern: "Lantern",
  phone: "Phone",
  letter: "Letter",
  book: "Book",
  cup: "Cup",
  key: "Key",
  suitcase: "Suitcase",
  umbrella: "Umbrella",
  bottle: "Bottle",
  knife: "Knife",
  flower: "Flower",
  parcel: "Parcel",
};

/** MAYA OKAFOR → Maya Okafor, as a library writes names. */
function titled(name: string): string {
  return name.toLocaleLowerCase().replace(/(?<![\p{L}\p{M}'’])\p{L}/gu, (letter) => letter.toLocaleUpperCase());
}
