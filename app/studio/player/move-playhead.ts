/** What buttons and keys do to the playhead; the engine follows the transport. */
import type { Clip } from "#domain/film/clip.ts";
import { filmLength } from "#domain/film/timeline/cut.ts";
import type { Frames } from "#domain/time.ts";
import { transport } from "../session/transport.ts";
import { changePlayer, playerSettings, shuttle } from "./player-settings.ts";
import { editPoints } from "./playback-plan.ts";

/** Puts the playhead on a frame and stops there. */
export function goTo(frame: Frames): void {
  transport.pause();
  transport.setFrame(Math.max(0, frame));
}

export function stepBy(frames: Frames): void {
  goTo(transport.frame + frames);
}

export function togglePlay(): void {
  if (transport.playing) {
    transport.pause();
    return;
  }
  changePlayer({ speed: 1 });
  transport.play();
}

/** J and L. */
export function shuttleTowards(direction: 1 | -1): void {
  changePlayer({ speed: shuttle(playerSettings.get().speed, transport.playing, direction) });
  transport.play();
}

export function goToEdit(direction: 1 | -1, clips: readonly Clip[]): void {
  const points = editPoints(clips);
  const target =
    direction > 0
      ? points.find((point) => point > transport.frame)
      : points.findLast((point) => point < transport.frame);
  if (target !== undefined) goTo(target);
}

export function goToEnd(clips: readonly Clip[]): void {
  goTo(Math.max(0, filmLength(clips) - 1));
}
