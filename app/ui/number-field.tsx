import { useEffect, useState, type KeyboardEvent } from "react";
import "./field.css";

export interface NumberFieldProps {
  label: string;
  value: number;
  /** Called on Enter, on leaving the field, and on arrow keys; always within min and max. */
  onCommit(value: number): void;
  min?: number;
  max?: number;
  step?: number;
  /** Digits after the point. */
  digits?: number;
  /** Shown inside at the end, e.g. `f`. */
  unit?: string;
  disabled?: boolean;
}

/** A number that is typed or stepped; what is not a number goes back to what it was. Esc too. */
export function NumberField({
  label,
  value,
  onCommit,
  min = -Infinity,
  max = Infinity,
  step = 1,
  digits = 0,
  unit,
  disabled,
}: NumberFieldProps) {
  const face = value.toFixed(digits);
  const [draft, setDraft] = useState(face);
  useEffect(() => setDraft(face), [face]);

  const commit = (next: number) => {
    const held = Math.min(max, Math.max(min, Number(next.toFixed(digits))));
    setDraft(held.toFixed(digits));
    if (held !== value) onCommit(held);
  };
  const leave = () => {
    const read = Number(draft.replace(",", "."));
    if (draft.trim() !== "" && Number.isFinite(read)) commit(read);
    else setDraft(face);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") leave();
    else if (event.key === "Escape") setDraft(face);
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      commit(value + (event.key === "ArrowUp" ? step : -step) * (event.shiftKey ? 10 : 1));
    }
  };
  return (
    <span className="ui-number" data-unit={unit !== undefined}>
      <input
        className="ui-input"
        role="spinbutton"
        inputMode={digits > 0 ? "decimal" : "numeric"}
        aria-label={label}
        aria-valuenow={value}
        aria-valuemin={Number.isFinite(min) ? min : undefined}
        aria-valuemax={Number.isFinite(max) ? max : undefined}
        disabled={disabled}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={leave}
        onKeyDown={onKeyDown}
      />
      {unit ? <span className="unit">{unit}</span> : null}
    </span>
  );
}
