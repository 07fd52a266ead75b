import { useSettled } from "./use-settled.ts";

export function ColourField({
  label,
  value,
  disabled,
  onCommit,
}: {
  label: string;
  value: string;
  disabled: boolean;
  onCommit(hex: string): void;
}) {
  const picked = useSettled(value, onCommit);
  return (
    <input type="color" className="element-colour" aria-label={label} title={label} disabled={disabled} {...picked} />
  );
}
