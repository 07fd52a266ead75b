import type * as Y from "yjs";
import { StudioError } from "#domain/errors.ts";
import { breakDown } from "#domain/screenplay/breakdown.ts";
import { allOf, withChoices } from "#domain/screenplay/reparse/choices.ts";
import { readingOptions } from "#domain/screenplay/reparse/live-reading.ts";
import { modelReadingsOf } from "#domain/screenplay/breakdown/model-readings.ts";
import { proposeFrom } from "#domain/screenplay/reparse/proposal.ts";
import { commitBreakdown } from "./commit-breakdown.ts";
import type { EditContext } from "./edit.ts";
import { readFilm } from "./snapshot.ts";

export interface AcceptedChanges {
  /** Ids of changes as a proposal names them; absent: all there are. */
  changeIds?: readonly string[] | undefined;
  /** `conflictId`s in which what is on the board stays. */
  keep?: readonly string[] | undefined;
}

/**
 * Reads the script against the board as both are now, and takes these changes.
 * @throws StudioError "thing/conflict" when none of the named is there any more; nothing is written then
 */
export function acceptChanges(doc: Y.Doc, { changeIds, keep = [] }: AcceptedChanges, context: EditContext): void {
  const film = readFilm(doc);
  const breakdown = breakDown(film.screenplay, { ...readingOptions(film.meta), known: modelReadingsOf(film) });
  const proposal = proposeFrom(film, breakdown);
  const all = allOf(proposal);
  const accepted = changeIds === undefined ? all : new Set(changeIds.filter((id) => all.has(id)));
  if (accepted.size === 0 && (changeIds?.length ?? 0) > 0)
    throw new StudioError(
      "thing/conflict",
      "None of these changes is there any more: script or board have moved on. Parse again and choose from what it says.",
    );
  if (accepted.size > 0) commitBreakdown(doc, withChoices(film, proposal, accepted, new Set(keep)), context);
}
