import { Pause, Play, SkipBack, SkipForward, Volume2, VolumeX, X } from "lucide-react";
import { useEffect, useRef, type CSSProperties, type KeyboardEvent } from "react";
import type { Scene } from "#domain/film/scene.ts";
import type { Shot } from "#domain/film/shot.ts";
import { timecode, type FrameRate, spokenTime } from "#domain/time.ts";
import { ShotPicture } from "#app/studio/board/shot-picture.tsx";
import { framingWords, nameWords, sceneColor, sceneName } from "#app/studio/board/shot-words.ts";
import { useShotWork } from "#app/studio/board/use-shot-work.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { lineAt, type AnimaticShot } from "./animatic-plan.ts";
import { useAnimatic } from "./use-animatic.ts";
import "./animatic.css";

export interface AnimaticProps {
  scenes: readonly Scene[];
  shots: readonly Shot[];
  fps: FrameRate;
  /** The shot it begins with; null: the first. */
  startId: string | null;
  /** @param shotId  where it stood */
  onClose(shotId: string | null): void;
}

/** The board played over itself: stills for as long as their shots are, with the lines below and scratch voices. */
export function Animatic({ scenes, shots, fps, startId, onClose }: AnimaticProps) {
  const player = useAnimatic(shots, fps, startId);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const now = player.plan[player.index];
  const scene = scenes.find((each) => each.id === now?.shot.sceneId);
  const close = () => onClose(now?.shot.id ?? null);
  const keys: Partial<Record<string, () => void>> = {
    " ": player.toggle,
    ArrowLeft: () => player.step(-1),
    ArrowRight: () => player.step(1),
    Home: () => player.goTo(0),
    m: () => player.setVoiced(!player.isVoiced),
    Escape: close,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const run = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (!run || (event.key === " " && (event.target as Element).closest("button"))) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };
  return (
    <div ref={box} className="animatic" role="region" aria-label="Animatic" tabIndex={-1} onKeyDown={onKeyDown}>
      <div className="animatic-stage">
        {now ? <AnimaticPicture at={now} scene={scene ?? null} frame={player.frame} /> : null}
      </div>
      <div className="animatic-strip">
        <SceneMarks plan={player.plan} scenes={scenes} length={player.length} />
        <input
          type="range"
          className="animatic-range"
          aria-label="Place in the animatic"
          aria-valuetext={`${spokenTime(player.frame, fps)}, shot ${now?.shot.number ?? ""}`}
          min={0}
          max={Math.max(1, player.length)}
          value={player.frame}
          onChange={(event) => player.goTo(Number(event.target.value))}
        />
      </div>
      <footer className="animatic-foot">
        <IconButton name="Shot before" shortcut="←" side="top" onClick={() => player.step(-1)}>
          <SkipBack />
        </IconButton>
        <IconButton name={player.isPlaying ? "Pause" : "Play"} shortcut="Space" side="top" onClick={player.toggle}>
          {player.isPlaying ? <Pause /> : <Play />}
        </IconButton>
        <IconButton name="Shot after" shortcut="→" side="top" onClick={() => player.step(1)}>
          <SkipForward />
        </IconButton>
        <span className="num">
          {timecode(player.frame, fps)} <span className="faint">/ {timecode(player.length, fps)}</span>
        </span>
        <span className="grow cut dim">
          {now ? (
            <>
              <b>{now.shot.number}</b> {scene ? sceneName(scene) : ""}{" "}
              <span className="faint">{framingWords(now.shot)}</span>
            </>
          ) : null}
        </span>
        {player.canSpeak ? (
          <IconButton
            name="Scratch voices"
            shortcut="M"
            side="top"
            pressed={player.isVoiced}
            onClick={() => player.setVoiced(!player.isVoiced)}
          >
            {player.isVoiced ? <Volume2 /> : <VolumeX />}
          </IconButton>
        ) : (
          <span className="faint small">No voices in this browser</span>
        )}
        <IconButton name="Close the animatic" shortcut="Esc" side="top" onClick={close}>
          <X />
        </IconButton>
      </footer>
    </div>
  );
}

function AnimaticPicture({ at, scene, frame }: { at: AnimaticShot; scene: Scene | null; frame: number }) {
  const { picture } = useShotWork(at.shot.id);
  const line = lineAt(at, frame);
  return (
    <figure className="animatic-picture">
      <ShotPicture shot={at.shot} scene={scene} picture={picture} />
      {line ? (
        <figcaption dir="auto">
          <b>{nameWords(line.character)}</b> {line.text}
        </figcaption>
      ) : null}
    </figure>
  );
}

function SceneMarks({
  plan,
  scenes,
  length,
}: {
  plan: readonly AnimaticShot[];
  scenes: readonly Scene[];
  length: number;
}) {
  const numbers = new Map(scenes.map((scene) => [scene.id, scene.number]));
  const parts: { sceneId: string; frames: number }[] = [];
  for (const { shot, from, to } of plan) {
    const last = parts.at(-1);
    if (last?.sceneId === shot.sceneId) last.frames += to - from;
    else parts.push({ sceneId: shot.sceneId, frames: to - from });
  }
  return (
    <div className="animatic-scenes" aria-hidden="true">
      {parts.map((part, index) => (
        <i
          key={index}
          style={
            {
              flexGrow: part.frames / Math.max(1, length),
              "--k": sceneColor(numbers.get(part.sceneId) ?? 1),
            } as CSSProperties
          }
        />
      ))}
    </div>
  );
}
