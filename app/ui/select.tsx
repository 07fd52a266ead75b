import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import "./field.css";
import "./menu.css";

export interface SelectOption<T extends string> {
  id: T;
  name: string;
  /** Options of one group stand together, under its name. */
  group?: string;
}

export interface SelectProps<T extends string> {
  label: string;
  options: readonly SelectOption<T>[];
  value: T;
  onChange(id: NoInfer<T>): void;
  size?: "normal" | "tall";
  look?: "plain" | "quiet";
  disabled?: boolean;
}

export function Select<T extends string>({
  label,
  options,
  value,
  onChange,
  size = "normal",
  look = "plain",
  disabled,
}: SelectProps<T>) {
  return (
    <Radix.Root value={value} onValueChange={(next) => onChange(next as T)} disabled={disabled ?? false}>
      <Radix.Trigger className="ui-select" aria-label={label} data-size={size} data-look={look}>
        <span className="cut">
          <Radix.Value />
        </span>
        <ChevronDown className="small" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="ui-select-list" position="popper" sideOffset={4} collisionPadding={8}>
          <Radix.Viewport>
            {groupsOf(options).map(({ group, items }) => (
              <Radix.Group key={group ?? ""}>
                {group === undefined ? null : <Radix.Label className="ui-select-group">{group}</Radix.Label>}
                {items.map((option) => (
                  <Radix.Item key={option.id} value={option.id} className="ui-select-item">
                    <Radix.ItemText>{option.name}</Radix.ItemText>
                    <Radix.ItemIndicator className="tick">
                      <Check className="small" />
                    </Radix.ItemIndicator>
                  </Radix.Item>
                ))}
              </Radix.Group>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function groupsOf<T extends string>(options: readonly SelectOption<T>[]) {
  const groups: { group: string | undefined; items: SelectOption<T>[] }[] = [];
  for (const option of options) {
    const last = groups.at(-1);
    if (last && last.group === option.group) last.items.push(option);
    else groups.push({ group: option.group, items: [option] });
  }
  return groups;
}
