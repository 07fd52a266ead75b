import type { Frame } from "./frame.ts";
import { mixed, openMixer } from "./mixer.ts";
import type { Sound } from "./sound.ts";
import type { ViewerSource } from "./source.ts";

/** How loud it is, and how loud each part of it. */
export type SoundControls = {
  /** Has a sound that has just come follow what was set before. */
  apply(): void;
  mute(): void;
  /** @param volume  0 to 1; 0 mutes, and what it was comes back with the sound */
  setVolume(volume: number): void;
  /** @param by  added to the volume; it stays between 0 and 1 */
  louder(by: number): void;
  /** Opens or closes the desk with music, ambience and effects. */
  mixer(): void;
  readonly isOpen: boolean;
  dispose(): void;
};

/**
 * @param sound  the scene's, once it is there
 * @param again  plays it anew from where the film is, if it plays
 * @param signal  aborted when one leaves: what is on its way is called off, and nothing is said of it
 */
export function createSoundControls(
  frame: Frame,
  source: ViewerSource,
  sound: () => Sound | null,
  again: () => void,
  signal: AbortSignal,
): SoundControls {
  let muted = false;
  let volume = 1;
  let desk: { close(): void } | null = null;
  let parted: Promise<boolean> | null = null;
  let note: ReturnType<typeof setTimeout> | undefined;
  const levels = new Map<string, number>();

  function apply(): void {
    frame.setVolume(volume, muted);
    sound()?.setVolume(muted ? 0 : volume);
  }

  /** From the whole sound to its parts, which come only when somebody wants them apart. */
  async function part(): Promise<boolean> {
    try {
      const tracks = await Promise.all(
        mixed.map(async ({ file }) => ({ name: file, bytes: await source.read(file, () => undefined, signal) })),
      );
      if (signal.aborted) return false;
      if ((await sound()?.change(tracks)) !== true) throw new Error("a part cannot be read here");
      again();
      return true;
    } catch {
      if (signal.aborted) return false;
      parted = null;
      frame.setNote("The separate tracks could not be loaded. Try again in a moment.");
      clearTimeout(note);
      note = setTimeout(() => frame.setNote(null), 5000);
      return false;
    }
  }

  function setVolume(to: number): void {
    muted = to === 0;
    if (to > 0) volume = to;
    apply();
  }

  return {
    apply,
    mute() {
      muted = !muted;
      apply();
    },
    setVolume,
    louder(by) {
      // In tenths, so that ten steps down are silence.
      setVolume(Math.min(1, Math.max(0, Math.round(((muted ? 0 : volume) + by) * 10) / 10)));
    },
    mixer() {
      if (desk !== null) return desk.close();
      frame.mixer.setAttribute("aria-expanded", "true");
      desk = openMixer(
        frame.row,
        levels,
        (file, to) => void (parted ??= part()).then(() => sound()?.setTrack(file, to)),
        () => {
          desk = null;
          frame.mixer.setAttribute("aria-expanded", "false");
          frame.rest();
        },
      );
    },
    get isOpen() {
      return desk !== null;
    },
    dispose() {
      clearTimeout(note);
      desk?.close();
    },
  };
}
