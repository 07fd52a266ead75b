import { Pause, Play, Repeat, StepBack, StepForward } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { TakeView } from "#domain/jobs/messages/views.ts";
import { timecode, frameAt, framesToSeconds } from "#domain/time.ts";
import { useShortcuts } from "#app/studio/shell/keyboard.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { useHeldFrame } from "./held-frame.ts";

/**
 * One take, frame by frame: picture above, its own little transport below. Another take in its place is shown at the
 * same frame, and plays only if the one before it did; until its file is there the frame before stays on screen.
 */
export function TakePlayer({ take }: { take: TakeView }) {
  const video = useRef<HTMLVideoElement>(null);
  const [frame, setFrame] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [loop, setLoop] = useState(true);
  const [broken, setBroken] = useState(false);
  /** Whose file is in the player: the take before until its picture is kept. */
  const [inside, setInside] = useState(take);
  const { canvas, held, hold, release } = useHeldFrame(video);
  const last = Math.max(0, take.frames - 1);
  /** What the take before leaves to this one, until its file is there. */
  const left = useRef<{ frame: number; playing: boolean } | null>(null);
  const shown = useRef({ frame, playing });
  shown.current = { frame, playing };

  // Before anything is painted, and while the player still has the file before: a new one takes its picture away.
  useLayoutEffect(() => {
    if (inside.id === take.id) return;
    hold();
    left.current = { ...shown.current, frame: Math.min(shown.current.frame, last) };
    setFrame(left.current.frame);
    setBroken(false);
    setInside(take);
  }, [inside, take, last, hold]);

  useEffect(() => {
    if (!playing) return;
    let request = 0;
    const follow = () => {
      if (video.current && left.current === null)
        setFrame(Math.min(last, frameAt(video.current.currentTime, take.fps)));
      request = requestAnimationFrame(follow);
    };
    request = requestAnimationFrame(follow);
    return () => cancelAnimationFrame(request);
  }, [playing, last, take.fps]);

  const toggle = () => {
    const element = video.current;
    if (!element) return;
    // What does not play yet says nothing itself.
    if (left.current !== null) setPlaying((left.current.playing = !left.current.playing));
    else if (element.paused) void element.play().catch(() => setPlaying(false));
    else element.pause();
  };
  const seek = (next: number) => {
    const element = video.current;
    if (!element) return;
    const to = Math.max(0, Math.min(last, Math.round(next)));
    setFrame(to);
    if (left.current !== null) {
      left.current = { frame: to, playing: false };
      return setPlaying(false);
    }
    element.pause();
    // The middle of the frame: its edge could show the one before.
    element.currentTime = framesToSeconds(to + 0.5, take.fps);
  };
  const takeOver = () => {
    const before = left.current;
    const element = video.current;
    left.current = null;
    if (before === null || element === null) return;
    // A new file pauses the player without a word.
    setPlaying(before.playing);
    // It stands at its start already.
    if (before.frame > 0) element.currentTime = framesToSeconds(before.frame + 0.5, take.fps);
    if (before.playing) void element.play().catch(() => setPlaying(false));
    else element.pause();
  };
  const fail = () => {
    left.current = null;
    setPlaying(false);
    setBroken(true);
    release();
  };
  useShortcuts([
    { keys: "Space", name: "Play or pause the take", group: "Shots", run: toggle },
    { keys: "Left", name: "One frame back", group: "Shots", run: () => seek(frame - 1) },
    { keys: "Right", name: "One frame forward", group: "Shots", run: () => seek(frame + 1) },
  ]);

  // The address of a take's file may be renewed.
  const file = inside.id === take.id ? take : inside;

  return (
    <>
      <div className="shots-well">
        <div className="shots-picture" style={{ aspectRatio: `${take.width} / ${take.height}` }}>
          <video
            ref={video}
            src={file.videoUrl}
            poster={file.posterUrl}
            loop={loop}
            muted
            playsInline
            preload="auto"
            aria-label={`Take ${take.number}`}
            onLoadedMetadata={takeOver}
            onPlay={() => setPlaying(true)}
            onPause={() => setPlaying(false)}
            // At its start there is nothing to seek.
            onLoadedData={() => (frame === 0 ? release() : undefined)}
            onSeeked={release}
            onPlaying={release}
            onError={fail}
            onClick={toggle}
          />
          <canvas ref={canvas} hidden={!held} aria-hidden="true" />
          <span className="shots-label">
            Take {take.number} · seed {take.seed}
          </span>
          <span className="shots-label" data-end="true">
            {take.engine}
          </span>
          {broken ? (
            <p className="shots-broken">
              This take's file can't be played. It may still be on its way; open the shot again in a moment.
            </p>
          ) : null}
        </div>
      </div>
      <div className="shots-transport">
        <IconButton name="One frame back" shortcut="Left" onClick={() => seek(frame - 1)}>
          <StepBack />
        </IconButton>
        <IconButton name={playing ? "Pause" : "Play"} shortcut="Space" onClick={toggle}>
          {playing ? <Pause /> : <Play />}
        </IconButton>
        <IconButton name="One frame forward" shortcut="Right" onClick={() => seek(frame + 1)}>
          <StepForward />
        </IconButton>
        <span className="num strong">{timecode(frame, take.fps)}</span>
        <input
          className="shots-scrub"
          type="range"
          aria-label="Frame"
          min={0}
          max={last}
          step={1}
          value={frame}
          style={{ ["--v" as string]: `${last === 0 ? 0 : (frame / last) * 100}%` }}
          onChange={(event) => seek(Number(event.target.value))}
        />
        <span className="num faint">{timecode(take.frames, take.fps)}</span>
        <IconButton name="Repeat" pressed={loop} onClick={() => setLoop(!loop)}>
          <Repeat />
        </IconButton>
      </div>
    </>
  );
}
