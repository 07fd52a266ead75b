import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";
import "./tabs.css";

export interface Segment<T extends string> {
  id: T;
  /** Its accessible name, and its face when there is no icon. */
  name: string;
  icon?: ReactNode;
  title?: string;
}

/** One of a few; always exactly one is on. */
export function SegmentedControl<T extends string>({
  segments,
  value,
  onChange,
  label,
}: {
  segments: readonly Segment<T>[];
  value: T;
  onChange(id: NoInfer<T>): void;
  label: string;
}) {
  return (
    <ToggleGroup.Root
      type="single"
      className="ui-segmented"
      aria-label={label}
      value={value}
      onValueChange={(next) => (next === "" ? undefined : onChange(next as T))}
    >
      {segments.map((segment) => (
        <ToggleGroup.Item
          key={segment.id}
          value={segment.id}
          title={segment.title}
          aria-label={segment.icon ? segment.name : undefined}
        >
          {segment.icon ?? segment.name}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
