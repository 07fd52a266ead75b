import { useState } from "react";
import { enterPressed } from "#app/ui/enter-pressed.ts";
import { TextField } from "#app/ui/text-field.tsx";

/** A name, written down on leaving; an empty one is not taken. */
export function NameField({
  name,
  label = "Name",
  disabled,
  onCommit,
}: {
  name: string;
  label?: string;
  disabled: boolean;
  onCommit(name: string): void;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const leave = () => {
    const given = draft?.trim() ?? "";
    if (given !== "" && given !== name) onCommit(given);
    setDraft(null);
  };
  return (
    <TextField
      label={label}
      value={draft ?? name}
      maxLength={200}
      disabled={disabled}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={leave}
      onKeyDown={(event) => (enterPressed(event) ? leave() : undefined)}
    />
  );
}
