import { useState } from "react";
import { enterPressed } from "#app/ui/enter-pressed.ts";
import { TextField } from "#app/ui/text-field.tsx";

/** Words or names, with commas between them; written down on leaving. */
export function WordsField({
  label,
  help,
  words,
  most,
  longest = 100,
  disabled,
  onCommit,
}: {
  label: string;
  help: string;
  words: readonly string[];
  most: number;
  /** Of one word, characters. */
  longest?: number;
  disabled: boolean;
  onCommit(words: string[]): void;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const leave = () => {
    if (draft === null) return;
    const read = [...new Set(draft.split(/[,\n;]/).map((word) => word.trim().slice(0, longest)))];
    const given = read.filter((word) => word !== "").slice(0, most);
    if (given.join("\n") !== words.join("\n")) onCommit(given);
    setDraft(null);
  };
  return (
    <TextField
      label={label}
      help={help}
      value={draft ?? words.join(", ")}
      disabled={disabled}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={leave}
      onKeyDown={(event) => (enterPressed(event) ? leave() : undefined)}
    />
  );
}
