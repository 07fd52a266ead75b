import { Check, Circle, CircleAlert, LoaderCircle, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import { ShotPicture } from "#app/studio/board/shot-picture.tsx";
import type { ShotState } from "#app/studio/board/shot-state.ts";
import { jobLine, leftWords, stageLine } from "#app/studio/jobs/job-words.ts";
import { aboutSeconds } from "#app/studio/jobs/estimate.ts";
import { sentenceOf } from "#app/studio/session/api.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { jobActions, useJobPreview } from "#app/studio/session/use-jobs.ts";
import { Button } from "#app/ui/button.tsx";
import { ProgressBar } from "#app/ui/progress-bar.tsx";
import { toast } from "#app/ui/toast.tsx";

/** The render of this shot that waits, runs or went wrong; nothing when there is none. */
export function RenderingCard({
  shot,
  scene,
  state,
  takeNumber,
  preview,
}: {
  shot: Shot;
  scene: Scene | null;
  state: ShotState;
  takeNumber: number;
  /** Off where the live picture is shown large anyway. */
  preview: boolean;
}) {
  const { mayEdit } = useSession();
  const act = (work: Promise<void>) => void work.catch((error: unknown) => toast.wrong(sentenceOf(error)));
  if (state.kind === "draft" || state.kind === "ready") return null;
  if (state.kind === "failed")
    return (
      <section className="rendering" data-state="failed" aria-label="Render failed">
        <CircleAlert className="large" />
        <div className="rendering-words">
          <b>The render failed</b>
          <p className="dim">
            {state.reason} {state.job.attempt > 1 ? `It was tried ${state.job.attempt} times. ` : ""}Takes that you have
            are untouched.
          </p>
        </div>
        {mayEdit ? (
          <Button onClick={() => act(jobActions.retry(state.job.id))}>
            <RotateCw className="small" />
            Try again
          </Button>
        ) : null}
      </section>
    );
  const { job } = state;
  return (
    <section className="rendering" data-state={state.kind} data-preview={preview} aria-label={`Take ${takeNumber}`}>
      {preview ? <Preview shot={shot} scene={scene} job={job} takeNumber={takeNumber} /> : null}
      <div className="rendering-words">
        <div className="rendering-head">
          <b>
            {state.kind === "queued"
              ? `Take ${takeNumber} is in the queue`
              : state.kind === "cancelling"
                ? `Take ${takeNumber} is being cancelled`
                : `Take ${takeNumber} is rendering`}
          </b>
          {state.kind === "running" ? <b className="rendering-percent num">{Math.round(job.progress * 100)}%</b> : null}
          <span className="dim num">
            {state.kind === "running" ? leftWords(job) : state.kind === "queued" ? queueWords(job) : ""}
          </span>
          {mayEdit ? (
            <Button
              size="small"
              className="rendering-cancel"
              disabled={state.kind === "cancelling"}
              onClick={() => act(jobActions.cancel(job.id))}
            >
              Cancel
            </Button>
          ) : null}
        </div>
        <Stages job={job} />
        {preview ? null : <ProgressBar fraction={job.progress} label={`Rendering ${shot.number}`} />}
        <p className="rendering-facts faint small num">
          <span>{shot.durationFrames} frames</span>
          {shot.seed === undefined ? null : <span>Seed {shot.seed}</span>}
          <span>{job.engine ?? "previz"}</span>
          {job.attempt > 1 ? <span>Attempt {job.attempt}: the one before was lost</span> : null}
          {job.message ? <span className="cut">{job.message}</span> : null}
        </p>
      </div>
    </section>
  );
}

function Preview({
  shot,
  scene,
  job,
  takeNumber,
}: {
  shot: Shot;
  scene: Scene | null;
  job: JobView;
  takeNumber: number;
}) {
  const live = useJobPreview(job.id);
  return (
    <div className="rendering-preview">
      <ShotPicture shot={shot} scene={scene} picture={live ? { url: live, kind: "live" } : null} />
      <span className="plate">
        T{takeNumber} · {live ? "live" : job.state === "queued" ? "queued" : "starting"}
      </span>
      <ProgressBar fraction={job.progress} label={`Rendering ${shot.number}`} />
    </div>
  );
}

/** Where the job is on its way: what is done, what is now with its own count, what is to come. */
function Stages({ job }: { job: JobView }) {
  const at = job.state === "queued" ? 0 : job.state === "leased" ? 1 : job.state === "uploading" ? 3 : 2;
  const names = ["Queued", "Start", at === 2 ? stageLine(job) : "Render", "Upload"];
  return (
    <ol className="rendering-stages" aria-label={jobLine(job)}>
      {names.map((name, index) => (
        <li key={index} data-now={index === at} data-done={index < at}>
          {stageIcon(index, at)}
          {name}
        </li>
      ))}
    </ol>
  );
}

function stageIcon(index: number, at: number): ReactNode {
  if (index < at) return <Check />;
  return index === at && at > 0 ? <LoaderCircle className="shot-spin" /> : <Circle />;
}

function queueWords(job: JobView): string {
  const ahead =
    job.queuePosition === undefined ? "" : job.queuePosition <= 1 ? "next in line" : `${job.queuePosition - 1} ahead`;
  const wait = job.waitSeconds ? aboutSeconds(job.waitSeconds) : "";
  return [ahead, wait].filter((part) => part !== "").join(" · ");
}
