import { useEffect, useRef, useState, type TextareaHTMLAttributes } from "react";

export interface DraftTextProps extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "value" | "onChange"> {
  label: string;
  value: string;
  onCommit(value: string): void;
}

/**
 * Words that are written down shortly after the hand rests and on leaving, so that the others follow without a
 * transaction per letter. What somebody else writes shows at once unless this field is being written in.
 */
export function DraftText({ label, value, onCommit, ...rest }: DraftTextProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const pending = useRef<{ text: string; commit(text: string): void } | null>(null);
  pending.current = draft === null ? null : { text: draft, commit: onCommit };

  useEffect(() => {
    if (draft === null || draft === value) return;
    const timer = setTimeout(() => onCommit(draft), 600);
    return () => clearTimeout(timer);
  }, [draft, value, onCommit]);
  // Another shot is selected while words are still in the hand: they belong to the old one.
  useEffect(() => () => pending.current?.commit(pending.current.text), []);

  return (
    <textarea
      {...rest}
      className="ui-input"
      aria-label={label}
      value={draft ?? value}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => {
        if (draft !== null && draft !== value) onCommit(draft);
        setDraft(null);
      }}
    />
  );
}
