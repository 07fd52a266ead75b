import { ArrowLeft } from "lucide-react";
import { useEffect, useRef, useState, type CSSProperties } from "react";
import { z } from "zod";
import { AttemptView } from "#domain/jobs/attempt-view.ts";
import { isTerminal } from "#domain/jobs/lifecycle.ts";
import { JobView } from "#domain/jobs/messages/views.ts";
import { api, sentenceOf } from "#app/studio/session/api.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { StateLabel } from "#app/ui/state-label.tsx";
import { lifeOf, outcomeOf, stretchWords, tookWords, type JobLife, type TryLine } from "./attempt-history.ts";
import { failureWords } from "./failure-words.ts";
import "./job-history.css";

const History = z.object({ job: JobView, attempts: z.array(AttemptView) });
type History = z.infer<typeof History>;

/** How a job went: every try with its agent, its times and its end. Takes the tray's place until one goes back. */
export function JobHistory({ job, name, onBack }: { job: JobView; name: string; onBack(): void }) {
  const [history, setHistory] = useState<History | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const now = useNow(!isTerminal(job.state));
  // Reading goes on here, and Tab leads to what is below.
  useEffect(() => title.current?.focus(), []);
  useEffect(() => {
    let gone = false;
    api.get(`/v1/jobs/${job.id}/attempts`).then(
      (answer) => (gone ? undefined : (setHistory(History.parse(answer)), setProblem(null))),
      (error: unknown) => (gone ? undefined : setProblem(sentenceOf(error))),
    );
    return () => {
      gone = true;
    };
    // Each of these is a new line or another end of one.
  }, [job.id, job.state, job.attempt]);
  const life = history ? lifeOf(history.job, history.attempts, now) : null;
  return (
    <section className="job-history" aria-label={`How ${name} went`}>
      <header>
        <IconButton name="Back to the queue" size="small" onClick={onBack}>
          <ArrowLeft className="small" />
        </IconButton>
        <h2 className="cut" ref={title} tabIndex={-1}>
          How {name} went
        </h2>
      </header>
      {life ? (
        <>
          <Sum life={life} job={job} />
          <ol className="job-tries">
            {life.lines.map((line, index) => (
              <Try key={line.attempt?.attempt ?? `wait-${index}`} line={line} whole={life.seconds} />
            ))}
          </ol>
        </>
      ) : (
        <p className="job-sum" role="status">
          {problem ?? "Reading what happened."}
        </p>
      )}
    </section>
  );
}

function Sum({ life, job }: { life: JobLife; job: JobView }) {
  return (
    <p className="job-sum num">
      <span className="strong">{tookWords(life.seconds)}</span> {isTerminal(job.state) ? "from queue to end" : "so far"}
      : {tookWords(life.waited)} waiting, {tookWords(life.worked)} at work
      {job.priority === 0 ? "" : `, ${job.priority > 0 ? "high" : "low"} priority`}.
    </p>
  );
}

function Try({ line, whole }: { line: TryLine; whole: number }) {
  const { attempt } = line;
  const end = attempt ? outcomeOf(attempt) : null;
  const why = attempt?.error ? failureWords(attempt.error) : (end?.why ?? "");
  const ran = attempt ? [attempt.engine, attempt.model].filter(Boolean).join(" with ") : "";
  return (
    <li>
      <span className="job-try-head">
        <b>{attempt ? `Attempt ${attempt.attempt}` : "Waiting"}</b>
        {end ? <StateLabel state={end.shown}>{end.word}</StateLabel> : <StateLabel state="queued" />}
      </span>
      {attempt ? (
        <span className="job-try-where faint small">
          {[attempt.agentId, ran, attempt.device].filter(Boolean).join(" · ")}
        </span>
      ) : null}
      <span className="job-bar" aria-hidden="true" style={{ "--begin": share(line.begins, whole) } as CSSProperties}>
        {line.stretches.map(({ kind, seconds }) => (
          <i key={kind} data-kind={kind} style={{ "--part": share(seconds, whole) } as CSSProperties} />
        ))}
      </span>
      <span className="job-parts small num">
        {line.stretches.map(({ kind, seconds }) => (
          <span key={kind} data-kind={kind}>
            {stretchWords[kind]} {tookWords(seconds)}
          </span>
        ))}
      </span>
      {why === "" ? null : (
        <span className="job-why" data-failed={end?.shown === "failed"}>
          {why}
        </span>
      )}
    </li>
  );
}

/** Of the whole, so that lines of one job can be compared. */
function share(seconds: number, whole: number): string {
  return `${whole <= 0 ? 0 : Math.min(100, (seconds / whole) * 100)}%`;
}

/** Ticks while something is under way. */
function useNow(isTicking: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isTicking) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isTicking]);
  return now;
}
