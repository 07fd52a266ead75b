import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { beginComment } from "#app/studio/comments/comments-state.ts";
import { Cursors } from "#app/studio/presence/cursors.tsx";
import { join } from "#app/ui/button.tsx";
import { useSession } from "#app/studio/session/film-session.tsx";
import { usePresence } from "#app/studio/session/use-peers.ts";
import { ScriptView } from "#app/studio/script/script-view.tsx";
import { Banners } from "./banners.tsx";
import { Divider, rememberedColumns } from "./divider.tsx";
import { useShortcuts } from "./keyboard.ts";
import { Rail } from "./rail.tsx";
import { ShortcutsSheet } from "./shortcuts-sheet.tsx";
import { TopBar } from "./top-bar.tsx";
import { useShown } from "./use-view.ts";
import { ViewGuard } from "./view-guard.tsx";
import { views, type ViewId } from "./views.ts";
import "./shell.css";

const loadBoard = () => import("#app/studio/board/board-view.tsx").then((module) => ({ default: module.BoardView }));
const loadShots = () => import("#app/studio/shots/shots-view.tsx").then((module) => ({ default: module.ShotsView }));
const loadTimeline = () =>
  import("#app/studio/timeline/timeline-view.tsx").then((module) => ({ default: module.TimelineView }));
/** The only heavy one: it brings what draws in three dimensions, so it comes when it is asked for. */
const loadSet = () => import("#app/studio/set/set-view.tsx").then((module) => ({ default: module.SetView }));
const BoardView = lazy(loadBoard);
const ShotsView = lazy(loadShots);
const TimelineView = lazy(loadTimeline);
const SetView = lazy(loadSet);
const Inspector = lazy(() =>
  import("#app/studio/inspector/inspector.tsx").then((module) => ({ default: module.Inspector })),
);

const faces: Record<ViewId, React.ComponentType> = {
  script: ScriptView,
  board: BoardView,
  shots: ShotsView,
  timeline: TimelineView,
  "3d": SetView,
};

const fetchViewsAfterMs = 1500;

/** Every view but the heavy one is fetched soon after the first one stands, so that they open at once, and offline too. */
function useViewsAhead(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      // One that can't be fetched now is fetched when it is shown.
      for (const load of [loadBoard, loadShots, loadTimeline]) load().catch(() => undefined);
    }, fetchViewsAfterMs);
    return () => clearTimeout(timer);
  }, []);
}

/** Top bar, rail, the view, the inspector; and what belongs to all of them. */
export function Shell() {
  const { undo, mayEdit, mayComment } = useSession();
  const presence = usePresence();
  const { shown, show, only, toggleBeside } = useShown();
  const { view, beside } = shown;
  const stage = useRef<HTMLElement>(null);
  const [columns] = useState(rememberedColumns);
  const [sheetOpen, setSheetOpen] = useState(false);
  useEffect(() => presence.set({ view, pointer: null }), [presence, view]);
  useViewsAhead();

  useShortcuts([
    ...views.map((each, index) => ({
      keys: `Alt+${index + 1}`,
      name: each.name,
      group: "Views",
      run: () => show(each.id),
    })),
    ...(mayComment ? [{ keys: "Shift+C", name: "Comment", group: "Studio", run: () => beginComment(null) }] : []),
    { keys: "Alt+B", name: "Script and board side by side", group: "Views", run: toggleBeside },
    { keys: "?", name: "Keyboard shortcuts", group: "Studio", run: () => setSheetOpen(true) },
    ...(mayEdit
      ? [
          { keys: "Ctrl+Z", name: "Undo", group: "Studio", run: () => void undo.undo() },
          { keys: "Ctrl+Shift+Z", name: "Redo", group: "Studio", run: () => void undo.redo() },
          { keys: "Ctrl+Y", name: "Redo", group: "Studio", hidden: true, run: () => void undo.redo() },
        ]
      : []),
  ]);

  return (
    <div className="studio">
      <TopBar shown={shown} onView={only} onBeside={toggleBeside} />
      <main ref={stage} className="stage" data-view={view} data-beside={beside !== null} style={columns}>
        <Banners />
        <Rail view={view} onView={show} onShortcuts={() => setSheetOpen(true)} />
        <Pane id={view} />
        {beside === null ? (
          <aside className="stage-inspector panel" aria-label="Inspector">
            <ViewGuard>
              <Suspense fallback={null}>
                <Inspector view={view} />
              </Suspense>
            </ViewGuard>
          </aside>
        ) : (
          <>
            <Divider box={stage} />
            <Pane id={beside} className="stage-beside" />
          </>
        )}
      </main>
      <Cursors view={view} />
      <ShortcutsSheet open={sheetOpen} onClose={() => setSheetOpen(false)} />
    </div>
  );
}

function Pane({ id, className }: { id: ViewId; className?: string }) {
  const View = faces[id];
  return (
    <section
      className={join("stage-center", className)}
      aria-label={views.find((each) => each.id === id)?.name}
      data-surface={id}
    >
      <ViewGuard key={id}>
        <Suspense fallback={<div className="view-loading" />}>
          <View />
        </Suspense>
      </ViewGuard>
    </section>
  );
}
