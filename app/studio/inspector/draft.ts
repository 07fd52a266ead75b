/** Words in the hand: what a person writes in a field whose text others write, too. */
import { mergeTexts } from "#domain/film/merge-texts.ts";

export interface Draft {
  text: string;
  /** What stood there when the person began. */
  from: string;
  /** It is written down, and only waits until the film shows it. */
  isKept: boolean;
}

/** What becomes of a draft when the hand rests. */
export type Rest = { do: "nothing" } | { do: "write"; text: string } | { do: "theirs stands"; mine: string };

/** @param value  what the film says now */
export function typed(draft: Draft | null, text: string, value: string): Draft {
  return { text, from: draft === null ? value : draft.isKept ? draft.text : draft.from, isKept: false };
}

/** Words are written once, and never over what somebody else wrote since. */
export function restOf(draft: Draft | null, value: string): Rest {
  if (draft === null || draft.isKept || draft.text === value || draft.text === draft.from) return { do: "nothing" };
  const text = mergeTexts(draft.from, draft.text, value);
  return text === null ? { do: "theirs stands", mine: draft.text } : { do: "write", text };
}
