/**
 * What the person changed in the review, kept apart from the proposal: the script may move on underneath, and the
 * edits are laid over whatever it says then.
 */
import type { ProposedScene, ProposedShot } from "#domain/screenplay/breakdown.ts";
import type { ProposalSummary } from "#domain/screenplay/proposal.ts";
import { shotKey } from "#domain/screenplay/similar.ts";
import { readingOf } from "#domain/screenplay/sources.ts";

export type ShotEdit = Partial<Pick<ProposedShot, "type" | "move" | "action" | "durationFrames">> & {
  removed?: boolean;
};
export type ReviewEdits = Readonly<Record<string, ShotEdit>>;

/** Names a shot of a proposal: its id, else what was read and how often that was read before. */
export function keysOf(scenes: readonly ProposedScene[]): string[][] {
  const seen = new Map<string, number>();
  return scenes.map((scene) =>
    scene.shots.map((shot) => {
      if (shot.id !== undefined) return shot.id;
      const text = shotKey(readingOf(shot));
      const count = seen.get(text) ?? 0;
      seen.set(text, count + 1);
      return `new ${count} ${text}`;
    }),
  );
}

/** The proposal with the person's edits; removed new shots are left out, removed old ones too (they are set aside). */
export function withEdits(scenes: readonly ProposedScene[], edits: ReviewEdits): ProposedScene[] {
  const keys = keysOf(scenes);
  return scenes.map((scene, at) => {
    const leftOut = [...(scene.leftOut ?? [])];
    const shots = scene.shots.flatMap((shot, index) => {
      const edit = edits[keys[at]?.[index] ?? ""];
      if (!edit) return [shot];
      if (edit.removed) {
        if (shot.id === undefined) leftOut.push(shotKey(readingOf(shot)));
        return [];
      }
      const { removed: _removed, ...fields } = edit;
      return [{ ...shot, ...fields, read: readingOf(shot) }];
    });
    return { ...scene, shots, ...(leftOut.length > 0 ? { leftOut } : {}) };
  });
}

/** `1 new, 1 changed, 16 untouched` */
export function summaryWords(summary: ProposalSummary): string {
  const parts = [
    summary.new > 0 ? `${summary.new} new` : "",
    summary.changed > 0 ? `${summary.changed} changed` : "",
    summary.untouched > 0 ? `${summary.untouched} untouched` : "",
    summary.aside > 0 ? `${summary.aside} set aside` : "",
  ].filter((part) => part !== "");
  return parts.join(", ");
}
