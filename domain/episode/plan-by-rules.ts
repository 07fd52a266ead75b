/**
 * Beats out of an intent by rules alone: what it tells, moment by moment, and where it tells less than was asked for,
 * the pictures an editor would want besides: the place ahead, a face or a thing behind, the same moment seen otherwise.
 */
import type { ShotType } from "#domain/film/shot.ts";
import { breakDown } from "#domain/screenplay/breakdown.ts";
import { cameraCue, feels, hurries, travels, usualMoves } from "#domain/screenplay/breakdown/camera-words.ts";
import { placeFor, places } from "#domain/screenplay/plan/plan-places.ts";
import { hourFor, propsIn } from "#domain/screenplay/plan/plan-words.ts";
import { shortPlace } from "#domain/screenplay/fountain/heading.ts";
import { sentencesOf } from "#domain/screenplay/breakdown/sentences.ts";
import { defaultFrameRate, framesToSeconds } from "#domain/time.ts";
import { castOf, type Cast } from "./cast-of-intent.ts";
import { defaultBeats, maxBeats, titleOf, type Beat, type EpisodePlan, type PlanWish } from "./plan.ts";
import type { WorldElement } from "./world.ts";

/** Always the same plan for the same wish; never throws. */
export function planByRules(wish: PlanWish): EpisodePlan {
  const intent = wish.intent.replace(/\r\n?/g, "\n").trim();
  const cast = castOf(intent, wish.world);
  const written = beatsOfScript(intent, wish);
  if (written !== null) {
    const title = written.find((beat) => beat.place !== "")?.place;
    return {
      title: title === undefined ? titleOf(intent) : shortPlace(title),
      beats: written,
      elements: elementsOf(written, cast),
    };
  }
  const beats = beatsOfProse(intent.replace(/\s+/g, " "), { ...wish, beats: wish.beats ?? defaultBeats }, cast);
  return { title: titleOf(intent), beats, elements: elementsOf(beats, cast) };
}

/** An intent with scene headings is a script and says its shots itself; where they are too many, neighbours are gathered. */
function beatsOfScript(intent: string, wish: PlanWish): Beat[] | null {
  const read = breakDown(intent, { fps: defaultFrameRate });
  if (read.mode !== "screenplay") return null;
  const shots = read.scenes.flatMap((scene) =>
    scene.shots.map((shot): Beat => ({
      description: (shot.action || scene.synopsis || scene.heading || "The place.").slice(0, 2000),
      place: scene.location.slice(0, 200),
      setting: scene.setting,
      time: scene.time.slice(0, 60),
      characters: shot.characters.slice(0, 20),
      dialogue: shot.dialogue.slice(0, 20),
      shot: shot.type,
      move: shot.move,
      seconds: Math.min(60, Math.max(0.5, framesToSeconds(shot.durationFrames, defaultFrameRate))),
    })),
  );
  return shots.length === 0 ? null : gathered(shots, wish.beats ?? maxBeats).map(joined);
}

/** Neighbours in one place become one beat; a beat takes the framing of its first. */
function joined(beats: readonly Beat[]): Beat {
  const [first] = beats as [Beat, ...Beat[]];
  return {
    ...first,
    description: beats
      .map((beat) => beat.description)
      .join(" ")
      .slice(0, 2000),
    characters: [...new Set(beats.flatMap((beat) => beat.characters))].slice(0, 20),
    dialogue: beats.flatMap((beat) => beat.dialogue).slice(0, 20),
    seconds: Math.min(
      60,
      beats.reduce((sum, beat) => sum + beat.seconds, 0),
    ),
  };
}

interface Draft {
  text: string;
  shot: ShotType;
  characters: string[];
}

function beatsOfProse(intent: string, wish: PlanWish & { beats: number }, cast: Cast): Beat[] {
  const place = placeIn(intent, wish.world);
  const moments = gathered(momentsOf(intent, wish.beats), wish.beats).map((texts) => texts.map(sentence).join(" "));
  let recent: string[] = [];
  const drafts = moments.map((text, index): Draft => {
    const named = cast.namedIn(text);
    const characters = named.length > 0 ? named : /\b(?:he|she|they|him|her|them)\b/i.test(text) ? recent : [];
    if (named.length > 0) recent = named;
    return { text, shot: framingFor(text, characters, index === 0), characters };
  });
  const covered = withCoverage(drafts, wish.beats, intent, place, cast);
  const hour = hourFor("", "", intent).toUpperCase();
  return covered.map(({ text, shot, characters }) => ({
    description: text.slice(0, 2000),
    place: place.name,
    setting: place.setting,
    time: hour,
    characters,
    dialogue: [],
    shot,
    move: cameraCue(text)?.move ?? usualMoves[shot],
    seconds: wish.seconds,
  }));
}

/** What happens, one after the other; a single long sentence is taken apart where it goes on to something else. */
function momentsOf(intent: string, wanted: number): string[] {
  const sentences = sentencesOf(intent);
  if (sentences.length >= wanted) return sentences;
  const turn = /\s*;\s*|,?\s+(?:and then|then|until|after which)\s+|,\s+(?:and|but|before)\s+(?=\S+\s+\S+)/i;
  const parts = sentences.flatMap((each) => each.split(turn).filter((part) => part.trim() !== ""));
  return parts.length === 0 ? [intent] : parts;
}

function framingFor(text: string, characters: readonly string[], first: boolean): ShotType {
  const asked = cameraCue(text)?.type;
  if (asked !== undefined) return asked;
  if (characters.length >= 2) return "two_shot";
  if (characters.length === 0) return first ? "establishing" : "wide";
  if (hurries.test(text) || travels.test(text)) return "tracking";
  if (feels.test(text)) return "close_up";
  return first ? "wide" : "medium";
}

/** Adds pictures until there are as many as asked for: the place ahead, a close end, then the moments seen otherwise. */
function withCoverage(
  moments: readonly Draft[],
  wanted: number,
  intent: string,
  place: PlaceFound,
  cast: Cast,
): Draft[] {
  const drafts = [...moments];
  const first = moments[0] as Draft;
  const lacks = () => drafts.length < wanted;
  if (lacks() && first.shot !== "establishing") {
    const text = place.phrase === "" ? first.text : sentence(place.phrase);
    drafts.unshift({ text, shot: "establishing", characters: [] });
  }
  if (lacks()) drafts.push(closing(moments.at(-1) as Draft, intent, cast));
  for (let turn = 0; lacks(); turn += 1) {
    const moment = moments[turn % moments.length] as Draft;
    const otherwise = framingsBesides[Math.min(moment.characters.length, 2)] as readonly ShotType[];
    const shot = otherwise[Math.floor(turn / moments.length) % otherwise.length] as ShotType;
    // Behind its own moment, and ahead of the closing picture.
    const at = drafts.findLastIndex((draft) => draft.text === moment.text);
    drafts.splice(Math.min(at + 1, drafts.length - 1), 0, { ...moment, shot });
  }
  return drafts;
}

/** How else a moment can be seen, by how many people it shows: nobody, one, more. */
const framingsBesides: readonly (readonly ShotType[])[] = [
  ["medium", "wide", "insert"],
  ["medium", "close_up", "wide", "pov"],
  ["medium", "over_shoulder", "close_up", "wide"],
];

function closing(last: Draft, intent: string, cast: Cast): Draft {
  const person = last.characters[0] ?? cast.people[0]?.name;
  if (person !== undefined)
    return { text: `Close on ${cast.phraseFor(person)}.`, shot: "close_up", characters: [person] };
  const [thing] = propsIn(intent);
  if (thing !== undefined) return { text: `Insert: the ${thing.replace("-", " ")}.`, shot: "insert", characters: [] };
  return { ...last, shot: "wide" };
}

interface PlaceFound {
  /** For a heading, e.g. `rainy neon alley`. */
  name: string;
  /** As the intent says it, e.g. `a rainy neon alley`. */
  phrase: string;
  setting: Beat["setting"];
}

/** Where it plays: a place of the world that the intent names, else the first of its phrases that names a place. */
function placeIn(intent: string, world: readonly WorldElement[]): PlaceFound {
  const lower = intent.toLocaleLowerCase();
  const known = world.find((one) => one.kind === "location" && lower.includes(one.name.toLocaleLowerCase()));
  if (known !== undefined) {
    const described = `${known.name} ${known.description}`;
    return { name: known.name, phrase: known.name, setting: settingOf(described) };
  }
  const ends = String.raw`(?=\s+(?:with|where|while|as|and|when|who|that|which|to|for|at|in|on|by|until|before|after|during|of course)\b|[,.;:!?]|$)`;
  const led = new RegExp(String.raw`^((?:an?|the|one)\s+[^,.;:!?]{2,60}?)${ends}`, "i").exec(intent)?.[1];
  const put = new RegExp(
    String.raw`\b(?:in|on|at|inside|through|along|across|under|beside|near|into|onto|over|around|down|up)\s+((?:an?|the|her|his|their|its|this|that|some)\s+[^,.;:!?]{2,60}?)${ends}`,
    "gi",
  );
  const named = /\b((?:an?|the)\s+(?:[\p{Ll}-]+\s+){0,2}?[\p{Ll}-]+)\b/giu;
  const phrases = [
    ...(led === undefined ? [] : [led]),
    ...[...intent.matchAll(put), ...intent.matchAll(named)].map((match) => match[1] ?? ""),
  ];
  for (const phrase of phrases) {
    if (!namesPlace(phrase)) continue;
    const name = phrase.replace(/^(?:an?|the|one|her|his|their|its|this|that|some)\s+/i, "").trim();
    return { name, phrase, setting: settingOf(phrase) };
  }
  return { name: "", phrase: "", setting: "" };
}

const vessel = /\b(?:ferry|ship|boat|trawler|yacht|submarine|train|bus|spaceship)\b/i;

function namesPlace(phrase: string): boolean {
  const kind = placeFor(phrase, "", "");
  return (kind !== "interior" && kind !== "exterior") || vessel.test(phrase);
}

function settingOf(phrase: string): Beat["setting"] {
  if (!namesPlace(phrase)) return "";
  const kind = placeFor(phrase, "", "");
  return kind !== "interior" && kind !== "exterior" ? (places[kind].interior ? "int" : "ext") : "ext";
}

function elementsOf(beats: readonly Beat[], cast: Cast): WorldElement[] {
  const people = new Map(cast.people.map((person) => [person.name.toLocaleLowerCase(), person]));
  for (const name of beats.flatMap((beat) => beat.characters))
    if (!people.has(name.toLocaleLowerCase())) people.set(name.toLocaleLowerCase(), { name, description: "" });
  const where = [...new Set(beats.map((beat) => beat.place).filter((place) => place !== ""))];
  return [
    ...[...people.values()].map((person) => ({ kind: "character" as const, ...person, triggerWords: [] })),
    ...where.map((name) => ({ kind: "location" as const, name, description: "", triggerWords: [] })),
  ];
}

/** At most `most` groups of neighbours, as even as can be. */
export function gathered<T>(items: readonly T[], most: number): T[][] {
  const count = Math.min(items.length, most);
  return Array.from({ length: count }, (_, index) =>
    items.slice(Math.floor((index * items.length) / count), Math.floor(((index + 1) * items.length) / count)),
  );
}

function sentence(text: string): string {
  const plain = text.trim();
  const upper = plain.charAt(0).toLocaleUpperCase() + plain.slice(1);
  return /[.!?…。！？]["'”’)]?$/.test(upper) ? upper : `${upper}.`;
}
