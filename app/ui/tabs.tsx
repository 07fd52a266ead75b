import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";
import "./tabs.css";

export interface Tab {
  id: string;
  name: string;
  /** Shown beside the name when above 0. */
  count?: number;
  body: ReactNode;
}

/** A panel's head of tabs with its bodies; arrow keys move between tabs. */
export function Tabs({
  tabs,
  value,
  onChange,
  label,
}: {
  tabs: readonly Tab[];
  value: string;
  onChange(id: string): void;
  label: string;
}) {
  return (
    <Radix.Root value={value} onValueChange={onChange} style={{ display: "contents" }}>
      <Radix.List className="ui-tabs" aria-label={label}>
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.id} value={tab.id}>
            {tab.name}
            {tab.count ? <span className="count num">{tab.count}</span> : null}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.id} value={tab.id} className="ui-tab-body">
          {tab.body}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
