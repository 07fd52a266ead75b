import { lazy, Suspense, useEffect, useState } from "react";
import { Cursors } from "#app/studio/presence/cursors.tsx";
import { useSession } from "#app/studio/session/film-session.tsx";
import { usePresence } from "#app/studio/session/use-peers.ts";
import { ScriptView } from "#app/studio/script/script-view.tsx";
import { Banners } from "./banners.tsx";
import { useShortcuts } from "./keyboard.ts";
import { Rail } from "./rail.tsx";
import { ShortcutsSheet } from "./shortcuts-sheet.tsx";
import { TopBar } from "./top-bar.tsx";
import { useView } from "./use-view.ts";
import { ViewGuard } from "./view-guard.tsx";
import { views, type ViewId } from "./views.ts";
import "./shell.css";

const BoardView = lazy(() =>
  import("#app/studio/board/board-view.tsx").then((module) => ({ default: module.BoardView })),
);
const ShotsView = lazy(() =>
  import("#app/studio/shots/shots-view.tsx").then((module) => ({ default: module.ShotsView })),
);
const TimelineView = lazy(() =>
  import("#app/studio/timeline/timeline-view.tsx").then((module) => ({ default: module.TimelineView })),
);
const Inspector = lazy(() =>
  import("#app/studio/inspector/inspector.tsx").then((module) => ({ default: module.Inspector })),
);

const faces: Record<ViewId, React.ComponentType> = {
  script: ScriptView,
  board: BoardView,
  shots: ShotsView,
  timeline: TimelineView,
};

/** Top bar, rail, the view, the inspector; and what belongs to all of them. */
export function Shell() {
  const { undo, mayEdit } = useSession();
  const presence = usePresence();
  const [view, show] = useView();
  const [sheetOpen, setSheetOpen] = useState(false);
  useEffect(() => presence.set({ view, pointer: null }), [presence, view]);

  useShortcuts([
    ...views.map((each, index) => ({
      keys: `Alt+${index + 1}`,
      name: each.name,
      group: "Views",
      run: () => show(each.id),
    })),
    { keys: "?", name: "Keyboard shortcuts", group: "Studio", run: () => setSheetOpen(true) },
    ...(mayEdit
      ? [
          { keys: "Ctrl+Z", name: "Undo", group: "Studio", run: () => void undo.undo() },
          { keys: "Ctrl+Shift+Z", name: "Redo", group: "Studio", run: () => void undo.redo() },
          { keys: "Ctrl+Y", name: "Redo", group: "Studio", hidden: true, run: () => void undo.redo() },
        ]
      : []),
  ]);

  const View = faces[view];
  return (
    <div className="studio">
      <TopBar view={view} onView={show} />
      <main className="stage" data-view={view}>
        <Banners />
        <Rail view={view} onView={show} onShortcuts={() => setSheetOpen(true)} />
        <section className="stage-center" aria-label={views.find((each) => each.id === view)?.name} data-surface={view}>
          <ViewGuard key={view}>
            <Suspense fallback={<div className="view-loading" />}>
              <View />
            </Suspense>
          </ViewGuard>
        </section>
        <aside className="stage-inspector panel" aria-label="Inspector">
          <ViewGuard>
            <Suspense fallback={null}>
              <Inspector />
            </Suspense>
          </ViewGuard>
        </aside>
      </main>
      <Cursors view={view} />
      <ShortcutsSheet open={sheetOpen} onClose={() => setSheetOpen(false)} />
    </div>
  );
}
