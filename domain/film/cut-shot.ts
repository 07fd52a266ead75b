/** Cutting one shot of the board in two, and making one of several: what each half says, and how long it is. Pure. */
import { sentencesOf } from "#domain/screenplay/breakdown/sentences.ts";
import type { Frames } from "#domain/time.ts";
import { maxShotFrames, type DialogueLine, type Shot } from "./shot.ts";

/** Where a shot is cut: ahead of one of its lines of dialogue (0: the picture alone, then all that is said), or at a
 *  share of its length. */
export type Cut = { line: number } | { share: number };

export type Half = Pick<Shot, "action" | "dialogue" | "characters" | "durationFrames">;
type Whole = Pick<Shot, "action" | "dialogue" | "characters" | "durationFrames">;

/** @returns null where the cut would leave one side with nothing */
export function cutShot(shot: Whole, cut: Cut): [Half, Half] | null {
  if (shot.durationFrames < 2) return null;
  return "line" in cut ? cutAtLine(shot, cut.line) : cutAtShare(shot, cut.share);
}

/** Where a shot falls apart by itself: between its lines, else between what is seen and what is said, else in the middle. */
export function naturalCut(shot: Whole): Cut {
  if (shot.dialogue.length > 1) return { line: Math.ceil(shot.dialogue.length / 2) };
  return shot.dialogue.length === 1 && shot.action.trim() !== "" ? { line: 0 } : { share: 0.5 };
}

function cutAtLine(shot: Whole, line: number): [Half, Half] | null {
  const before = shot.dialogue.slice(0, line);
  const after = shot.dialogue.slice(line);
  if (after.length === 0 || (before.length === 0 && shot.action.trim() === "")) return null;
  const first = weightOf(shot.action, before);
  const frames = framesAt(shot.durationFrames, first / (first + weightOf("", after)));
  return [halfOf(shot, shot.action, before, frames), halfOf(shot, "", after, shot.durationFrames - frames)];
}

function cutAtShare(shot: Whole, share: number): [Half, Half] | null {
  if (!(share > 0 && share < 1)) return null;
  const frames = framesAt(shot.durationFrames, share);
  const sentences = sentencesOf(shot.action);
  const at = nearestBetween(
    sentences.map((sentence) => sentence.length),
    share,
  );
  // One sentence is seen from its beginning to its end: both halves show it.
  const [seenFirst, seenThen] =
    at === null ? [shot.action, shot.action] : [sentences.slice(0, at).join(" "), sentences.slice(at).join(" ")];
  const lineAt = nearestBetween(
    shot.dialogue.map((line) => line.text.length),
    share,
  );
  // A single line is heard where most of the time is.
  const saidFirst = lineAt ?? (share < 0.5 ? 0 : shot.dialogue.length);
  return [
    halfOf(shot, seenFirst, shot.dialogue.slice(0, saidFirst), frames),
    halfOf(shot, seenThen, shot.dialogue.slice(saidFirst), shot.durationFrames - frames),
  ];
}

function halfOf(shot: Whole, action: string, dialogue: DialogueLine[], durationFrames: Frames): Half {
  const heard = new Set(dialogue.map((line) => line.character.toLowerCase()));
  const seen = action.toLowerCase();
  const here = shot.characters.filter((name) => heard.has(name.toLowerCase()) || seen.includes(name.toLowerCase()));
  return { action, dialogue, characters: here.length > 0 ? here : shot.characters, durationFrames };
}

/** Which boundary between pieces of these lengths is nearest to `share` of the whole. @returns null for fewer than two */
function nearestBetween(lengths: readonly number[], share: number): number | null {
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  let best: { at: number; off: number } | null = null;
  let before = 0;
  for (let at = 1; at < lengths.length; at += 1) {
    before += lengths[at - 1] ?? 0;
    const off = Math.abs(before / Math.max(1, whole) - share);
    if (best === null || off < best.off) best = { at, off };
  }
  return best?.at ?? null;
}

const weightOf = (action: string, dialogue: readonly DialogueLine[]) =>
  dialogue.reduce((sum, line) => sum + line.text.length + 8, action.length);

const framesAt = (frames: Frames, share: number): Frames =>
  Math.min(frames - 1, Math.max(1, Math.round(frames * share)));

/** The most that can be noted at a shot, characters. */
const maxNotes = 5000;

/** @returns why these shots cannot be one, in a sentence; null when they can */
export function whyNotJoined(shots: readonly Shot[]): string | null {
  const [first] = shots;
  if (!first || shots.length < 2) return "Select two shots or more of one scene to make one of them.";
  if (shots.some((shot) => shot.sceneId !== first.sceneId))
    return "Shots of two scenes cannot become one: move them into one scene first.";
  const joined = joinShots(shots);
  if (joined.durationFrames > maxShotFrames)
    return `Together they are longer than ${maxShotFrames} frames, the most a shot can have.`;
  if (joined.dialogue.length > 200 || joined.action.length > 10_000)
    return "Together they say more than one shot can hold.";
  if ((joined.notes?.length ?? 0) > maxNotes)
    return `Together their notes are longer than ${maxNotes} characters, the most that can stand at a shot: shorten them first.`;
  return null;
}

/** What one shot says that stands for all of these, in their order. */
export function joinShots(shots: readonly Shot[]): Half & Pick<Shot, "prompt" | "elementIds" | "notes"> {
  const all = <T>(read: (shot: Shot) => readonly T[]) => [...new Set(shots.flatMap(read))];
  const words = (read: (shot: Shot) => string) => all((shot) => [read(shot).trim()]).filter((text) => text !== "");
  const notes = words((shot) => shot.notes ?? "").join("\n");
  return {
    ...(notes === "" ? {} : { notes }),
    // Both halves of a sentence that was cut in two say it: it is said once.
    action: words((shot) => shot.action).join(" "),
    prompt: words((shot) => shot.prompt)
      .join(" ")
      .slice(0, 10_000),
    dialogue: shots.flatMap((shot) => shot.dialogue),
    characters: all((shot) => shot.characters).slice(0, 40),
    elementIds: all((shot) => shot.elementIds).slice(0, 100),
    durationFrames: shots.reduce((sum, shot) => sum + shot.durationFrames, 0),
  };
}
