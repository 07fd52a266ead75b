import { shotTypeNames } from "#domain/film/shot.ts";
import type { ProposalSummary } from "#domain/screenplay/reparse/proposal.ts";
import { timecode, type FrameRate } from "#domain/time.ts";
import { moveNames } from "#app/studio/board/shot-words.ts";

/** `1 new shot, 1 changed, 16 untouched`: each thing once, only what there is. */
export function summaryWords(summary: ProposalSummary): string {
  const named = (count: number, word: string) => (count > 0 ? [{ count, word }] : []);
  const shots = [
    ...named(summary.new, summary.new === 1 ? "new shot" : "new shots"),
    ...named(summary.changed, "changed"),
    ...named(summary.moved, "moved"),
    ...named(summary.aside, "set aside"),
  ].map(({ count, word }) => `${count} ${word}`);
  const scenes = named(summary.scenes, summary.scenes === 1 ? "scene changed" : "scenes changed").map(
    ({ count, word }) => `${count} ${word}`,
  );
  const rest = named(summary.untouched, "untouched").map(({ count, word }) => `${count} ${word}`);
  return [...shots, ...scenes, ...rest].join(", ");
}

/** What the button says that takes so many changes at once. */
export function acceptWords(changes: number): string {
  return changes === 1 ? "Accept it" : changes === 2 ? "Accept both" : `Accept all ${changes}`;
}

export function counted(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}

export const fieldNames: Readonly<Record<string, string>> = {
  action: "Action",
  dialogue: "Dialogue",
  characters: "In the picture",
  type: "Shot type",
  move: "Camera",
  durationFrames: "Length",
  heading: "Heading",
  synopsis: "Synopsis",
  scriptNumber: "Scene number",
};

/** A field's value as people say it; lists are the caller's. */
export function valueWords(value: unknown, fps: FrameRate): string {
  if (typeof value === "number") return timecode(value, fps);
  if (typeof value !== "string") return "";
  const names: Readonly<Record<string, string>> = { ...shotTypeNames, ...moveNames };
  return names[value] ?? value;
}
