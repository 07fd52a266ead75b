import { CircleCheck, X } from "lucide-react";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useFilm } from "#app/studio/session/use-film.ts";
import { useAllTakes } from "#app/studio/session/use-takes.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Kbd } from "#app/ui/kbd.tsx";
import { firstFilmOf } from "./first-film-of.ts";
import { remember, useRecalled, useRemembered } from "./remembered.ts";
import { count } from "./count.ts";
import type { ViewId } from "./views.ts";
import "./checklist.css";

interface Step {
  name: string;
  done: boolean;
  view?: ViewId;
  key?: string;
}

/**
 * The first three minutes as six steps that tick themselves off. Only in the first film that somebody began themselves:
 * in the sample, and in a film that one is invited to, others have done what would be ticked. Never blocks, goes when
 * told or when all is done.
 */
export function Checklist({ onView }: { onView(view: ViewId): void }) {
  const { projectId, me, mayEdit } = useSession();
  const steps = useSteps(projectId);
  const isFirst = useRecalled(firstFilmOf(me.id)) === projectId;
  const hiding = `checklist-hidden:${me.id}`;
  const hidden = useRemembered(hiding);
  const done = steps.filter((step) => step.done).length;
  if (!isFirst || hidden || !mayEdit || done === steps.length) return null;
  const next = steps.findIndex((step) => !step.done);
  return (
    <section className="checklist" aria-label="Your first three minutes">
      <div className="head">
        <h2 className="cut">First three minutes</h2>
        <span className="faint small num">
          {done} of {steps.length}
        </span>
        <IconButton
          name={`Hide checklist, ${count(steps.length - done, "step")} left`}
          size="small"
          onClick={() => remember(hiding)}
        >
          <X className="small" />
        </IconButton>
      </div>
      <ol>
        {steps.map((step, index) => (
          <li key={step.name} data-done={step.done} data-next={index === next}>
            {step.done ? <CircleCheck aria-label="done" /> : <span className="ring" />}
            {step.view && !step.done ? (
              <button type="button" onClick={() => step.view && onView(step.view)}>
                {step.name}
              </button>
            ) : (
              <span>{step.name}</span>
            )}
            {step.key && !step.done ? <Kbd>{step.key}</Kbd> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

function useSteps(projectId: string): Step[] {
  const wrote = useFilm((film) => film.screenplay.trim() !== "");
  const boarded = useFilm((film) => film.shots.length > 0);
  const cut = useFilm((film) => film.clips.some((clip) => clip.shotId !== undefined));
  const rendered = useAllTakes().length > 0;
  const shared = useRemembered(`shared:${projectId}`);
  return [
    { name: "Choose a name and a colour", done: true },
    { name: "Write a line", done: wrote, view: "script", key: "Alt 1" },
    { name: "Turn it into shots", done: boarded, view: "script", key: "Alt 1" },
    { name: "Generate a picture", done: rendered, view: "board", key: "Alt 2" },
    { name: "Put it on the timeline", done: cut, view: "timeline", key: "Alt 4" },
    { name: "Share a link", done: shared },
  ];
}
