import { Box, Keyboard, ListTree, MessageSquare, Shapes, Users, type LucideIcon } from "lucide-react";
import { lazy, Suspense, useEffect, useState, type ComponentType } from "react";
import { CommentsPanel } from "#app/studio/comments/comments-panel.tsx";
import { commentsState } from "#app/studio/comments/comments-state.ts";
import { useOpenElement } from "#app/studio/elements/element-dialog-state.ts";
import { InThisScene } from "#app/studio/elements/in-this-scene.tsx";
import { useStore } from "#app/studio/session/store.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Checklist } from "./checklist.tsx";
import { Outline } from "./outline.tsx";
import { PeoplePanel } from "./people-panel.tsx";
import type { ViewId } from "./views.ts";
import "./rail.css";

const ElementsPanel = lazy(async () => ({
  default: (await import("#app/studio/elements/elements-panel.tsx")).ElementsPanel,
}));
const ElementDialog = lazy(async () => ({
  default: (await import("#app/studio/elements/element-dialog.tsx")).ElementDialog,
}));

const SetPanel = lazy(async () => ({ default: (await import("#app/studio/set/set-panel.tsx")).SetPanel }));

const panels = {
  scenes: { name: "Scenes", Icon: ListTree, Face: Outline },
  elements: { name: "Elements", Icon: Shapes, Face: ElementsPanel },
  comments: { name: "Comments", Icon: MessageSquare, Face: CommentsPanel },
  people: { name: "People", Icon: Users, Face: PeoplePanel },
  set: { name: "Set", Icon: Box, Face: SetPanel },
} satisfies Record<string, { name: string; Icon: LucideIcon; Face: ComponentType<{ view: ViewId }> }>;
type PanelId = keyof typeof panels;

export function Rail({ view, onView, onShortcuts }: { view: ViewId; onView(view: ViewId): void; onShortcuts(): void }) {
  const [panel, setPanel] = useState<PanelId>("scenes");
  const asked = useStore(commentsState, (state) => state.asked);
  const hasOpenComments = useFilm((film) => film.comments.some((comment) => !comment.resolved && !comment.replyTo));
  useEffect(() => {
    if (asked > 0) setPanel("comments");
  }, [asked]);
  // Who goes into a set has what is in it beside them; who leaves it, the scenes.
  useEffect(() => setPanel((now) => (view === "3d" ? "set" : now === "set" ? "scenes" : now)), [view]);
  const hasOpenElement = useOpenElement() !== null;
  const { Face } = panels[panel];
  return (
    <aside className="stage-rail rail" aria-label="Side panels">
      <nav className="icons" aria-label="Side panels">
        {(Object.keys(panels) as PanelId[])
          .filter((id) => id !== "set" || view === "3d")
          .map((id) => {
            const { name, Icon } = panels[id];
            return (
              <IconButton
                key={id}
                name={name}
                side="right"
                data-current={panel === id}
                data-news={id === "comments" && hasOpenComments}
                onClick={() => setPanel(id)}
              >
                <Icon />
              </IconButton>
            );
          })}
        <span className="grow" />
        <IconButton name="Keyboard shortcuts" shortcut="?" side="right" onClick={onShortcuts}>
          <Keyboard />
        </IconButton>
      </nav>
      <div className="body">
        <Suspense fallback={null}>
          <Face view={view} />
        </Suspense>
        {panel === "scenes" ? <InThisScene onAll={() => setPanel("elements")} /> : null}
        <Checklist onView={onView} />
      </div>
      {hasOpenElement ? (
        <Suspense fallback={null}>
          <ElementDialog />
        </Suspense>
      ) : null}
    </aside>
  );
}
