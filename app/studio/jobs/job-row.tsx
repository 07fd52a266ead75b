import {
  ArrowUpToLine,
  AudioLines,
  ChevronDown,
  ChevronUp,
  Download,
  Ellipsis,
  Film as FilmIcon,
  History,
  Minus,
  RotateCw,
  X,
} from "lucide-react";
import { memo, type ReactNode } from "react";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import { exportedFile } from "#domain/jobs/export-formats.ts";
import { isTerminal } from "#domain/jobs/lifecycle.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import { ShotPicture } from "#app/studio/board/shot-picture.tsx";
import { useShotWork } from "#app/studio/board/use-shot-work.ts";
import { sentenceOf } from "#app/studio/session/api.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useFilm } from "#app/studio/session/use-film.ts";
import { jobActions } from "#app/studio/session/use-jobs.ts";
import { useSelection } from "#app/studio/session/use-selection.ts";
import { useView } from "#app/studio/shell/use-view.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Menu, type MenuItems } from "#app/ui/menu.tsx";
import { ProgressBar } from "#app/ui/progress-bar.tsx";
import { StateLabel, type ShownState } from "#app/ui/state-label.tsx";
import { toast } from "#app/ui/toast.tsx";
import { jobName, queueLine } from "./job-words.ts";
import { queueActions } from "./queue-actions.ts";
import { priorities, priorityName } from "./queue-order.ts";

export interface JobRowProps {
  job: JobView;
  onHistory(job: JobView): void;
  /** In the queue: what it is dragged by. */
  handle?: ReactNode;
  /** Present where it may be moved. */
  onFront?(): void;
}

/** One job as a line: its picture, how it stands, what can be done about it. */
export const JobRow = memo(function JobRow({ job, onHistory, handle, onFront }: JobRowProps) {
  const { mayEdit } = useSession();
  const { shot, scene } = useFilm((film) => {
    const shot = job.shotId ? film.shots.find((each) => each.id === job.shotId) : undefined;
    return { shot, scene: shot ? film.scenes.find((each) => each.id === shot.sceneId) : undefined };
  });
  const { selectShots } = useSelection();
  const [, show] = useView();
  const isOver = isTerminal(job.state);
  const name = jobName(job, shot?.number ?? null);
  const line = queueLine(job);
  const go = () => {
    if (!shot) return;
    selectShots([shot.id]);
    show("shots");
  };
  const file = job.kind === "export" && job.state === "succeeded" ? exportedFile(job.artifacts) : undefined;
  const isLost = job.state === "failed" || job.state === "cancelled" || job.state === "expired";
  return (
    <div className="job-row" data-state={job.state} data-handled={handle !== undefined}>
      {handle}
      <button
        type="button"
        className="job-row-picture"
        onClick={go}
        disabled={!shot}
        aria-label={shot ? `Go to shot ${shot.number}` : name}
      >
        {shot ? <RowPicture shot={shot} scene={scene ?? null} /> : job.kind === "score" ? <AudioLines /> : <FilmIcon />}
      </button>
      <div className="job-row-words">
        <span className="job-row-head">
          <b className="cut">{name}</b>
          <StateLabel state={shownStates[job.state]}>{stateWords[job.state]}</StateLabel>
        </span>
        {line === "" ? null : (
          <span className="faint small num cut" title={line}>
            {line}
          </span>
        )}
        {!isOver && job.state !== "queued" ? <ProgressBar fraction={job.progress} label={`${name} progress`} /> : null}
      </div>
      <div className="job-row-end">
        {file ? (
          <a className="ui-button" data-look="light" data-size="small" href={file.url} download>
            <Download className="small" />
            Download
          </a>
        ) : null}
        {mayEdit && !isOver ? (
          <IconButton
            name={`Cancel ${name}`}
            size="small"
            disabled={job.state === "cancelling"}
            onClick={() => act(jobActions.cancel(job.id))}
          >
            <X className="small" />
          </IconButton>
        ) : null}
        {mayEdit && isLost ? (
          <IconButton name={`Try ${name} again`} size="small" onClick={() => act(jobActions.retry(job.id))}>
            <RotateCw className="small" />
          </IconButton>
        ) : null}
        <Menu items={menuOf(job, mayEdit, onHistory, onFront)} align="end">
          <IconButton name={`More about ${name}`} size="small">
            <Ellipsis className="small" />
          </IconButton>
        </Menu>
      </div>
    </div>
  );
});

function menuOf(
  job: JobView,
  mayEdit: boolean,
  onHistory: JobRowProps["onHistory"],
  onFront: JobRowProps["onFront"],
): MenuItems {
  const history = { name: "How it went", icon: <History />, run: () => onHistory(job) };
  if (!mayEdit || job.state !== "queued") return [history];
  const now = priorityName(job.priority);
  const to = (name: keyof typeof priorities, word: string, icon: ReactNode) => ({
    name: word,
    icon,
    disabled: name === now,
    run: () => act(queueActions.setPriority(job.id, priorities[name])),
  });
  return [
    ...(onFront ? [{ name: "Move to the front", icon: <ArrowUpToLine />, run: onFront }] : []),
    "line",
    to("high", "High priority", <ChevronUp />),
    to("normal", "Normal priority", <Minus />),
    to("low", "Low priority", <ChevronDown />),
    "line",
    history,
  ];
}

function RowPicture({ shot, scene }: { shot: Shot; scene: Scene | null }) {
  const { picture } = useShotWork(shot.id);
  return <ShotPicture shot={shot} scene={scene} picture={picture} />;
}

function act(work: Promise<void>): void {
  work.catch((error: unknown) => toast.wrong(sentenceOf(error)));
}

const shownStates: Record<JobView["state"], ShownState> = {
  queued: "queued",
  leased: "running",
  running: "running",
  uploading: "running",
  cancelling: "queued",
  succeeded: "ready",
  failed: "failed",
  cancelled: "draft",
  expired: "failed",
};
const stateWords: Record<JobView["state"], string> = {
  queued: "Queued",
  leased: "Starting",
  running: "Rendering",
  uploading: "Uploading",
  cancelling: "Cancelling",
  succeeded: "Done",
  failed: "Failed",
  cancelled: "Cancelled",
  expired: "Expired",
};
