import { useSettled } from "./use-settled.ts";

/** A value that is set by sliding, and what it is now in words. */
export function RangeRow({
  label,
  range: [min, max, step],
  value,
  words,
  disabled,
  onChange,
}: {
  label: string;
  range: readonly [min: number, max: number, step: number];
  value: number;
  words(value: number): string;
  disabled: boolean;
  onChange(value: number): void;
}) {
  const slid = useSettled(String(value), (settled) => onChange(Number(settled)));
  return (
    <label className="element-look-row">
      <span>{label}</span>
      <input type="range" min={min} max={max} step={step} disabled={disabled} {...slid} />
      <span className="num faint small">{words(Number(slid.value))}</span>
    </label>
  );
}
