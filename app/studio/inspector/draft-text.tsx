import { useEffect, useRef, useState, type TextareaHTMLAttributes } from "react";
import { toast } from "#app/ui/toast.tsx";
import { restOf, typed, type Draft } from "./draft.ts";

export interface DraftTextProps extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "value" | "onChange"> {
  label: string;
  value: string;
  onCommit(value: string): void;
}

const restMs = 600;

/**
 * Words that are written down shortly after the hand rests and on leaving, so that the others follow without a
 * transaction per letter. What somebody else writes shows at once unless this field is being written in; then both are
 * kept, or theirs where it is the same words.
 */
export function DraftText({ label, value, onCommit, ...rest }: DraftTextProps) {
  const [draft, setDraft] = useState<Draft | null>(null);
  const latest = useRef({ label, draft, value, onCommit });
  latest.current = { label, draft, value, onCommit };

  useEffect(() => {
    if (draft === null || draft.isKept) return;
    const timer = setTimeout(() => setDraft(keep(latest.current)), restMs);
    return () => clearTimeout(timer);
  }, [draft]);
  // The film shows what was written, or what somebody wrote after it.
  useEffect(() => setDraft((now) => (now?.isKept ? null : now)), [value]);
  // Another shot is selected while words are still in the hand: they belong to the old one.
  useEffect(() => () => void keep(latest.current), []);

  return (
    <textarea
      {...rest}
      className="ui-input"
      aria-label={label}
      value={draft?.text ?? value}
      onChange={(event) => setDraft(typed(draft, event.target.value, value))}
      onBlur={() => setDraft(keep(latest.current))}
    />
  );
}

/** @returns what stays in the hand */
function keep({ label, draft, value, onCommit }: { draft: Draft | null } & DraftTextProps): Draft | null {
  const then = restOf(draft, value);
  if (then.do === "write") {
    onCommit(then.text);
    return { text: then.text, from: value, isKept: true };
  }
  if (then.do === "theirs stands")
    toast.wrong(`Somebody else changed the same words of “${label}” while you wrote. Theirs stand there now.`, {
      name: "Use mine",
      run: () => onCommit(then.mine),
    });
  return null;
}
