import { Link } from "@remix-run/react";
import {
  Clapperboard,
  Clipboard,
  Cpu,
  FilePlus2,
  LayoutGrid,
  Lightbulb,
  Plus,
  Rows3,
  Search,
  Users,
} from "lucide-react";
import { useMemo, useState } from "react";
import type { ProjectCard, Viewer, WorkspaceCard } from "#domain/collab/cards.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { Button } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Mark } from "#app/ui/mark.tsx";
import { SegmentedControl } from "#app/ui/segmented-control.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { KeepYourWork } from "./keep-your-work.tsx";
import { NewProject, type WayIn } from "./new-project.tsx";
import { ProjectTile } from "./project-tile.tsx";
import { FirstFilm } from "./first-film.tsx";
import { SceneMaker } from "./scene-maker.tsx";
import "./home.css";

export interface HomeProps {
  viewer: Viewer;
  workspaces: WorkspaceCard[];
  projects: ProjectCard[];
  /** When this was read; ages are counted from here, so that server and browser say the same. */
  now: string;
}

type Shelf = "all" | "shared" | `workspace:${string}`;

/** All films this person may open, and the ways to begin another. */
export function Home({ viewer, workspaces, projects, now }: HomeProps) {
  const [shelf, setShelf] = useState<Shelf>("all");
  const [look, setLook] = useState<"grid" | "list">("grid");
  const [query, setQuery] = useState("");
  const [way, setWay] = useState<WayIn | null>(null);
  const own = workspaces.find((workspace) => workspace.personal) ?? workspaces[0];
  const shown = useMemo(
    () => projects.filter((project) => isOn(project, shelf) && matches(project, query)),
    [projects, shelf, query],
  );
  const sharedCount = projects.filter((project) => project.shared).length;
  // Where every film was shared, both shelves would hold the same ones.
  const isMixed = sharedCount > 0 && sharedCount < projects.length;

  return (
    <div className="home">
      <aside className="home-side">
        <Link className="home-name" to="/projects">
          <Mark />
          <span className="strong cut">{own?.name ?? "Backlot"}</span>
        </Link>
        <nav aria-label="Shelves">
          <Shelf
            name="All projects"
            icon={<LayoutGrid />}
            count={projects.length}
            on={shelf === "all"}
            onClick={() => setShelf("all")}
          />
          {isMixed ? (
            <Shelf
              name="Shared with me"
              icon={<Users />}
              count={sharedCount}
              on={shelf === "shared"}
              onClick={() => setShelf("shared")}
            />
          ) : null}
          <Link className="home-shelf" to="/agents">
            <Cpu />
            <span className="cut">Render agents</span>
          </Link>
          {workspaces.length > 1 ? <h2>Workspaces</h2> : null}
          {workspaces.length > 1
            ? workspaces.map((workspace) => (
                <Shelf
                  key={workspace.id}
                  name={workspace.name}
                  icon={<Clapperboard />}
                  count={projects.filter((project) => project.workspaceId === workspace.id).length}
                  on={shelf === `workspace:${workspace.id}`}
                  onClick={() => setShelf(`workspace:${workspace.id}`)}
                />
              ))
            : null}
        </nav>
        {viewer.isGuest ? <KeepYourWork name={viewer.name} /> : null}
      </aside>
      <main className="home-main">
        <header>
          <h1>Projects</h1>
          <span className="grow" />
          {projects.length > 0 ? (
            <label className="home-search">
              <Search className="small" />
              <span className="visually-hidden">Search films</span>
              <input
                className="ui-input"
                type="search"
                placeholder="Search films"
                value={query}
                onChange={(event) => setQuery(event.target.value)}
              />
            </label>
          ) : null}
          <AccountMenu viewer={viewer}>
            <button type="button" className="home-me" aria-label={`You are ${viewer.name}`}>
              <Avatar
                person={{ id: viewer.id, name: viewer.name, color: `var(--${viewer.color})` }}
                aria-hidden="true"
              />
            </button>
          </AccountMenu>
          {projects.length > 0 ? (
            <Button look="light" size="tall" onClick={() => setWay("idea")}>
              <Plus className="small" />
              New project
            </Button>
          ) : null}
        </header>
        {projects.length === 0 ? (
          <FirstFilm viewerId={viewer.id} workspaceId={own?.id ?? null} onBlank={() => setWay("blank")} />
        ) : (
          <>
            <div className="home-bar">
              <span className="faint num">
                {shown.length === 1 ? "1 film" : `${shown.length} films`}, most recently edited first
              </span>
              <span className="grow" />
              <SegmentedControl
                label="View as"
                value={look}
                onChange={setLook}
                segments={[
                  { id: "grid", name: "Posters", icon: <LayoutGrid className="small" /> },
                  { id: "list", name: "List", icon: <Rows3 className="small" /> },
                ]}
              />
            </div>
            <div className="home-films" data-look={look}>
              {shown.map((project) => (
                <ProjectTile key={project.id} project={project} now={now} look={look} />
              ))}
              {query === "" ? <WaysIn onChoose={setWay} /> : null}
            </div>
            {shown.length === 0 && query !== "" ? (
              <EmptyState title="No films found">Try another word.</EmptyState>
            ) : null}
          </>
        )}
        <SceneMaker />
      </main>
      {way && own ? (
        <NewProject way={way} viewerId={viewer.id} workspaces={workspaces} onClose={() => setWay(null)} />
      ) : null}
    </div>
  );
}

function Shelf(props: { name: string; icon: React.ReactNode; count: number; on: boolean; onClick(): void }) {
  return (
    <button type="button" className="home-shelf" aria-current={props.on ? "page" : undefined} onClick={props.onClick}>
      {props.icon}
      <span className="cut">{props.name}</span>
      <span className="count num">{props.count}</span>
    </button>
  );
}

/** The last tile: four ways to begin. */
function WaysIn({ onChoose }: { onChoose(way: WayIn): void }) {
  return (
    <div className="home-ways">
      <button type="button" onClick={() => onChoose("idea")}>
        <Lightbulb /> Start from an idea
      </button>
      <button type="button" onClick={() => onChoose("paste")}>
        <Clipboard /> Paste a script
      </button>
      <button type="button" onClick={() => onChoose("sample")}>
        <Clapperboard /> Open the sample film
      </button>
      <button type="button" onClick={() => onChoose("blank")}>
        <FilePlus2 /> Start with a blank page
      </button>
    </div>
  );
}

function isOn(project: ProjectCard, shelf: Shelf): boolean {
  if (shelf === "all") return true;
  return shelf === "shared" ? project.shared : shelf === `workspace:${project.workspaceId}`;
}

function matches(project: ProjectCard, query: string): boolean {
  return project.title.toLowerCase().includes(query.trim().toLowerCase());
}
