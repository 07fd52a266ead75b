import type { CueSheet } from "#domain/screenplay/cue-sheet.ts";

export type SoundOptions = {
  seconds: number;
  sampleRate: number;
  stopped(): boolean;
  progress(fraction: number): void;
  /** Interleaved 16-bit stereo. */
  chunk(index: number, samples: Int16Array): void;
};

export async function renderSound(_cues: CueSheet, _options: SoundOptions): Promise<void> {
  throw new Error("not yet");
}
