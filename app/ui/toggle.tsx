import { Switch } from "radix-ui";
import "./field.css";

export function Toggle({
  label,
  on,
  onChange,
  disabled,
}: {
  label: string;
  on: boolean;
  onChange(on: boolean): void;
  disabled?: boolean;
}) {
  return (
    <Switch.Root
      className="ui-toggle"
      aria-label={label}
      checked={on}
      onCheckedChange={onChange}
      disabled={disabled ?? false}
    >
      <Switch.Thumb className="knob" />
    </Switch.Root>
  );
}
