import { Link } from "@remix-run/react";
import { Cpu, Ellipsis, Pause, Play, X } from "lucide-react";
import { useState } from "react";
import { isTerminal } from "#domain/jobs/lifecycle.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import { sentenceOf } from "#app/studio/session/api.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useFilm } from "#app/studio/session/use-film.ts";
import { useJobs } from "#app/studio/session/use-jobs.ts";
import { Button } from "#app/ui/button.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Menu, type MenuItems } from "#app/ui/menu.tsx";
import { toast } from "#app/ui/toast.tsx";
import { JobHistory } from "./job-history.tsx";
import { JobRow } from "./job-row.tsx";
import { jobName, trayOrder } from "./job-words.ts";
import { queueActions } from "./queue-actions.ts";
import { QueueList } from "./queue-list.tsx";
import "./job-tray.css";

/** What ended stays in sight for a while; the queue is shown whole. */
const mostEnded = 30;

/** The render queue: what runs, what waits, what came out of it. */
export function JobTray() {
  const { jobs, running, queued, isPaused } = useJobs();
  const { mayEdit, me } = useSession();
  const [asking, setAsking] = useState(false);
  const [historyOf, setHistoryOf] = useState<JobView | null>(null);
  const ordered = trayOrder(jobs);
  const active = ordered.filter((job) => !isTerminal(job.state) && job.state !== "queued");
  const waiting = ordered.filter((job) => job.state === "queued");
  const ended = ordered.filter((job) => isTerminal(job.state)).slice(0, mostEnded);
  const open = ordered.filter((job) => !isTerminal(job.state) && job.state !== "cancelling");
  const mine = open.filter((job) => job.createdBy === me.id);
  const row = (job: JobView) => (
    <li key={job.id}>
      <JobRow job={job} onHistory={setHistoryOf} />
    </li>
  );
  if (historyOf) return <History job={historyOf} onBack={() => setHistoryOf(null)} />;
  return (
    <section className="job-tray" aria-label="Render queue">
      <header>
        <h2>Renders</h2>
        <span className="faint small num grow">
          {running} running, {queued} queued
        </span>
        <Link className="job-tray-agents" to="/agents" aria-label="Render agents" title="Render agents">
          <Cpu className="small" />
        </Link>
        {mayEdit ? (
          <QueueControls isPaused={isPaused} open={open.length} mine={mine.length} onAsk={() => setAsking(true)} />
        ) : null}
      </header>
      {asking && open.length > 0 ? (
        <AskFirst open={open.length} mine={mine.length} onDone={() => setAsking(false)} />
      ) : null}
      {isPaused ? (
        <p className="job-tray-paused" role="status">
          <Pause className="small" />
          <span className="grow">
            <span className="strong">The queue of this film is paused.</span> What runs goes on; nothing new begins.
          </span>
          {mayEdit ? (
            <Button size="small" onClick={() => act(queueActions.pause(false))}>
              Resume
            </Button>
          ) : null}
        </p>
      ) : null}
      {ordered.length === 0 ? (
        <p className="job-tray-empty">
          Nothing is rendering. Generate a shot, and it shows here and on everybody's screen.
        </p>
      ) : null}
      {active.length > 0 ? <ul>{active.map(row)}</ul> : null}
      {waiting.length > 0 ? (
        <>
          {active.length > 0 ? <h3>Queue</h3> : null}
          <QueueList jobs={waiting} mayEdit={mayEdit} onHistory={setHistoryOf} />
        </>
      ) : null}
      {ended.length > 0 ? (
        <>
          {active.length + waiting.length > 0 ? <h3>Ended</h3> : null}
          <ul>{ended.map(row)}</ul>
        </>
      ) : null}
    </section>
  );
}

/** The job as it is now, not as it was when its history was asked for. */
function History({ job, onBack }: { job: JobView; onBack(): void }) {
  const { jobs } = useJobs();
  const now = jobs.find((one) => one.id === job.id) ?? job;
  const number = useFilm((film) => film.shots.find((shot) => shot.id === job.shotId)?.number ?? null);
  return <JobHistory job={now} name={jobName(now, number)} onBack={onBack} />;
}

function QueueControls({
  isPaused,
  open,
  mine,
  onAsk,
}: {
  isPaused: boolean;
  open: number;
  mine: number;
  onAsk(): void;
}) {
  const items: MenuItems = [
    {
      name: isPaused ? "Resume the queue" : "Pause the queue",
      icon: isPaused ? <Play /> : <Pause />,
      run: () => act(queueActions.pause(!isPaused)),
    },
    "line",
    {
      name: mine === 0 ? "Cancel mine" : `Cancel mine, ${mine}`,
      icon: <X />,
      disabled: mine === 0,
      danger: mine > 0,
      run: () => act(queueActions.cancelAll("mine")),
    },
    {
      name: open === 0 ? "Cancel everybody's" : `Cancel everybody's, ${open}`,
      icon: <X />,
      disabled: open === 0,
      danger: open > 0,
      run: onAsk,
    },
  ];
  return (
    <Menu items={items} align="end">
      <IconButton name="What to do with the queue" size="small">
        <Ellipsis className="small" />
      </IconButton>
    </Menu>
  );
}

/** Other people's work ends with it, and no undo brings it back: the one place that asks. */
function AskFirst({ open, mine, onDone }: { open: number; mine: number; onDone(): void }) {
  return (
    <div className="job-tray-ask" role="alertdialog" aria-label="Cancel everybody's renders?">
      <span className="grow">
        <span className="strong">Cancel {open === 1 ? "the render" : `all ${open} renders`}?</span>{" "}
        {open === mine
          ? "They are yours."
          : open - mine === 1
            ? "One is somebody else's."
            : `${open - mine} are other people's.`}
      </span>
      <Button size="small" look="quiet" autoFocus onClick={onDone}>
        Keep them
      </Button>
      <Button
        size="small"
        look="danger"
        onClick={() => {
          act(queueActions.cancelAll("everybody's"));
          onDone();
        }}
      >
        Cancel {open === 1 ? "it" : "them"}
      </Button>
    </div>
  );
}

function act(work: Promise<void>): void {
  work.catch((error: unknown) => toast.wrong(sentenceOf(error)));
}
