import { Pause, Play, SkipBack, SkipForward } from "lucide-react";
import { timecode } from "#domain/time.ts";
import { useStore } from "#app/studio/session/store.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { changeSetState, setState } from "../set-state.ts";
import type { ShotSet } from "../use-set.ts";

export function SetTransport({ set }: { set: ShotSet }) {
  const frame = useStore(setState, (state) => state.frame);
  const playing = useStore(setState, (state) => state.playing);
  const go = (to: number) => changeSetState({ frame: to, playing: false });
  return (
    <div className="set-transport">
      <IconButton name="To the start" shortcut="Home" size="small" onClick={() => go(0)}>
        <SkipBack className="small" />
      </IconButton>
      <IconButton
        name={playing ? "Pause" : "Play"}
        shortcut="Space"
        className="play"
        size="small"
        onClick={() => changeSetState({ playing: !playing })}
      >
        {playing ? <Pause className="small" /> : <Play className="small" />}
      </IconButton>
      <IconButton name="To the end" shortcut="End" size="small" onClick={() => go(set.plan.frames - 1)}>
        <SkipForward className="small" />
      </IconButton>
      <span className="num strong" role="timer" aria-label="Playhead">
        {timecode(frame, set.plan.fps)}
      </span>
    </div>
  );
}
