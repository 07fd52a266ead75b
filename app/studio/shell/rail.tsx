import { Keyboard, ListTree, Users } from "lucide-react";
import { useState } from "react";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Checklist } from "./checklist.tsx";
import { Outline } from "./outline.tsx";
import { PeoplePanel } from "./people-panel.tsx";
import type { ViewId } from "./views.ts";
import "./rail.css";

export function Rail({ view, onView, onShortcuts }: { view: ViewId; onView(view: ViewId): void; onShortcuts(): void }) {
  const [panel, setPanel] = useState<"scenes" | "people">("scenes");
  return (
    <aside className="stage-rail rail" aria-label="Side panels">
      <nav className="icons" aria-label="Side panels">
        <IconButton name="Scenes" side="right" data-current={panel === "scenes"} onClick={() => setPanel("scenes")}>
          <ListTree />
        </IconButton>
        <IconButton name="People" side="right" data-current={panel === "people"} onClick={() => setPanel("people")}>
          <Users />
        </IconButton>
        <span className="grow" />
        <IconButton name="Keyboard shortcuts" shortcut="?" side="right" onClick={onShortcuts}>
          <Keyboard />
        </IconButton>
      </nav>
      <div className="body">
        {panel === "scenes" ? <Outline view={view} /> : <PeoplePanel />}
        <Checklist onView={onView} />
      </div>
    </aside>
  );
}
