import {
  Pause,
  Play,
  Repeat,
  SkipBack,
  SkipForward,
  StepBack,
  StepForward,
  Volume1,
  Volume2,
  VolumeX,
} from "lucide-react";
import { forwardRef } from "react";
import { filmLength } from "#domain/film/timeline/cut.ts";
import { timecode } from "#domain/time.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Popover } from "#app/ui/popover.tsx";
import { Slider } from "#app/ui/slider.tsx";
import { Toggle } from "#app/ui/toggle.tsx";
import { usePlaying } from "../session/transport.ts";
import { useStore } from "../session/store.ts";
import { useFilm, useReadFilm } from "../session/use-film.ts";
import { keepFocus } from "./keep-focus.ts";
import { goToEdit, stepBy, togglePlay } from "./move-playhead.ts";
import { changePlayer, playerSettings } from "./player-settings.ts";
import { PlayheadTimecode } from "./timecode-text.tsx";

/** Timecode, transport, volume. `droppedRef` is where the engine writes its count. */
export const TransportBar = forwardRef<HTMLSpanElement>(function TransportBar(_props, droppedRef) {
  const rate = useFilm((film) => film.meta.fps);
  const length = useFilm((film) => filmLength(film.clips));
  const readFilm = useReadFilm();
  const playing = usePlaying();
  const loop = useStore(playerSettings, (settings) => settings.loop);
  return (
    <div className="transport-bar" role="group" aria-label="Transport" onMouseDown={keepFocus}>
      <PlayheadTimecode rate={rate} className="now" />
      <div className="buttons">
        <IconButton name="Previous edit" shortcut="↑" side="top" onClick={() => goToEdit(-1, readFilm().clips)}>
          <SkipBack />
        </IconButton>
        <IconButton name="Frame back" shortcut="←" side="top" onClick={() => stepBy(-1)}>
          <StepBack />
        </IconButton>
        <IconButton name={playing ? "Pause" : "Play"} shortcut="Space" side="top" className="play" onClick={togglePlay}>
          {playing ? <Pause fill="currentColor" /> : <Play fill="currentColor" />}
        </IconButton>
        <IconButton name="Frame forward" shortcut="→" side="top" onClick={() => stepBy(1)}>
          <StepForward />
        </IconButton>
        <IconButton name="Next edit" shortcut="↓" side="top" onClick={() => goToEdit(1, readFilm().clips)}>
          <SkipForward />
        </IconButton>
        <IconButton name="Loop" side="top" pressed={loop} onClick={() => changePlayer({ loop: !loop })}>
          <Repeat />
        </IconButton>
      </div>
      <div className="end">
        <span ref={droppedRef} className="num small dropped" aria-live="off" />
        <Volume />
        <span className="num length" aria-label="Length of the film">
          {timecode(length, rate)}
        </span>
      </div>
    </div>
  );
});

function Volume() {
  const { volume, muted } = useStore(playerSettings, ({ volume, muted }) => ({ volume, muted }));
  const icon = muted || volume === 0 ? <VolumeX /> : volume < 0.5 ? <Volume1 /> : <Volume2 />;
  return (
    <Popover
      side="top"
      trigger={
        <IconButton name="Volume" side="top">
          {icon}
        </IconButton>
      }
    >
      <div className="volume-panel">
        <div className="row">
          <span className="grow">Mute</span>
          <Toggle label="Mute" on={muted} onChange={(next) => changePlayer({ muted: next })} />
        </div>
        <div className="row">
          <Slider
            label="Volume"
            value={Math.round(volume * 100)}
            min={0}
            max={100}
            onChange={(next) => changePlayer({ volume: next / 100, muted: false })}
          />
          <span className="num faint percent">{Math.round(volume * 100)}%</span>
        </div>
      </div>
    </Popover>
  );
}
