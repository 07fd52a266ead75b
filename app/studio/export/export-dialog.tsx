import { Download, Film as FilmIcon, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { extensionFor } from "#domain/assets/content-types.ts";
import { exportedFile, exportFormats, whyNot, type ExportFormat } from "#domain/jobs/export-formats.ts";
import { isTerminal } from "#domain/jobs/lifecycle.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import { framesToSeconds, minutesAndSeconds, timecode } from "#domain/time.ts";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { ProgressBar } from "#app/ui/progress-bar.tsx";
import { StateLabel } from "#app/ui/state-label.tsx";
import { sentenceOf } from "../session/api.ts";
import { failureLine } from "#app/studio/jobs/failure-words.ts";
import { useSession } from "../session/film-session.tsx";
import { transport } from "../session/transport.ts";
import { useFilm } from "../session/use-film.ts";
import { jobActions, useJobs } from "../session/use-jobs.ts";
import { useAllTakes } from "../session/use-takes.ts";
import { isDocument, type DocumentId } from "./documents.ts";
import { DocumentExport } from "./document-export.tsx";
import { FormatField, type AnyFormat } from "./format-field.tsx";
import { exportFacts, sizeWords, waitWords, type ExportFacts } from "./export-facts.ts";
import "./export-dialog.css";

/** The film, the script or the board as a file. */
export function ExportDialog({ first = "mp4", onClose }: { first?: ExportFormat | DocumentId; onClose(): void }) {
  const [format, setFormat] = useState<AnyFormat>(first);
  if (isDocument(format)) return <DocumentExport format={format} onFormat={setFormat} onClose={onClose} />;
  return <FilmExport format={format} onFormat={setFormat} onClose={onClose} />;
}

/** What would be rendered, as what, the button, its progress, and what was exported before. */
function FilmExport({
  format,
  onFormat,
  onClose,
}: {
  format: ExportFormat;
  onFormat(format: AnyFormat): void;
  onClose(): void;
}) {
  const { mayEdit } = useSession();
  const film = useFilm(({ clips, tracks, shots, asideShots, meta }) => ({ clips, tracks, shots, asideShots, meta }));
  const takes = useAllTakes();
  const exports = useJobs().jobs.filter((job) => job.kind === "export");
  const running = exports.find((job) => !isTerminal(job.state)) ?? null;
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const facts = exportFacts(film, takes);
  const { meta } = film;
  const preset = exportFormats[format];
  const seconds = framesToSeconds(facts.frames, meta.fps);
  const lack = whyNot(format, { frames: facts.frames, seconds, sounds: facts.sounds });

  const begin = async () => {
    setAsking(true);
    setProblem(null);
    try {
      const shown = Math.max(0, Math.min(transport.frame, facts.frames - 1));
      await jobActions.exportFilm(format, preset.makes === "still" ? shown : undefined);
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      setAsking(false);
    }
  };
  const run = (act: () => Promise<unknown>) => {
    setProblem(null);
    act().catch((error: unknown) => setProblem(sentenceOf(error)));
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title="Export the film"
      description="Renders the timeline as one file to download."
      width={520}
      foot={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            look="primary"
            autoFocus
            disabled={!mayEdit || lack !== null || running !== null || asking}
            onClick={() => void begin()}
          >
            Export {preset.name}
          </Button>
        </>
      }
    >
      <dl className="export-facts">
        <FormatField
          value={format}
          holds={preset.makes === "still" ? "the frame under the playhead" : preset.holds}
          onChange={onFormat}
        />
        <dt>Length</dt>
        <dd className="num">
          {timecode(facts.frames, meta.fps)}{" "}
          <span className="faint">
            {minutesAndSeconds(facts.frames, meta.fps)}, {facts.frames} frames
          </span>
        </dd>
        {preset.makes === "sound" ? null : (
          <>
            <dt>Picture</dt>
            <dd className="num">
              {meta.width} × {meta.height} at {Math.round((meta.fps.num / meta.fps.den) * 1000) / 1000} fps
              <span className="faint">{facts.pictures === 1 ? "1 clip" : `${facts.pictures} clips`}</span>
            </dd>
          </>
        )}
        {preset.hasSound ? (
          <>
            <dt>Sound</dt>
            <dd>
              {facts.sounds === 0
                ? "Silent: no sound on the timeline"
                : facts.sounds === 1
                  ? "1 clip"
                  : `${facts.sounds} clips`}
            </dd>
          </>
        ) : null}
        <dt>Made by</dt>
        <dd>
          {facts.engines.length === 0 ? <span className="faint">No pictures yet</span> : facts.engines.join(", ")}
        </dd>
      </dl>
      {lack === null ? null : <p className="export-note">{lack}</p>}
      {preset.makes === "sound" ? null : (
        <BlackShots facts={facts} mayEdit={mayEdit} onGenerate={(ids) => run(() => jobActions.generateAll(ids))} />
      )}
      {problem ? (
        <p className="export-note wrong" role="alert">
          {problem}
        </p>
      ) : null}
      {running ? (
        <Running job={running} mayEdit={mayEdit} onCancel={() => run(() => jobActions.cancel(running.id))} />
      ) : null}
      <Before
        jobs={exports.filter((job) => isTerminal(job.state))}
        mayEdit={mayEdit}
        onRetry={(id) => run(() => jobActions.retry(id))}
      />
    </Dialog>
  );
}

function BlackShots({
  facts,
  mayEdit,
  onGenerate,
}: {
  facts: ExportFacts;
  mayEdit: boolean;
  onGenerate(ids: string[]): void;
}) {
  const { black } = facts;
  if (black.length === 0) return null;
  const names =
    black
      .slice(0, 8)
      .map((shot) => shot.number)
      .join(", ") + (black.length > 8 ? ` and ${black.length - 8} more` : "");
  return (
    <div className="export-note warn">
      <TriangleAlert aria-hidden="true" />
      <span className="grow">
        {black.length === 1 ? `Shot ${names} has no take` : `Shots ${names} have no take`} and will be black. Generate
        first to see {black.length === 1 ? "it" : "them"}.
      </span>
      {mayEdit ? (
        <Button size="small" onClick={() => onGenerate(black.map((shot) => shot.id))}>
          Generate {black.length}
        </Button>
      ) : null}
    </div>
  );
}

function Running({ job, mayEdit, onCancel }: { job: JobView; mayEdit: boolean; onCancel(): void }) {
  const percent = Math.round(job.progress * 100);
  return (
    <div className="export-running" role="status">
      <div className="row">
        <StateLabel state={job.state === "queued" ? "queued" : "running"}>
          {job.state === "queued"
            ? `Queued${job.queuePosition === undefined ? "" : `, place ${job.queuePosition}`}`
            : `${stageWord(job)} ${percent}%`}
        </StateLabel>
        <span className="faint small num grow">
          {job.etaSeconds === undefined ? "" : `about ${waitWords(job.etaSeconds)} left`}
        </span>
        {mayEdit ? (
          <Button look="quiet" size="small" disabled={job.state === "cancelling"} onClick={onCancel}>
            {job.state === "cancelling" ? "Stopping" : "Cancel"}
          </Button>
        ) : null}
      </div>
      <ProgressBar fraction={job.progress} label="Exporting" />
    </div>
  );
}

const stageWord = (job: JobView) => {
  const stage = job.stage ?? (job.state === "uploading" ? "uploading" : "rendering");
  return stage.charAt(0).toUpperCase() + stage.slice(1);
};

function Before({ jobs, mayEdit, onRetry }: { jobs: JobView[]; mayEdit: boolean; onRetry(id: string): void }) {
  if (jobs.length === 0) return null;
  return (
    <section className="export-before" aria-label="Earlier exports">
      <h3>Exports</h3>
      <ul>
        {jobs.map((job) => (
          <li key={job.id} data-export={job.id}>
            <FilmIcon aria-hidden="true" />
            <time className="num" dateTime={job.createdAt}>
              {when(job.createdAt)}
            </time>
            <Outcome job={job} mayEdit={mayEdit} onRetry={onRetry} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Outcome({ job, mayEdit, onRetry }: { job: JobView; mayEdit: boolean; onRetry(id: string): void }) {
  const file = exportedFile(job.artifacts);
  if (job.state === "succeeded" && file) {
    return (
      <>
        <span className="faint num grow">
          {extensionFor(file.contentType).toUpperCase()}, {sizeWords(file.bytes)}
        </span>
        <a
          className="ui-button"
          data-size="small"
          href={`${file.url}?download=1`}
          download={`export-${job.createdAt.slice(0, 10)}.${extensionFor(file.contentType)}`}
        >
          <Download />
          Download
        </a>
      </>
    );
  }
  return (
    <>
      <span className="faint grow cut">
        {job.state === "cancelled"
          ? "Cancelled"
          : job.state === "expired"
            ? "Was never started"
            : failureLine(job.error)}
      </span>
      {mayEdit && job.state === "failed" ? (
        <Button size="small" onClick={() => onRetry(job.id)}>
          Try again
        </Button>
      ) : null}
    </>
  );
}

function when(iso: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(iso));
}
