/** What is heard at which beat, because of what people do and what the words name. */
import type { Cue, Motion, PlannedCharacter, ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { beatsOf } from "#domain/screenplay/scene-plan.ts";
import { hashText, seededRandom } from "#domain/screenplay/seeded.ts";
import { blowSeconds, fallStrikes, grabAt, slipped } from "./deed-moments.ts";
import type { Effect } from "./sound-kinds.ts";

/** Sounds of things, by the words that speak of them. */
const heard: readonly [RegExp, Effect, number][] = [
  [/\bdoors?\b[^.]{0,30}\b(?:slams?|bangs?)|\bslams? (?:the|a) door/g, "door", 1],
  [
    /\bdoors?\b[^.]{0,30}\b(?:opens?|closes?|shuts?|creaks?)|\b(?:opens?|closes?|shuts?) (?:the|a) door|\bknock(?:s|ing)?\b/g,
    "door",
    0.6,
  ],
  [/\bsplash\w*|\b(?:dives?|plunges?|falls?) into the (?:water|sea|river)/g, "splash", 0.8],
  [/\b(?:glass|window|bottle)\b[^.]{0,20}\b(?:breaks?|shatters?|smash\w*)|\b(?:shatters?|smashes)\b/g, "glass", 0.9],
  [/\b(?:horn|foghorn)\b|\bhonks?\b/g, "horn", 0.7],
  [/\bengine\b[^.]{0,20}\b(?:starts?|coughs?|roars?)|\bstarts? the (?:car|engine)/g, "engine-start", 0.8],
  [/\bbells?\b[^.]{0,20}\b(?:rings?|tolls?|chimes?)|\b(?:rings?|tolls) the bell|\bchimes?\b/g, "bell", 0.7],
  [/\bthunder\b|\blightning\b/g, "thunder", 0.9],
  [/\bthuds?\b|\bcrash(?:es)?\b/g, "thud", 0.9],
];

/** Motions that begin with an accent of the music where something else went before. */
const turns: readonly Motion[] = ["run", "fight", "dance", "climb", "push"];

type Timed = Pick<ScenePlan, "frames" | "fps" | "beatSeconds" | "weather" | "setSeed" | "seed">;

/** @returns at most so many as a plan takes, in the order of their beats */
export function cuesFor(action: string, cast: readonly PlannedCharacter[], plan: Timed): Cue[] {
  const end = beatsOf(plan);
  const said = action.slice(0, 4000).toLowerCase();
  const cues: Cue[] = [];
  const add = (beat: number, cue: Omit<Cue, "beat">) => addAt(Math.round(beat * 2) / 2, cue);
  // What is seen to strike is heard at that moment, whatever the beat.
  const addAt = (beat: number, cue: Omit<Cue, "beat">) => {
    const at = Math.min(Math.max(0, beat), Math.max(0, end - 0.5));
    if (!cues.some((other) => other.kind === cue.kind && other.effect === cue.effect && Math.abs(other.beat - at) < 1))
      cues.push({ beat: at, ...cue });
  };
  for (const [pattern, effect, level] of heard)
    for (const match of [...said.matchAll(pattern)].slice(0, 4))
      add((match.index / Math.max(1, said.length)) * end, { kind: "effect", effect, level });
  for (const person of cast) {
    if (person.offScreen) continue;
    for (const deed of person.deeds) {
      const long = deed.to - deed.from;
      if (deed.motion === "fall") {
        addAt(deed.from + fallStrikes / plan.beatSeconds, { kind: "effect", effect: "thud", level: 0.9 });
        addAt(deed.from + fallStrikes / plan.beatSeconds, { kind: "hit", level: 0.8 });
      }
      if (deed.motion === "pick-up")
        addAt(deed.from + grabAt(long * plan.beatSeconds) / plan.beatSeconds, {
          ...{ kind: "effect", effect: "pick-up", level: 0.5 },
        });
      if (deed.motion === "stand-up") add(deed.from + long * 0.3, { kind: "effect", effect: "cloth", level: 0.5 });
      if (deed.from > 0 && turns.includes(deed.motion)) add(deed.from, { kind: "hit", level: 0.55 });
    }
    const fights = person.deeds.length === 0 && person.action === "fight" ? [{ from: 0, to: end }] : [];
    for (const { from, to } of [...person.deeds.filter(({ motion }) => motion === "fight"), ...fights])
      for (const { beat, effect } of blowsOf(from, to, plan.beatSeconds))
        addAt(beat, { kind: "effect", effect, level: 0.8 });
  }
  if (/\b(?:reveals?|comes into view|appears? out of|suddenly)\b/.test(said)) {
    const at =
      (said.search(/\b(?:reveals?|comes into view|appears? out of|suddenly)\b/) / Math.max(1, said.length)) * end;
    if (at >= 2) add(at, { kind: "swell", level: 0.7 });
    else add(Math.max(1, at), { kind: "hit", level: 0.8 });
  }
  if (plan.weather === "storm")
    for (const beat of thunderBeats(plan)) add(beat, { kind: "effect", effect: "thunder", level: 0.9 });
  return cues.sort((a, b) => a.beat - b.beat).slice(0, 64);
}

const mostBlows = 20;
/** The blows of a fight as they land, once those who fight have their fists up. */
function blowsOf(from: number, to: number, beatSeconds: number): { beat: number; effect: Effect }[] {
  const each = blowSeconds(beatSeconds);
  const blows: { beat: number; effect: Effect }[] = [];
  for (let count = Math.ceil((from * beatSeconds + 0.35) / each); blows.length < mostBlows; count += 1) {
    const beat = (count * each) / beatSeconds;
    if (beat >= to) break;
    blows.push({ beat, effect: slipped(count) ? "whoosh" : "punch" });
  }
  return blows;
}

/** It strikes soon after the shot begins, and then every few seconds; another shot's storm strikes at other times. */
function thunderBeats(plan: Timed): number[] {
  const random = seededRandom(plan.setSeed ^ plan.seed ^ hashText("thunder"));
  const seconds = beatsOf(plan) * plan.beatSeconds;
  const beats: number[] = [];
  for (let at = 1.2 + random() * 2; at < seconds && beats.length < 20; at += 4 + random() * 6)
    beats.push(at / plan.beatSeconds);
  return beats;
}
