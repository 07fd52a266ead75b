import { ChevronDown } from "lucide-react";
import type { FountainKind } from "#domain/screenplay/fountain.ts";
import { lineKinds, type LineKind } from "#domain/screenplay/fountain/line-kinds.ts";
import { Button } from "#app/ui/button.tsx";
import { Menu } from "#app/ui/menu.tsx";
import { lineNames } from "./line-names.ts";

/** Says what the caret's line is, and makes it something else. */
export function LineTypeMenu({ kind, onPick }: { kind: FountainKind; onPick(kind: LineKind): void }) {
  return (
    <Menu
      items={lineKinds.map((each, index) => ({
        name: lineNames[each],
        shortcut: `Ctrl+${index + 1}`,
        run: () => onPick(each),
      }))}
    >
      <Button size="small" look="quiet" title="Line type (Tab)" aria-label={`Line type: ${lineNames[kind]}`}>
        {lineNames[kind]}
        <ChevronDown className="small" />
      </Button>
    </Menu>
  );
}
