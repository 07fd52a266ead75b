import { Clapperboard, Maximize } from "lucide-react";
import { useEffect, useRef, type CSSProperties } from "react";
import { Button } from "#app/ui/button.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { toast } from "#app/ui/toast.tsx";
import { cardText } from "../board/shot-words.ts";
import { sentenceOf } from "../session/api.ts";
import { useSession } from "../session/film-session.tsx";
import { transport } from "../session/transport.ts";
import { useFilm, useReadFilm } from "../session/use-film.ts";
import { jobActions, useJobPreview, useShotJobs } from "../session/use-jobs.ts";
import { useAllTakes } from "../session/use-takes.ts";
import { StateLabel } from "#app/ui/state-label.tsx";
import { shotTypeNames } from "#domain/film/shot.ts";
import { isTerminal } from "#domain/jobs/lifecycle.ts";
import { playerSettings } from "./player-settings.ts";
import { startPlayer, type Player, type PlayerReport } from "./player.ts";
import { TransportBar } from "./transport-bar.tsx";
import { useUnderPlayhead } from "./use-under-playhead.ts";
import "./player.css";

/** The picture of the cut, and what plays it. Leaving it stops the film. */
export function ProgramMonitor() {
  const monitor = useRef<HTMLElement>(null);
  const first = useRef<HTMLVideoElement>(null);
  const second = useRef<HTMLVideoElement>(null);
  const dropped = useRef<HTMLSpanElement>(null);
  const player = useRef<Player | null>(null);
  const readFilm = useReadFilm();
  const takes = useAllTakes();
  const newestTakes = useRef(takes);
  const film = useFilm((one) => ({ clips: one.clips, tracks: one.tracks, shots: one.shots, fps: one.meta.fps }));
  const { width, height } = useFilm(({ meta }) => ({ width: meta.width, height: meta.height }));

  useEffect(() => {
    if (!first.current || !second.current) return;
    const report = (now: PlayerReport) => {
      if (monitor.current) writeReport(monitor.current, now);
      const text = droppedWords(now.dropped);
      if (dropped.current && dropped.current.textContent !== text) dropped.current.textContent = text;
    };
    const started = startPlayer({
      videos: [first.current, second.current],
      transport,
      settings: playerSettings,
      film: readFilm,
      takes: () => newestTakes.current,
      report,
    });
    player.current = started;
    return () => {
      transport.pause();
      started.close();
      player.current = null;
    };
  }, [readFilm]);

  useEffect(() => {
    newestTakes.current = takes;
    player.current?.wake();
  }, [takes, film]);

  return (
    <section
      ref={monitor}
      className="panel program-monitor"
      aria-label="Program"
      data-frame={0}
      data-playing="false"
      data-dropped={0}
      data-audio-clock="system"
    >
      <MonitorHead onFullScreen={() => void monitor.current?.requestFullscreen().catch(() => undefined)} />
      <div className="well">
        <div className="picture" style={{ "--shape": width / height } as CSSProperties}>
          <video ref={first} muted playsInline aria-hidden="true" tabIndex={-1} />
          <video ref={second} muted playsInline aria-hidden="true" tabIndex={-1} />
          <NothingToShow />
        </div>
      </div>
      <TransportBar ref={dropped} />
    </section>
  );
}

/** Nothing to say while no picture was missed. */
const droppedWords = (count: number) => (count === 0 ? "" : `${count} ${count === 1 ? "frame" : "frames"} dropped`);

function writeReport(element: HTMLElement, now: PlayerReport): void {
  const { dataset } = element;
  dataset.frame = String(now.frame);
  dataset.playing = String(now.playing);
  dataset.dropped = String(now.dropped);
  dataset.audioClock = now.clock;
  dataset.settled = String(now.settled);
}

function MonitorHead({ onFullScreen }: { onFullScreen(): void }) {
  const { shot, take } = useUnderPlayhead();
  return (
    <div className="panel-head">
      <h2>Program</h2>
      <span className="faint cut">
        {shot ? `${shot.number} · ${cardText(shot) || shotTypeNames[shot.type]}` : null}
        {take ? ` · Take ${take.number} · ${take.engine}` : null}
      </span>
      <span className="end">
        <IconButton name="Full screen" size="small" onClick={onFullScreen}>
          <Maximize className="small" />
        </IconButton>
      </span>
    </div>
  );
}

/** Over black, when the playhead stands on a shot that has no picture yet. */
function NothingToShow() {
  const { clip, shot, take } = useUnderPlayhead();
  if (!clip || take) return null;
  if (!shot) return <div className="no-picture">This clip's shot was deleted from the board.</div>;
  return <NotRendered shotId={shot.id} number={shot.number} />;
}

function NotRendered({ shotId, number }: { shotId: string; number: string }) {
  const { mayEdit } = useSession();
  const job = useShotJobs(shotId).find((one) => one.kind === "shot" && !isTerminal(one.state));
  const preview = useJobPreview(job?.id);
  const generate = () => {
    jobActions.generateShot(shotId).catch((error: unknown) => toast.wrong(sentenceOf(error)));
  };
  return (
    <div className="no-picture" data-live={preview !== null}>
      {preview ? <img src={preview} alt="" /> : null}
      <Clapperboard className="large" aria-hidden="true" />
      <span>Shot {number} has no take yet.</span>
      {job ? (
        <StateLabel state={job.state === "queued" ? "queued" : "running"}>
          {job.state === "queued" ? "Queued" : `Rendering ${Math.round(job.progress * 100)}%`}
        </StateLabel>
      ) : mayEdit ? (
        <Button size="small" onClick={generate}>
          Generate {number}
        </Button>
      ) : null}
    </div>
  );
}
