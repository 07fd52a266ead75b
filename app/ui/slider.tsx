import { Slider as Radix } from "radix-ui";
import "./field.css";

export interface SliderProps {
  label: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  onChange(value: number): void;
  /** When the hand lets go: the moment to write into the document. */
  onCommit?(value: number): void;
  disabled?: boolean;
}

export function Slider({ label, value, min, max, step = 1, onChange, onCommit, disabled }: SliderProps) {
  return (
    <Radix.Root
      className="ui-slider"
      min={min}
      max={max}
      step={step}
      value={[value]}
      disabled={disabled ?? false}
      onValueChange={([next]) => (next === undefined ? undefined : onChange(next))}
      onValueCommit={([next]) => (next === undefined ? undefined : onCommit?.(next))}
    >
      <Radix.Track className="track">
        <Radix.Range className="range" />
      </Radix.Track>
      <Radix.Thumb className="thumb" aria-label={label} />
    </Radix.Root>
  );
}
