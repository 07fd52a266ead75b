import { ContextMenu as RadixContext, DropdownMenu as Radix } from "radix-ui";
import { Fragment, type ReactNode } from "react";
import "./menu.css";

export interface MenuEntry {
  name: string;
  icon?: ReactNode;
  shortcut?: string;
  disabled?: boolean;
  /** Drawn in the colour of failure. */
  danger?: boolean;
  run(): void;
}
/** Entries, with `"line"` between groups and `{ label }` above one. */
export type MenuItems = readonly (MenuEntry | "line" | { label: string })[];

/** A button's menu; `children` is the button. */
export function Menu({
  items,
  align = "start",
  children,
}: {
  items: MenuItems;
  align?: "start" | "end";
  children: ReactNode;
}) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="ui-menu" align={align} sideOffset={4} collisionPadding={8}>
          {items.map((item, index) => (
            <Fragment key={index}>
              {item === "line" ? (
                <Radix.Separator className="line" />
              ) : "label" in item ? (
                <Radix.Label className="label">{item.label}</Radix.Label>
              ) : (
                <Radix.Item
                  className="item"
                  disabled={item.disabled ?? false}
                  data-danger={item.danger}
                  onSelect={item.run}
                >
                  <EntryFace entry={item} />
                </Radix.Item>
              )}
            </Fragment>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The same menu under the right button (and the menu key); `children` is one element that takes a ref. */
export function ContextMenu({
  items,
  onOpenChange,
  children,
}: {
  items: MenuItems;
  onOpenChange?: (isOpen: boolean) => void;
  children: ReactNode;
}) {
  return (
    <RadixContext.Root modal={false} onOpenChange={(isOpen) => onOpenChange?.(isOpen)}>
      <RadixContext.Trigger asChild>{children}</RadixContext.Trigger>
      <RadixContext.Portal>
        <RadixContext.Content className="ui-menu" collisionPadding={8}>
          {items.map((item, index) => (
            <Fragment key={index}>
              {item === "line" ? (
                <RadixContext.Separator className="line" />
              ) : "label" in item ? (
                <RadixContext.Label className="label">{item.label}</RadixContext.Label>
              ) : (
                <RadixContext.Item
                  className="item"
                  disabled={item.disabled ?? false}
                  data-danger={item.danger}
                  onSelect={item.run}
                >
                  <EntryFace entry={item} />
                </RadixContext.Item>
              )}
            </Fragment>
          ))}
        </RadixContext.Content>
      </RadixContext.Portal>
    </RadixContext.Root>
  );
}

function EntryFace({ entry }: { entry: MenuEntry }) {
  return (
    <>
      {entry.icon}
      <span className="cut">{entry.name}</span>
      {entry.shortcut ? <span className="key">{entry.shortcut}</span> : null}
    </>
  );
}
