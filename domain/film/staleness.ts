/**
 * Whether a take still shows what its shot says. What is compared is what people decide: words, camera, length, who and
 * what is in the picture. Size, engine and what somebody wished for one render only make nothing stale.
 */
import { z } from "zod";
import { colourName } from "#domain/elements/colour-names.ts";
import { fingerprintOf, type ElementInShot } from "#domain/elements/in-shot.ts";
import type { TakeView } from "#domain/jobs/messages/views.ts";
import { inputsOf, type ShotInputs } from "#domain/prompt/inputs.ts";
import { peopleInShot } from "#domain/prompt/people-in-shot.ts";
import { hashText } from "#domain/screenplay/seeded.ts";
import { framesToSeconds, type FrameRate } from "#domain/time.ts";
import type { ElementThen, MadeFrom, Said } from "./made-from.ts";
import { playingTake, takesByShot } from "./playing-take.ts";
import type { Scene } from "./scene.ts";
import { shotTypeNames, type Shot } from "./shot.ts";
import type { Film } from "./snapshot.ts";
import { stagedWords, type StagedWords } from "./staged-words.ts";

export const changeKinds = [
  ...(["action", "dialogue", "prompt", "people", "element", "place", "synopsis"] as const),
  ...(["framing", "length", "rate", "seed", "plan"] as const),
] as const;

/** Something that is otherwise than when the take was made; "" where there was or is nothing. */
export const InputChange = z.object({
  what: z.enum(changeKinds),
  /** Of the element. */
  name: z.string().optional(),
  before: z.string(),
  after: z.string(),
});
export type InputChange = z.infer<typeof InputChange>;

type FilmParts = Pick<Film, "meta" | "scenes" | "asideScenes" | "shots" | "elements" | "staging">;
type Take = Pick<TakeView, "madeFrom" | "prompt" | "frames" | "fps">;

/** @param asked  what the render is asked with beside the shot's own */
export function madeFrom(
  film: FilmParts,
  shot: Shot,
  asked: Pick<MadeFrom, "seed" | "engineWanted" | "modelWanted">,
): MadeFrom {
  const { seed, engineWanted, modelWanted } = asked;
  return {
    v: 1,
    ...saidBy(film, shot),
    fps: film.meta.fps,
    seed,
    ...(shot.seed === undefined ? {} : { pinnedSeed: shot.seed }),
    ...(engineWanted === undefined ? {} : { engineWanted }),
    ...(modelWanted === undefined ? {} : { modelWanted }),
  };
}

/**
 * What is otherwise now than when the take was made; nothing as soon as it is as it was.
 * @returns the same list for the same take, shot and film: asking for all shots of a long film is cheap
 */
export function changesSince(film: FilmParts, shot: Shot, take: Take): readonly InputChange[] {
  const now = saidBy(film, shot);
  const known = answers.get(take);
  if (known && known.now === now && known.fps === film.meta.fps && known.shot === shot) return known.changes;
  const changes = take.madeFrom ? compare(take.madeFrom, now, film, shot) : compareBare(take, film, shot);
  const kept = changes.length === 0 ? none : changes;
  answers.set(take, { now, shot, fps: film.meta.fps, changes: kept });
  return kept;
}

/** A shot whose playing take no longer shows what the shot says, and why. */
export interface StaleShot<T> {
  shot: Shot;
  take: T;
  changes: readonly InputChange[];
  /** Another take that shows it, where there is one: to shoot it anew would bring nothing. */
  fitting: T | null;
}

type NumberedTake = Take & Pick<TakeView, "id" | "shotId" | "number">;

/** Those of the film's shots, in its order; the take that plays is the chosen one, else the newest. */
export function staleShots<T extends NumberedTake>(film: FilmParts, takes: readonly T[]): StaleShot<T>[] {
  const takesOf = takesByShot(takes);
  return film.shots.flatMap((shot) => staleShot(film, shot, takesOf.get(shot.id) ?? []) ?? []);
}

/** @param takes  the shot's own  @returns null while the take that plays shows what the shot says, or there is none */
export function staleShot<T extends NumberedTake>(
  film: FilmParts,
  shot: Shot,
  takes: readonly T[],
): StaleShot<T> | null {
  const take = playingTake(shot, takes);
  const changes = take === null ? none : changesSince(film, shot, take);
  if (take === null || changes.length === 0) return null;
  const newestFirst = [...takes].sort((a, b) => b.number - a.number);
  const fitting = newestFirst.find((other) => changesSince(film, shot, other).length === 0);
  return { shot, take, changes, fitting: fitting ?? null };
}

const none: readonly InputChange[] = [];
const answers = new WeakMap<Take, { now: Saying; shot: Shot; fps: FrameRate; changes: readonly InputChange[] }>();

/** What of a shot is compared. */
type Saying = Omit<MadeFrom, "v" | "fps" | "seed" | "pinnedSeed" | "engineWanted" | "modelWanted">;

const sayings = new WeakMap<ShotInputs, { shot: Shot; staged: string; saying: Saying }>();

function saidBy(film: FilmParts, shot: Shot): Saying {
  const inputs = inputsOf(film, shot);
  const { scene, elements } = inputs;
  const staged = stagedWords(film, shot, scene);
  const known = sayings.get(inputs);
  if (known && known.shot === shot && known.staged === staged.compared) return known.saying;
  const characters = elements.filter((element) => element.kind === "character");
  const saying: Saying = {
    action: said(shot.action),
    dialogue: said(spoken(shot)),
    prompt: said(shot.prompt),
    type: shot.type,
    move: shot.move,
    ...(shot.lens === undefined ? {} : { lens: shot.lens }),
    frames: shot.durationFrames,
    people: peopleInShot(film, shot, characters).slice(0, 200),
    place: placeOf(scene),
    synopsis: said(scene?.synopsis ?? ""),
    elements: elements.slice(0, 100).map(elementNow),
    plan: planSaid(shot, staged),
  };
  sayings.set(inputs, { shot, staged: staged.compared, saying });
  return saying;
}

function compare(then: MadeFrom, now: Saying, film: FilmParts, shot: Shot): InputChange[] {
  const isComposed = now.prompt.text === "";
  const changes: InputChange[] = [];
  const add = (what: InputChange["what"], before: string, after: string) => changes.push({ what, before, after });
  const addSaid = (what: "action" | "dialogue" | "prompt" | "synopsis" | "plan") => {
    if (then[what].hash !== now[what].hash) add(what, then[what].text, now[what].text);
  };
  addSaid("prompt");
  // Where people write the prompt, nobody is told of the action and the scene's synopsis.
  if (isComposed && then.prompt.text === "") addSaid("action");
  addSaid("dialogue");
  if (!sameWords(then.people, now.people)) add("people", then.people.join(", "), now.people.join(", "));
  changes.push(...elementChanges(then, now));
  if (then.place.toLowerCase() !== now.place.toLowerCase()) add("place", then.place, now.place);
  if (isComposed && then.prompt.text === "") addSaid("synopsis");
  if (framing(then) !== framing(now)) add("framing", framing(then), framing(now));
  if (then.frames !== now.frames) add("length", length(then.frames, then.fps), length(now.frames, film.meta.fps));
  if (!sameRate(then.fps, film.meta.fps)) add("rate", rate(then.fps), rate(film.meta.fps));
  const { seed } = shot;
  // To let go of a seed asks for nothing.
  if (seed !== undefined && seed !== then.pinnedSeed && seed !== then.seed)
    add("seed", String(then.seed), String(seed));
  addSaid("plan");
  return changes;
}

/** Of a take of which little is known: what it was asked with tells a part of it. */
function compareBare(take: Take, film: FilmParts, shot: Shot): InputChange[] {
  const changes: InputChange[] = [];
  const own = shot.prompt.trim();
  const action = shot.action.trim();
  if (own !== "" && !take.prompt.includes(own))
    changes.push({ what: "prompt", before: short(take.prompt), after: short(own) });
  if (own === "" && action !== "" && !plain(take.prompt).includes(plain(action)))
    changes.push({ what: "action", before: short(take.prompt), after: short(action) });
  const now = film.meta.fps;
  if (take.frames !== shot.durationFrames)
    changes.push({ what: "length", before: length(take.frames, take.fps), after: length(shot.durationFrames, now) });
  if (!sameRate(take.fps, now)) changes.push({ what: "rate", before: rate(take.fps), after: rate(now) });
  return changes;
}

function elementChanges(then: MadeFrom, now: Saying): InputChange[] {
  const before = new Map(then.elements.map((element) => [element.id, element]));
  const after = new Map(now.elements.map((element) => [element.id, element]));
  const all = new Map([...before, ...after]);
  return [...all].flatMap(([id, { name }]): InputChange[] => {
    const [was, is] = [before.get(id), after.get(id)];
    // One of which nothing but the name is known changes no picture by being in the library.
    if ((was?.hash ?? "") === (is?.hash ?? "")) return [];
    return [{ what: "element", name, before: was?.text ?? "", after: is?.text ?? "" }];
  });
}

function elementNow(element: ElementInShot): ElementThen {
  const { id, name, variantId, variantName, description, triggerWords, colours, look, props, refs } = element;
  const looks = Object.entries(look).flatMap(([part, value]) =>
    value === undefined ? [] : [`${spaced(part)} ${wordOf(value)}`],
  );
  const facts = [
    ...[variantName ?? "", description.trim(), triggerWords.join(", "), colours.map(colourName).join(", ")],
    ...[looks.join(", "), props.join(", "), refs.length === 0 ? "" : `${refs.length} reference pictures`],
  ].filter((fact) => fact !== "");
  const hash = facts.length === 0 ? "" : hashed(fingerprintOf(element));
  return { id, name, ...(variantId === undefined ? {} : { variantId }), hash, text: short(facts.join(" · ")) };
}

function spoken({ dialogue }: Pick<Shot, "dialogue">): string {
  return dialogue
    .map(({ character, parenthetical, text }) => `${character}: ${parenthetical ? `(${parenthetical}) ` : ""}${text}`)
    .join("\n");
}

const settings = { int: "INT", ext: "EXT", "int-ext": "INT/EXT", "": "" } as const;

function placeOf(scene: Scene | null): string {
  if (scene === null) return "";
  const parts = [
    settings[scene.setting],
    (scene.location.trim() || scene.heading.trim()).slice(0, 500),
    scene.time.trim(),
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

function framing({ type, move, lens }: Pick<MadeFrom, "type" | "move" | "lens">): string {
  const camera = move === "static" ? "" : spaced(move);
  return [shotTypeNames[type], camera, lens === undefined ? "" : `${lens} mm`].filter((part) => part !== "").join(", ");
}

function length(frames: number, fps: FrameRate): string {
  return `${Number(framesToSeconds(frames, fps).toFixed(2))} s (${frames} frames)`;
}

const wordOf = (value: unknown) =>
  typeof value === "string" && value.startsWith("#") ? colourName(value) : String(value);
const rate = ({ num, den }: FrameRate) => `${Number((num / den).toFixed(3))} fps`;
const sameRate = (a: FrameRate, b: FrameRate) => a.num * b.den === b.num * a.den;
const sameWords = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((word) => b.includes(word));
const spaced = (name: string) => name.replace(/_/g, " ").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
const plain = (text: string) => text.toLowerCase().replace(/\s+/g, " ").trim();
const short = (text: string) => text.trim().slice(0, 300);

function said(text: string): Said {
  const words = text.trim();
  return { hash: words === "" ? "" : hashed(words), text: words.slice(0, 300) };
}

/** What programs wrote over the plan, and what people staged. */
function planSaid(shot: Shot, staged: StagedWords): Said {
  const overrides = typeof shot.plan === "object" && shot.plan !== null ? JSON.stringify(shot.plan) : "";
  if (staged.compared === "") return said(overrides);
  return { hash: hashed(`${overrides}${staged.compared}`), text: short(staged.shown) };
}

function hashed(text: string): string {
  return `${hashText(text).toString(36)}-${text.length}`;
}
