import { Link } from "@remix-run/react";
import { Columns2 } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import type { DocumentId } from "#app/studio/export/documents.ts";
import { onOpenExport } from "#app/studio/export/open-export.ts";
import { ShareDialog } from "#app/studio/share/share-dialog.tsx";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useFilm } from "#app/studio/session/use-film.ts";
import { Button } from "#app/ui/button.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Mark } from "#app/ui/mark.tsx";
import { Tooltip } from "#app/ui/tooltip.tsx";
import { FilmTitle } from "./film-title.tsx";
import { JobPill } from "./job-pill.tsx";
import { PeopleHere } from "./people-here.tsx";
import { SavedState } from "./saved-state.tsx";
import { views, type Shown, type ViewId } from "./views.ts";

const ExportDialog = lazy(() =>
  import("#app/studio/export/export-dialog.tsx").then((module) => ({ default: module.ExportDialog })),
);

export interface TopBarProps {
  shown: Shown;
  onView(view: ViewId): void;
  onBeside(): void;
}

export function TopBar({ shown, onView, onBeside }: TopBarProps) {
  const { workspaceName } = useSession();
  const title = useFilm((film) => film.meta.title);
  const [dialog, setDialog] = useState<"share" | null>(null);
  const [exporting, setExporting] = useState<{ first?: DocumentId | undefined } | null>(null);
  useEffect(() => onOpenExport((first) => setExporting({ first })), []);
  return (
    <header className="topbar">
      <div className="start">
        <Tooltip text="All projects">
          <Link className="mark" to="/projects" aria-label="All projects">
            <Mark />
          </Link>
        </Tooltip>
        <nav className="crumb" aria-label="Breadcrumb">
          <Link className="workspace cut" to="/projects">
            {workspaceName}
          </Link>
          <span className="sep">/</span>
          <FilmTitle key={title} title={title} />
        </nav>
        <SavedState />
      </div>
      <nav className="view-switch" aria-label="View">
        {views.map((each, index) => (
          <Tooltip key={each.id} text={each.name} shortcut={`Alt+${index + 1}`}>
            <button
              type="button"
              aria-current={each.id === shown.view || each.id === shown.beside ? "page" : undefined}
              onClick={() => onView(each.id)}
            >
              {each.name}
            </button>
          </Tooltip>
        ))}
        <IconButton
          name="Script and board side by side"
          shortcut="Alt+B"
          size="small"
          className="beside"
          pressed={shown.beside !== null}
          onClick={onBeside}
        >
          <Columns2 className="small" />
        </IconButton>
      </nav>
      <div className="end">
        <JobPill />
        <PeopleHere />
        <span className="rule" />
        <Button onClick={() => setDialog("share")}>Share</Button>
        <Button look="light" onClick={() => setExporting({})}>
          Export
        </Button>
      </div>
      {dialog === "share" ? <ShareDialog onClose={() => setDialog(null)} /> : null}
      {exporting ? (
        <Suspense fallback={null}>
          <ExportDialog {...(exporting.first ? { first: exporting.first } : {})} onClose={() => setExporting(null)} />
        </Suspense>
      ) : null}
    </header>
  );
}
