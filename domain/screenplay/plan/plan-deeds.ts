/** Puts what people do one after another on the beats of a shot, and to the spots where it ends. */
import { usualEnergy, type SaidDeed } from "./deed-words.ts";
import type { Place } from "./plan-places.ts";
import type { PieceKind } from "./plan-words.ts";
import type { Deed, Motion, PlannedCharacter, PlannedPiece, Vec3 } from "#domain/screenplay/scene-plan.ts";
import { inFrontOf, speedOf } from "./stage-cast.ts";

/** Seconds a motion takes where there is time, and the least it can be done in. */
const lengths: Readonly<Record<Motion, { usual: number; least: number }>> = {
  stand: { usual: 1.5, least: 0.5 },
  walk: { usual: 4, least: 1.5 },
  run: { usual: 2.5, least: 1.2 },
  sneak: { usual: 5, least: 2 },
  sit: { usual: 3, least: 1.4 },
  "stand-up": { usual: 1.8, least: 1.4 },
  talk: { usual: 3, least: 1 },
  point: { usual: 1.8, least: 1.2 },
  look: { usual: 2, least: 0.8 },
  wave: { usual: 2, least: 1.2 },
  "pick-up": { usual: 2.2, least: 1.6 },
  push: { usual: 3.5, least: 1.5 },
  climb: { usual: 4, least: 2 },
  fall: { usual: 1.8, least: 1.4 },
  fight: { usual: 4, least: 2 },
  dance: { usual: 5, least: 2 },
  play: { usual: 5, least: 2 },
  drive: { usual: 5, least: 2 },
  hold: { usual: 3, least: 1 },
  crouch: { usual: 2.5, least: 1.2 },
  lie: { usual: 3, least: 1 },
};
/** These are over when they are done; the others go on for as long as there is time. */
const brief: readonly Motion[] = ["stand-up", "point", "wave", "pick-up", "fall"];
const lasts = (motion: Motion) => !brief.includes(motion);

/** What comes before and after a motion that is soon over, where the words say nothing of it. */
const around: Partial<Record<Motion, { before: Motion; after: Motion }>> = {
  "stand-up": { before: "sit", after: "stand" },
  fall: { before: "stand", after: "lie" },
  "pick-up": { before: "stand", after: "stand" },
};

/** @returns the deeds with what is around them; empty for somebody who does one thing for the whole shot */
export function wholeDeeds(said: readonly SaidDeed[]): SaidDeed[] {
  const out: SaidDeed[] = [];
  const state = (motion: Motion, share: number): SaidDeed => {
    return { motion, way: "along", towards: null, energy: usualEnergy, share };
  };
  for (const deed of said.slice(0, 8)) {
    const frame = around[deed.motion];
    const last = out.at(-1);
    if (frame !== undefined && (last === undefined || (deed.motion === "stand-up" && last.motion !== "sit")))
      if (last?.motion !== "lie") out.push(state(frame.before, deed.share));
    if (deed.anew === true && last === undefined) out.push(state("stand", deed.share));
    out.push(deed);
  }
  const last = said.at(-1);
  const after = last === undefined ? undefined : around[last.motion]?.after;
  if (last !== undefined && after !== undefined) out.push(state(after, last.share));
  const [only] = out;
  return out.length < 2 && (only === undefined || only.energy === usualEnergy) ? [] : out;
}

/** The one motion that says where somebody has to be put: on a seat, on the way, on the spot. */
export function placingMotion(said: readonly SaidDeed[]): Motion {
  const whole = wholeDeeds(said);
  if (whole.length === 0) return said[0]?.motion ?? "stand";
  return whole.some(({ motion }) => motion === "sit") ? "sit" : (whole[0]?.motion ?? "stand");
}

interface Stage {
  place: Place;
  seconds: number;
  beatSeconds: number;
  cast: readonly PlannedCharacter[];
}

/** @returns the person with deeds on the beats, and put where the first of them begins */
export function withDeeds(person: PlannedCharacter, said: readonly SaidDeed[], stage: Stage): PlannedCharacter {
  const timed = timesOf(wholeDeeds(said), stage.seconds, stage.beatSeconds);
  if (timed.length === 0) return person;
  // Who comes to a seat stops before it and turns round.
  const spot = person.seat > 0 ? inFrontOf(person) : person.at;
  const begin = beginOf(person, timed, stage);
  let at = begin;
  const deeds = timed.map(({ deed, from, to }, index): Deed => {
    const target = stage.cast.findIndex(({ name }) => name === deed.towards);
    const towards: Deed["towards"] =
      deed.towards === "camera" ? { kind: "camera" } : target >= 0 ? { kind: "person", index: target } : undefined;
    const reach = speedOf(deed.motion) * paceOf(deed) * (to - from) * stage.beatSeconds;
    const goal = reach > 0 ? goalOf(deed, at, spot, index, timed, stage) : null;
    const goes = goal === null ? null : towardsPoint(at, goal, reach);
    if (goes !== null) at = goes;
    return {
      motion: deed.motion,
      from,
      to,
      energy: deed.energy,
      ...(goes === null ? {} : { goes }),
      ...(towards === undefined ? {} : { towards }),
      ...(deed.motion === "sit" && index > 0 && person.seat > 0 ? { facing: person.facing } : {}),
    };
  });
  return { ...person, at: begin, to: at, facing: facingOf(person, begin, deeds), deeds };
}

/** How far somebody comes against their usual speed. */
const paceOf = ({ energy }: SaidDeed) => (energy < usualEnergy ? 0.65 : energy > usualEnergy ? 1.15 : 1);

type Timed = { deed: SaidDeed; from: number; to: number };

/** Gives each deed its time on the beats; what does not fit any more is left out from the end. */
function timesOf(deeds: readonly SaidDeed[], seconds: number, beatSeconds: number): Timed[] {
  const kept = [...deeds];
  const least = () => kept.reduce((sum, { motion }) => sum + lengths[motion].least, 0);
  while (kept.length > 1 && least() > seconds) kept.pop();
  if (kept.length < 2 && deeds.length > 1) return [];
  if (kept.length === 0) return [];
  const spare = seconds - least();
  const wanted = kept.map(({ motion }) => lengths[motion].usual - lengths[motion].least);
  const wants = wanted.reduce((sum, each) => sum + each, 0);
  const over = Math.max(0, spare - wants);
  const lastings = kept.filter(({ motion }) => lasts(motion)).length;
  const share = wants === 0 ? 0 : Math.min(1, spare / wants);
  const taken = kept.map(({ motion }, index) => {
    const rest = lasts(motion) ? over / lastings : lastings === 0 ? over / kept.length : 0;
    return lengths[motion].least + (wanted[index] ?? 0) * share + rest;
  });
  let at = 0;
  return whoLeavesLeavesLate(kept, taken, seconds).map((length, index): Timed => {
    const from = at;
    at += length;
    const isLast = index === kept.length - 1;
    return {
      deed: kept[index] as SaidDeed,
      from: onBeat(from / beatSeconds),
      to: isLast ? seconds / beatSeconds : onBeat(at / beatSeconds),
    };
  });
}

/** The shot is about what somebody does before they leave; they go at about two thirds of it. */
function whoLeavesLeavesLate(deeds: readonly SaidDeed[], taken: readonly number[], seconds: number): readonly number[] {
  const last = deeds.length - 1;
  const leaving = deeds[last];
  if (last < 1 || leaving?.way !== "out" || speedOf(leaving.motion) === 0) return taken;
  const from = taken.slice(0, last).reduce((sum, each) => sum + each, 0);
  const later = Math.min(seconds * 0.65, seconds - lengths[leaving.motion].least);
  const stretched = deeds.filter(({ motion }, index) => index < last && lasts(motion)).length;
  if (later <= from || stretched === 0) return taken;
  const more = (later - from) / stretched;
  return taken.map((length, index) => {
    if (index === last) return length - (later - from);
    return lasts(deeds[index]?.motion ?? "stand") ? length + more : length;
  });
}

/** The nearest half beat. */
const onBeat = (beats: number) => Math.round(beats * 2) / 2;

/** Who does that first sits, or has a seat of another kind. */
const seatedAlready: readonly Motion[] = ["sit", "stand-up", "play", "drive"];

/** Who comes in or goes to a seat begins on the way to their spot; everybody else on it. */
function beginOf(person: PlannedCharacter, timed: readonly Timed[], stage: Stage): Vec3 {
  const first = timed[0];
  if (first === undefined) return person.at;
  const going = speedOf(first.deed.motion);
  const sitsLater = !seatedAlready.includes(first.deed.motion) && timed.some(({ deed }) => deed.motion === "sit");
  if (going === 0 && sitsLater && person.seat > 0) return inFrontOf(person);
  const comes = first.deed.way === "in" || timed.some(({ deed }, at) => at > 0 && deed.motion === "sit");
  if (going === 0 || !comes) return person.at;
  const reach = going * paceOf(first.deed) * (first.to - first.from) * stage.beatSeconds;
  return towardsPoint(person.seat > 0 ? inFrontOf(person) : person.at, [...stage.place.path.from], reach);
}

function goalOf(deed: SaidDeed, at: Vec3, spot: Vec3, index: number, timed: readonly Timed[], stage: Stage): Vec3 {
  const { from, to } = stage.place.path;
  const other = stage.cast.find(({ name }) => name === deed.towards);
  if (deed.way === "to" && other !== undefined) return besideOf(at, other.at);
  const sitsNext = timed[index + 1]?.deed.motion === "sit";
  if (deed.way === "in" || sitsNext) return spot;
  const ends: readonly Vec3[] = [[...from], [...to]];
  const [near, far] = ends.toSorted((a, b) => apart(at, a) - apart(at, b));
  // Out of the picture is away from the camera's side; along is towards it, from where the place shows what it has,
  // as long as there is room.
  if (deed.way === "out") return [...from];
  if (apart(at, [...to]) > roomToCome) return [...to];
  return far ?? near ?? spot;
}

const roomToCome = 2;

const apart = (a: Vec3, b: Vec3) => Math.hypot(b[0] - a[0], b[2] - a[2]);

/** An arm's length in front of somebody. */
function besideOf(at: Vec3, other: Vec3): Vec3 {
  const distance = apart(at, other);
  return distance <= 1 ? at : towardsPoint(at, other, distance - 0.95);
}

function towardsPoint(at: Vec3, goal: Vec3, reach: number): Vec3 {
  const distance = apart(at, goal);
  if (distance < 0.05) return at;
  const share = Math.min(1, reach / distance);
  const between = (axis: 0 | 1 | 2) => Math.round((at[axis] + (goal[axis] - at[axis]) * share) * 1000) / 1000;
  return [between(0), between(1), between(2)];
}

function facingOf(person: PlannedCharacter, begin: Vec3, deeds: readonly Deed[]): number {
  const goes = deeds[0]?.goes;
  if (goes === undefined || apart(begin, goes) < 0.05) return person.facing;
  return Math.round((Math.atan2(goes[0] - begin[0], goes[2] - begin[2]) * 180_000) / Math.PI) / 1000;
}

/** What the words say somebody handles: what they pick up lies before their feet. */
export function piecesFor(person: PlannedCharacter, named: readonly PieceKind[]): PlannedPiece[] {
  const piece = (kind: PieceKind, at: Vec3): PlannedPiece[] => [
    { id: `rules:${kind}`, kind, at, facing: person.facing, scale: 1, hidden: false },
  ];
  const deed = person.deeds.find(({ motion }) => motion === "pick-up");
  const kind = named.find((each) => !large.includes(each));
  if (deed === undefined || kind === undefined) return [];
  const before = person.deeds.filter(({ to, goes }) => to <= deed.from && goes !== undefined).at(-1);
  const [x, y, z] = before?.goes ?? person.at;
  const turn = (person.facing * Math.PI) / 180;
  return piece(kind, [x + Math.sin(turn) * 0.42, y, z + Math.cos(turn) * 0.42]);
}
const large: readonly PieceKind[] = ["car", "lighthouse", "ferry", "wheel", "clock"];

/** Who picks something up reaches for it, who pushes something leans on it. */
export function aboutPieces(person: PlannedCharacter, pieces: readonly PlannedPiece[]): PlannedCharacter {
  const [piece] = pieces;
  if (piece === undefined) return person;
  const towards = { kind: "piece" as const, id: piece.id };
  return {
    ...person,
    deeds: person.deeds.map((deed) =>
      deed.motion === "pick-up" ? { ...deed, towards: deed.towards ?? towards } : deed,
    ),
  };
}
