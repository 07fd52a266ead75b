/** The board played as a film of stills: every shot for as long as it is, one after the other. Pure. */
import type { Element } from "#domain/film/element.ts";
import type { DialogueLine, Shot } from "#domain/film/shot.ts";
import type { Frames } from "#domain/time.ts";

export interface AnimaticShot {
  shot: Shot;
  /** On the animatic's own clock; `to` is the frame after the last one. */
  from: Frames;
  to: Frames;
}

export function animaticOf(shots: readonly Shot[]): AnimaticShot[] {
  let at = 0;
  return shots.map((shot) => {
    const from = at;
    at += shot.durationFrames;
    return { shot, from, to: at };
  });
}

/** Which shot is seen at a frame, by its place in the list; the last one at the end. @returns -1 for an empty board */
export function indexAt(plan: readonly AnimaticShot[], frame: Frames): number {
  let low = 0;
  let high = plan.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (frame < (plan[middle] as AnimaticShot).to) high = middle;
    else low = middle + 1;
  }
  return high;
}

/** The line that is being said: each has a share of the shot by its length. */
export function lineAt({ shot, from, to }: AnimaticShot, frame: Frames): DialogueLine | null {
  const whole = shot.dialogue.reduce((sum, line) => sum + line.text.length + 1, 0);
  let left = ((frame - from) / Math.max(1, to - from)) * whole;
  for (const line of shot.dialogue) {
    left -= line.text.length + 1;
    if (left < 0) return line;
  }
  return shot.dialogue.at(-1) ?? null;
}

export interface ScratchVoice {
  /** Which of the voices that the browser has, counted round. */
  voice: number | { name: string };
  pitch: number;
  rate: number;
}

/** A voice for somebody: the one that their element has, else always the same one for the same name. */
export function scratchVoice(
  character: string,
  elements: readonly Pick<Element, "name" | "kind" | "voice">[],
): ScratchVoice {
  const name = character.trim().toLowerCase();
  const given = elements.find((element) => element.kind === "character" && element.name.toLowerCase() === name)?.voice;
  if (given) return { voice: { name: given.name }, pitch: given.pitch, rate: given.rate };
  let hash = 7;
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return { voice: hash % 8, pitch: 0.75 + ((hash >>> 3) % 11) * 0.06, rate: 0.95 + ((hash >>> 7) % 5) * 0.04 };
}
