import { useEffect, useState } from "react";
import { enterPressed } from "#app/ui/enter-pressed.ts";
import { readLens } from "./lens.ts";

/** A shot's focal length, mm; empty is up to the engine. */
export function LensField({
  lens,
  label,
  disabled,
  onCommit,
}: {
  lens: number | undefined;
  label: string;
  disabled?: boolean;
  onCommit(lens: number | undefined): void;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  useEffect(() => setDraft(null), [lens]);
  const read = draft === null ? null : readLens(draft);
  const leave = () => {
    setDraft(null);
    if (read !== null && read !== "wrong" && read.lens !== lens) onCommit(read.lens);
  };
  return (
    <span className="ui-number" data-unit="true">
      <input
        className="ui-input num"
        inputMode="numeric"
        list="lenses"
        aria-label={label}
        aria-invalid={read === "wrong" ? true : undefined}
        title={read === "wrong" ? "A lens is 8 to 400 mm." : undefined}
        placeholder="Any"
        disabled={disabled}
        value={draft ?? (lens === undefined ? "" : String(lens))}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={leave}
        onKeyDown={(event) => {
          if (enterPressed(event)) leave();
          if (event.key === "Escape") setDraft(null);
        }}
      />
      <span className="unit">mm</span>
      <datalist id="lenses">
        {commonLenses.map((length) => (
          <option key={length} value={length} />
        ))}
      </datalist>
    </span>
  );
}

const commonLenses = [14, 18, 21, 24, 28, 35, 50, 85, 100, 135, 200];
