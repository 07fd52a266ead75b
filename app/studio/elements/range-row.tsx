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
  words: string;
  disabled: boolean;
  onChange(value: number): void;
}) {
  return (
    <label className="element-look-row">
      <span>{label}</span>
      <input
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(Number(event.target.value))}
      />
      <span className="num faint small">{words}</span>
    </label>
  );
}
