import { useEffect, useState } from "react";
import { Slider } from "#app/ui/slider.tsx";

export interface SetSliderProps {
  label: string;
  /** What the number is measured by. */
  hint?: string;
  value: number;
  min: number;
  max: number;
  step: number;
  words(value: number): string;
  disabled: boolean;
  onCommit(value: number): void;
}

/** A row with a slider that writes once, when the hand lets go. */
export function SetSlider({ label, hint, value, min, max, step, words, disabled, onCommit }: SetSliderProps) {
  const [draft, setDraft] = useState<number | null>(null);
  useEffect(() => setDraft(null), [value]);
  const shown = draft ?? Math.min(max, Math.max(min, value));
  return (
    <div className="inspector-row set-slider">
      <span title={hint}>{label}</span>
      <Slider
        label={label}
        value={shown}
        min={min}
        max={max}
        step={step}
        disabled={disabled}
        onChange={setDraft}
        onCommit={(next) => onCommit(Math.round(next * 100) / 100)}
      />
      <span className="num strong">{words(draft ?? value)}</span>
    </div>
  );
}
