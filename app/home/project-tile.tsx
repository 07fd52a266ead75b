import { Link } from "@remix-run/react";
import type { CSSProperties } from "react";
import type { ProjectCard } from "#domain/collab/cards.ts";
import { ageOf } from "./age.ts";
import { lettering } from "./lettering.ts";
import { PosterPicture } from "./poster-picture.tsx";

const roleNames = { owner: "", editor: "Can edit", commenter: "Can comment", viewer: "Can view" } as const;

/** A film as its poster: its own picture with its title on it, or the title alone, set with care. */
export function ProjectTile({ project, now, look }: { project: ProjectCard; now: string; look: "grid" | "list" }) {
  const facts = [
    ageOf(project.updatedAt, now),
    shotsOf(project.shotCount),
    project.shared ? roleNames[project.role] : "",
  ].filter(Boolean);
  return (
    <Link className="film" to={`/projects/${project.id}`} prefetch="intent">
      <Poster project={project} small={look === "list"} />
      <span className="film-name cut">{project.title}</span>
      <span className="film-facts num">
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </span>
    </Link>
  );
}

function Poster({ project, small }: { project: ProjectCard; small: boolean }) {
  const { face, hue, motif, place, lines } = lettering(project.id, project.title);
  return (
    <span
      className="poster"
      data-face={face}
      data-place={place}
      data-picture={project.posterUrl !== null}
      style={{ "--hue": hue } as CSSProperties}
      aria-hidden="true"
    >
      {project.posterUrl ? <PosterPicture url={project.posterUrl} /> : <span className="motif" data-motif={motif} />}
      {small ? null : (
        <>
          <span className="shade" />
          <span className="lettering" data-long={Math.max(...lines.map((line) => line.length)) > 8}>
            {lines.map((line, index) => (
              <span key={index}>{line}</span>
            ))}
          </span>
          <span className="credit cut">{project.workspaceName}</span>
        </>
      )}
    </span>
  );
}

function shotsOf(count: number): string {
  if (count === 0) return "";
  return count === 1 ? "1 shot" : `${count} shots`;
}
