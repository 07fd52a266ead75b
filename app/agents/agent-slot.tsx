import { Link } from "@remix-run/react";
import { AudioLines, Film, Lock } from "lucide-react";
import type { ReactNode } from "react";
import type { RunningJob } from "#domain/jobs/fleet-view.ts";
import { leftWords, stageLine } from "#app/studio/jobs/job-words.ts";
import { ProgressBar } from "#app/ui/progress-bar.tsx";
import { kindWords, longWords } from "./fleet-words.ts";

/** A job under way: its newest picture, what it is of, how far it has got. */
export function WorkingSlot({ running, now }: { running: RunningJob; now: number }) {
  const { job, kind, startedAt } = running;
  const since = longWords((now - Date.parse(startedAt)) / 1000);
  if (!job)
    return (
      <li className="agent-slot" data-hidden="true">
        <Picture>
          <Lock />
        </Picture>
        <div className="agent-slot-words">
          <b>{kindWords[kind]}</b>
          <span className="faint small">Of a film that you were not invited to</span>
          <span className="faint small num">For {since}</span>
        </div>
      </li>
    );
  const name = job.shotNumber === undefined ? kindWords[kind] : nameOf(kind, job.shotNumber);
  const left = job.state === "running" ? leftWords(job) : "";
  return (
    <li className="agent-slot">
      <Picture>
        {job.previewUrl ? (
          <img src={job.previewUrl} alt={`${name}, live`} />
        ) : kind === "score" ? (
          <AudioLines />
        ) : (
          <Film />
        )}
      </Picture>
      <div className="agent-slot-words">
        <b className="cut">
          <Link to={`/projects/${job.projectId}`}>{name}</Link>
        </b>
        <span className="agent-slot-film cut">{job.projectTitle}</span>
        <span className="faint small num">
          {job.state === "leased" ? "Starting" : stageLine(job)}
          {job.attempt > 1 ? ` · attempt ${job.attempt}` : ""}
        </span>
        <span className="agent-slot-progress">
          <ProgressBar fraction={job.progress} label={`${name} of ${job.projectTitle}`} />
          <span className="small num agent-percent">{Math.round(job.progress * 100)}%</span>
        </span>
        <span className="faint small num">{[`For ${since}`, left].filter(Boolean).join(" · ")}</span>
      </div>
    </li>
  );
}

export function FreeSlot({ isStarting, isDrained }: { isStarting: boolean; isDrained: boolean }) {
  const [word, sentence] = isStarting
    ? ["Starting", "It takes jobs in a moment"]
    : isDrained
      ? ["Resting", "It takes no jobs now"]
      : ["Free", "It takes the next job that fits"];
  return (
    <li className="agent-slot" data-free="true">
      <Picture />
      <div className="agent-slot-words">
        <b>{word}</b>
        <span className="faint small">{sentence}</span>
      </div>
    </li>
  );
}

function Picture({ children }: { children?: ReactNode }) {
  return <div className="agent-picture">{children}</div>;
}

function nameOf(kind: RunningJob["kind"], number: string): string {
  if (kind === "shot") return `Shot ${number}`;
  return kind === "thumbnail" ? `Thumbnail of ${number}` : `${kindWords[kind]} ${number}`;
}
