import { useEffect, useRef, useState } from "react";
import type { Vec3 } from "#domain/screenplay/scene-plan.ts";

const axes = ["x", "y", "z"] as const;

/** A place in metres, number by number. */
export function PointFields({
  label,
  at,
  disabled,
  onCommit,
}: {
  label: string;
  at: Vec3;
  disabled: boolean;
  onCommit(at: Vec3): void;
}) {
  // A point is written as one: the next number is laid over the last, not over what the film said before it.
  const written = useRef<Vec3 | null>(null);
  const place = at.join(" ");
  useEffect(() => {
    written.current = null;
  }, [place]);
  const commit = (axis: number, value: number) => {
    const next = (written.current ?? at).map((old, index) => (index === axis ? value : old)) as Vec3;
    written.current = next;
    onCommit(next);
  };
  return (
    <div className="point-fields" role="group" aria-label={`${label}, position`}>
      {axes.map((name, axis) => (
        <NumberField
          key={name}
          label={`${label} ${name}`}
          unit={name}
          value={at[axis] ?? 0}
          disabled={disabled}
          onCommit={(value) => commit(axis, value)}
        />
      ))}
    </div>
  );
}

export function NumberField({
  label,
  unit,
  value,
  disabled,
  least = -199,
  most = 199,
  onCommit,
}: {
  label: string;
  unit: string;
  value: number;
  disabled: boolean;
  least?: number;
  most?: number;
  onCommit(value: number): void;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  useEffect(() => setDraft(null), [value]);
  const read = draft === null ? value : Number(draft.replace("−", "-").replace(",", "."));
  const isWrong = !Number.isFinite(read) || read < least || read > most || draft?.trim() === "";
  const leave = () => {
    if (draft !== null && !isWrong && read !== value) onCommit(Math.round(read * 100) / 100);
    setDraft(null);
  };
  return (
    <span className="ui-number" data-unit="true">
      <input
        className="ui-input num"
        inputMode="decimal"
        aria-label={label}
        aria-invalid={isWrong ? true : undefined}
        title={isWrong ? `A number from ${least} to ${most}.` : undefined}
        disabled={disabled}
        value={draft ?? String(Math.round(value * 100) / 100).replace("-", "−")}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={leave}
        onKeyDown={(event) => {
          if (event.key === "Enter") leave();
          if (event.key === "Escape") setDraft(null);
        }}
      />
      <span className="unit">{unit}</span>
    </span>
  );
}
