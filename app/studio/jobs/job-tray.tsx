import { AudioLines, Download, Film as FilmIcon, RotateCw, X } from "lucide-react";
import { memo } from "react";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import { isTerminal } from "#domain/jobs/lifecycle.ts";
import type { JobView } from "#domain/jobs/messages.ts";
import { ShotPicture } from "#app/studio/board/shot-picture.tsx";
import { useShotWork } from "#app/studio/board/use-shot-work.ts";
import { sentenceOf } from "#app/studio/session/api.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useFilm } from "#app/studio/session/use-film.ts";
import { jobActions, useJobs } from "#app/studio/session/use-jobs.ts";
import { useSelection } from "#app/studio/session/use-selection.ts";
import { useView } from "#app/studio/shell/use-view.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { ProgressBar } from "#app/ui/progress-bar.tsx";
import { StateLabel, type ShownState } from "#app/ui/state-label.tsx";
import { toast } from "#app/ui/toast.tsx";
import { jobLine, jobName, trayOrder } from "./job-words.ts";
import "./job-tray.css";

const mostShown = 40;

/** The render queue: what runs, what waits, what came out of it. */
export function JobTray() {
  const { jobs, running, queued } = useJobs();
  const shown = trayOrder(jobs).slice(0, mostShown);
  return (
    <section className="job-tray" aria-label="Render queue">
      <header>
        <h2>Renders</h2>
        <span className="faint small num">
          {running} running, {queued} queued
        </span>
      </header>
      {shown.length === 0 ? (
        <p className="job-tray-empty">
          Nothing is rendering. Generate a shot, and it shows here and on everybody's screen.
        </p>
      ) : null}
      <ul>
        {shown.map((job) => (
          <JobRow key={job.id} job={job} />
        ))}
      </ul>
    </section>
  );
}

const JobRow = memo(function JobRow({ job }: { job: JobView }) {
  const { mayEdit } = useSession();
  const { shot, scene } = useFilm((film) => {
    const shot = job.shotId ? film.shots.find((each) => each.id === job.shotId) : undefined;
    return { shot, scene: shot ? film.scenes.find((each) => each.id === shot.sceneId) : undefined };
  });
  const { selectShots } = useSelection();
  const [, show] = useView();
  const done = isTerminal(job.state);
  const name = jobName(job, shot?.number ?? null);
  const act = (work: Promise<void>) => void work.catch((error: unknown) => toast.wrong(sentenceOf(error)));
  const go = () => {
    if (!shot) return;
    selectShots([shot.id]);
    show("shots");
  };
  const file =
    job.kind === "export" && job.state === "succeeded"
      ? job.artifacts.find((artifact) => artifact.role === "video")
      : undefined;
  return (
    <li className="job-row" data-state={job.state}>
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
        <span className="faint small num cut" title={jobLine(job)}>
          {jobLine(job)}
        </span>
        {!done && job.state !== "queued" ? <ProgressBar fraction={job.progress} label={`${name} progress`} /> : null}
      </div>
      <div className="job-row-end">
        {file ? (
          <a className="ui-button" data-look="light" data-size="small" href={file.url} download>
            <Download className="small" />
            Download
          </a>
        ) : null}
        {mayEdit && !done ? (
          <IconButton
            name={`Cancel ${name}`}
            size="small"
            disabled={job.state === "cancelling"}
            onClick={() => act(jobActions.cancel(job.id))}
          >
            <X className="small" />
          </IconButton>
        ) : null}
        {mayEdit && (job.state === "failed" || job.state === "cancelled" || job.state === "expired") ? (
          <IconButton name={`Try ${name} again`} size="small" onClick={() => act(jobActions.retry(job.id))}>
            <RotateCw className="small" />
          </IconButton>
        ) : null}
      </div>
    </li>
  );
});

function RowPicture({ shot, scene }: { shot: Shot; scene: Scene | null }) {
  const { picture } = useShotWork(shot.id);
  return <ShotPicture shot={shot} scene={scene} picture={picture} />;
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
