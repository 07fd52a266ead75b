/** Who and what a film speaks of that its element library does not know yet. */
import { nameKey, type Element, type ElementKind } from "#domain/film/element.ts";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Film } from "#domain/film/snapshot.ts";
import type { Id } from "#domain/ids.ts";
import { shortPlace } from "#domain/screenplay/fountain/heading.ts";
import { canonicalName } from "#domain/screenplay/plan/plan-cast.ts";
import { propsIn, type PropKind } from "#domain/screenplay/plan/plan-words.ts";
import { confidences, matchesIn, seenFrom, type Said, type Sign } from "./detect.ts";
import { presencesIn } from "./in-shot.ts";

/** Something that somebody may say yes to: an element that shots hint at, or one that is not there yet. */
export interface Suggestion {
  /** Absent: there is no such element yet. */
  elementId?: Id;
  /** What shots that do not have it name it by in `elementsOut`: the element's id, or words for one that is not there. */
  outId: Id;
  kind: ElementKind;
  name: string;
  confidence: number;
  sign: Sign;
  shotIds: Id[];
  sceneIds: Id[];
}

type FilmParts = Pick<Film, "scenes" | "shots" | "elements">;

/** @returns elements that no shot has yet for sure, and new ones; the surest first, then those in more shots */
export function suggestionsIn(film: FilmParts): readonly Suggestion[] {
  const { scenes, shots, elements } = film;
  const known = read.get(shots);
  // Whoever writes in the script changes none of these.
  if (known && known.scenes === scenes && known.elements === elements) return known.suggestions;
  const suggestions = readSuggestions(film);
  read.set(shots, { scenes, elements, suggestions });
  return suggestions;
}

/** What was read of these shots last. */
const read = new WeakMap<
  FilmParts["shots"],
  Pick<FilmParts, "scenes" | "elements"> & { suggestions: readonly Suggestion[] }
>();

/** A scene is read again when one of its shots changed: another keystroke in a long film costs one scene and a count. */
function readSuggestions({ scenes, shots, elements }: FilmParts): Suggestion[] {
  const found = new Map<string, Suggestion>();
  const sceneOf = new Map(scenes.map((scene) => [scene.id, scene]));
  for (const [sceneId, own] of byScene(shots))
    for (const [key, suggestion] of foundIn(sceneOf.get(sceneId) ?? null, own, elements)) add(found, key, suggestion);
  return [...found.values()].sort((a, b) => b.confidence - a.confidence || b.shotIds.length - a.shotIds.length);
}

function byScene(shots: readonly Shot[]): Map<Id, Shot[]> {
  const own = new Map<Id, Shot[]>();
  for (const shot of shots) {
    const list = own.get(shot.sceneId);
    if (list) list.push(shot);
    else own.set(shot.sceneId, [shot]);
  }
  return own;
}

function add(found: Map<string, Suggestion>, key: string, more: Suggestion): void {
  const before = found.get(key);
  if (!before) return void found.set(key, { ...more, shotIds: [...more.shotIds], sceneIds: [...more.sceneIds] });
  if (more.confidence > before.confidence) Object.assign(before, { confidence: more.confidence, sign: more.sign });
  for (const id of more.shotIds) before.shotIds.push(id);
  for (const id of more.sceneIds) if (before.sceneIds.at(-1) !== id) before.sceneIds.push(id);
}

interface SceneReading {
  scene: Scene | null;
  shots: readonly Shot[];
  elements: readonly Element[];
  found: ReadonlyMap<string, Suggestion>;
}
/** What was read of each scene last, by its first shot. */
const readOf = new WeakMap<Shot, SceneReading>();

function foundIn(scene: Scene | null, shots: readonly Shot[], elements: readonly Element[]): SceneReading["found"] {
  const [first] = shots;
  const known = first && readOf.get(first);
  if (known && known.scene === scene && known.elements === elements && isSameList(known.shots, shots))
    return known.found;
  const found = new Map<string, Suggestion>();
  const isKnown = knowing(elements);
  for (const shot of shots) {
    const place = { shotIds: [shot.id], sceneIds: [shot.sceneId] };
    for (const { element, confidence, sign } of presencesIn(shot, scene, elements).suggested) {
      if (sign === "chosen" || sign === "style") continue;
      const { id, kind, name } = element;
      add(found, `known ${id}`, { elementId: id, outId: id, kind, name, confidence, sign, ...place });
    }
    for (const candidate of candidatesIn(shot, scene)) {
      const { key, outId, kind, name, sign } = candidate;
      if (isKnown(candidate) || shot.elementsOut?.includes(outId) === true) continue;
      add(found, key, { outId, kind, name, confidence: confidences[sign], sign, ...place });
    }
  }
  if (first) readOf.set(first, { scene, shots, elements, found });
  return found;
}

const isSameList = (a: readonly unknown[], b: readonly unknown[]) =>
  a.length === b.length && a.every((item, index) => item === b[index]);

/** Something of the words that would make an element. */
interface Candidate {
  key: string;
  outId: Id;
  kind: ElementKind;
  name: string;
  sign: Sign;
  /** Elements of which kinds would be it already, and the words that would find them. */
  kinds: readonly ElementKind[];
  words: Partial<Said>;
  prop?: PropKind;
}
type Place = Pick<Scene, "location"> | null;
type ShotWords = Pick<Shot, "characters" | "dialogue" | "action">;
const candidatesOf = new WeakMap<ShotWords, { scene: Place; candidates: readonly Candidate[] }>();

/** People of the cast, places of headings, and things the picture can show; each once. */
function candidatesIn(shot: ShotWords, scene: Place): readonly Candidate[] {
  const known = candidatesOf.get(shot);
  if (known && known.scene === scene) return known.candidates;
  const people = new Set(
    [...shot.characters, ...shot.dialogue.map((line) => line.character)]
      .map(canonicalName)
      .filter((name) => name !== ""),
  );
  const place = shortPlace(scene?.location ?? "");
  const found: Omit<Candidate, "key" | "outId">[] = [
    ...[...people].map((person) => ({
      ...{ kind: "character" as const, name: titled(person), sign: "name" as const },
      ...{ kinds: ["character" as const], words: { people: [person] } },
    })),
    ...(place === ""
      ? []
      : [
          {
            ...{ kind: "location" as const, name: place.slice(0, 200), sign: "heading" as const },
            ...{ kinds: ["location" as const], words: { heading: place } },
          },
        ]),
    ...propsIn(shot.action).map((prop) => ({
      ...{ kind: "object" as const, name: thingNames[prop], sign: "action" as const, prop },
      ...{ kinds: ["object" as const, "location" as const], words: { seen: thingNames[prop] } },
    })),
  ];
  const keyed = found.map((each) => ({ ...each, key: nameKey(each), outId: [...nameKey(each)].slice(0, 32).join("") }));
  const candidates = [...new Map(keyed.map((each) => [each.key, each])).values()];
  candidatesOf.set(shot, { scene, candidates });
  return candidates;
}

const answersOf = new WeakMap<readonly Element[], Map<string, boolean>>();

/** Whether the library has what a candidate would make; each question is answered once. */
function knowing(elements: readonly Element[]): (candidate: Candidate) => boolean {
  const answers = answersOf.get(elements) ?? new Map<string, boolean>();
  answersOf.set(elements, answers);
  return (candidate) => {
    const before = answers.get(candidate.key);
    if (before !== undefined) return before;
    const answer = has(elements, candidate);
    answers.set(candidate.key, answer);
    return answer;
  };
}

function has(elements: readonly Element[], { kinds, words, prop }: Candidate): boolean {
  const said = { people: [], heading: "", seen: "", spoken: "", ...words };
  const matches = new Set(
    matchesIn(said, elements).flatMap(({ elementId, confidence }) => (confidence >= seenFrom ? elementId : [])),
  );
  return elements.some(
    ({ id, kind, name, props }) =>
      kinds.includes(kind) && (matches.has(id) || (prop !== undefined && (props ?? propsIn(name)).includes(prop))),
  );
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
