import type { Seconds } from "#domain/time.ts";

/** As much of an AudioContext as a clock needs. */
export interface AudioTime {
  readonly currentTime: number;
  readonly state: string;
}

export interface MasterClock {
  /** Seconds from some beginning; never goes back, whatever it is read from. */
  now(): Seconds;
  /** What it reads at the moment: the sound card's time when it runs, the computer's otherwise. */
  source(): "audio" | "system";
}

/** Sound cards report in steps; this long without a step means that nothing is playing at all. */
const stuckAfterSeconds = 0.25;

/**
 * The time that picture follows. It is the audio clock, because sound can't be bent without being heard; where there
 * is no sound card, or its clock stands still, the system's clock takes over without a jump.
 * @param audio  the context, or null as long as there is none
 * @param system seconds, e.g. performance.now() / 1000
 */
export function masterClock(audio: () => AudioTime | null, system: () => Seconds): MasterClock {
  let shown = 0;
  let source: "audio" | "system" = "system";
  let last = system();
  let audioBefore: { time: Seconds; since: Seconds } | null = null;

  const usableAudio = (now: Seconds): Seconds | null => {
    const context = audio();
    if (context === null || context.state !== "running") {
      audioBefore = null;
      return null;
    }
    const time = context.currentTime;
    if (audioBefore === null || time !== audioBefore.time) audioBefore = { time, since: now };
    return now - audioBefore.since > stuckAfterSeconds || time === 0 ? null : time;
  };

  return {
    now() {
      const systemNow = system();
      const audioNow = usableAudio(systemNow);
      const next = audioNow === null ? "system" : "audio";
      const reading = audioNow ?? systemNow;
      if (next === source) shown += Math.max(0, reading - last);
      source = next;
      last = reading;
      return shown;
    },
    source: () => source,
  };
}
