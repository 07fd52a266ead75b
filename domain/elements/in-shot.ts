/** Which elements a shot shows, and how they look in its scene. */
import type { Element, ElementKind, ElementReference, ElementVariant, LookChanges } from "#domain/film/element.ts";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Id } from "#domain/ids.ts";
import type { PropKind } from "#domain/screenplay/plan/plan-words.ts";
import { matchesIn, seenFrom, type Match, type Said, type Sign } from "./detect.ts";

/** An element as one shot sees it: what its variant for the scene says goes before what it says itself. */
export interface ElementInShot {
  id: Id;
  kind: ElementKind;
  name: string;
  variantId?: Id;
  variantName?: string;
  description: string;
  triggerWords: readonly string[];
  look: LookChanges;
  colours: readonly string[];
  props: readonly PropKind[];
  refs: readonly ElementReference[];
}

/** `chosen`: somebody put it there; `style`: it holds for every shot. */
export interface Presence {
  element: Element;
  confidence: number;
  sign: Sign | "chosen" | "style";
}

interface Presences {
  readonly shown: readonly Presence[];
  readonly suggested: readonly Presence[];
}

type Heading = Pick<Scene, "heading"> | null;
type ShotSaying = Pick<
  Shot,
  "characters" | "dialogue" | "action" | "prompt" | "elementIds" | "elementsOut" | "sceneId"
>;

/**
 * @param shot   its own prompt stands for its action where there is one
 * @returns what is in the picture in the order of `elements`, and what its words only hint at, the surest first
 */
export function presencesIn(shot: ShotSaying, scene: Heading, elements: readonly Element[]): Presences {
  const known = read.get(shot);
  if (known && known.scene === scene && known.elements === elements) return known.presences;
  const sought = soughtIn(elements);
  // How an element looks says nothing of where it is: whoever describes one has no shot read again.
  const matches =
    known && known.scene === scene && known.sought === sought
      ? known.matches
      : matchesIn(saidIn(shot, scene), elements);
  const presences = presencesOf(shot, matches, elements);
  read.set(shot, { scene, elements, sought, matches, presences });
  return presences;
}

/** What was read of each shot last, as long as scene and elements are the same: a long film changes by one shot. */
const read = new WeakMap<ShotSaying, Reading>();
interface Reading {
  scene: Heading;
  elements: readonly Element[];
  /** By what the elements were looked for. */
  sought: string;
  matches: readonly Match[];
  presences: Presences;
}

const soughtOf = new WeakMap<readonly Element[], string>();
let last = "";

/** Everything by which elements are found, as one text; the very same one as long as it says the same. */
function soughtIn(elements: readonly Element[]): string {
  const before = soughtOf.get(elements);
  if (before !== undefined) return before;
  const sought = JSON.stringify(
    elements.map(({ id, kind, name, aliases, triggerWords, keywords }) => [
      ...[id, kind, name, aliases, triggerWords, keywords],
    ]),
  );
  if (sought !== last) last = sought;
  soughtOf.set(elements, last);
  return last;
}

function presencesOf(shot: ShotSaying, found: readonly Match[], elements: readonly Element[]): Presences {
  const matches = new Map(found.map((match) => [match.elementId, match]));
  const shown: Presence[] = [];
  const suggested: Presence[] = [];
  for (const element of elements) {
    const match = matches.get(element.id);
    if (shot.elementIds.includes(element.id)) shown.push({ element, confidence: 1, sign: "chosen" });
    else if (shot.elementsOut?.includes(element.id)) continue;
    else if (element.kind === "style") shown.push({ element, confidence: 1, sign: "style" });
    else if (match) {
      const presence = { element, confidence: match.confidence, sign: match.sign };
      (match.confidence >= seenFrom ? shown : suggested).push(presence);
    }
  }
  return { shown, suggested: suggested.sort((a, b) => b.confidence - a.confidence) };
}

function saidIn(shot: ShotSaying, scene: Heading): Said {
  return {
    people: [...shot.characters, ...shot.dialogue.map((line) => line.character)],
    heading: scene?.heading ?? "",
    seen: shot.prompt.trim() === "" ? shot.action : shot.prompt,
    spoken: shot.dialogue.map((line) => line.text).join("\n"),
  };
}

/** @returns the element with the variant that the scene asks for */
export function inScene(element: Element, sceneId: Id): ElementInShot {
  const variant: ElementVariant | undefined = element.variants?.find((each) => each.sceneIds.includes(sceneId));
  return {
    id: element.id,
    kind: element.kind,
    name: element.name,
    ...(variant === undefined ? {} : { variantId: variant.id, variantName: variant.name }),
    description: variant?.description ?? element.description,
    triggerWords: variant?.triggerWords ?? element.triggerWords,
    look: { ...element.look, ...variant?.look },
    colours: variant?.colours ?? element.colours ?? [],
    props: element.props ?? [],
    refs: variant?.refs ?? element.refs ?? [],
  };
}

/** Everything about it that a prompt or a picture shows, as one text: as long as that is the same, so is the element. */
export function fingerprintOf(element: ElementInShot): string {
  const look = Object.entries(element.look).sort(([a], [b]) => (a < b ? -1 : 1));
  const { kind, name, variantName = "", description, triggerWords, colours, props } = element;
  const refs = element.refs.map((ref) => ref.assetId);
  return JSON.stringify([kind, name, variantName, description, triggerWords, look, colours, props, refs]);
}
