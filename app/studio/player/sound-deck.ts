/** Plays the sounds of a film against the audio clock. Buffers, not media elements: only they start on the sample. */
import type { Id } from "#domain/ids.ts";
import type { FrameRate, Frames, Seconds } from "#domain/time.ts";
import { soundCue, type PlannedSound } from "./playback-plan.ts";
import { soundOf } from "./sound-bank.ts";

export interface SoundDeck {
  /** The context, made at the first call: call it in a click or a key, or browsers keep it silent. Null where there is none. */
  open(): AudioContext | null;
  context(): AudioContext | null;
  /** Schedules everything from `frame` on, which is heard `lead` seconds from now. */
  start(sounds: readonly PlannedSound[], frame: Frames, rate: FrameRate, lead: Seconds): void;
  stop(): void;
  /** Follows gains and mutes while playing. */
  mix(sounds: readonly PlannedSound[]): void;
  setVolume(volume: number): void;
  /** Seconds between scheduling a sound and hearing it. */
  latency(): Seconds;
  close(): void;
}

interface Voice {
  source: AudioBufferSourceNode;
  gain: GainNode;
}

export function soundDeck(): SoundDeck {
  let context: AudioContext | null = null;
  let master: GainNode | null = null;
  let volume = 1;
  let run = 0;
  const voices = new Map<Id, Voice>();
  let gains = new Map<Id, number>();

  const open = () => {
    if (context === null && typeof AudioContext !== "undefined") {
      context = new AudioContext({ latencyHint: "interactive" });
      master = context.createGain();
      master.gain.value = volume;
      master.connect(context.destination);
    }
    // Refused without a gesture; the system clock plays on, and the next press tries again.
    if (context?.state === "suspended") context.resume().catch(() => undefined);
    return context;
  };

  const stop = () => {
    run += 1;
    for (const { source, gain } of voices.values()) {
      source.stop();
      source.disconnect();
      gain.disconnect();
    }
    voices.clear();
  };

  /** `beganAt`: context time at which `frame` is heard. What is loaded late joins in at the right place. */
  const schedule = async (sound: PlannedSound, frame: Frames, rate: FrameRate, beganAt: Seconds, thisRun: number) => {
    const buffer = await soundOf(sound.assetId);
    if (run !== thisRun || context === null || master === null) return;
    const cue = soundCue(sound.clip, frame, rate);
    if (cue === null) return;
    const late = Math.max(0, context.currentTime - (beganAt + cue.after));
    const offset = cue.offset + late;
    if (late >= cue.length || offset >= buffer.duration) return;
    const source = context.createBufferSource();
    const gain = context.createGain();
    source.buffer = buffer;
    gain.gain.value = gains.get(sound.clip.id) ?? sound.gain;
    source.connect(gain).connect(master);
    source.start(Math.max(context.currentTime, beganAt + cue.after), offset, cue.length - late);
    voices.set(sound.clip.id, { source, gain });
    source.addEventListener("ended", () => {
      if (voices.get(sound.clip.id)?.source === source) voices.delete(sound.clip.id);
    });
  };

  return {
    open,
    context: () => context,
    start(sounds, frame, rate, lead) {
      stop();
      if (context === null) return;
      gains = new Map(sounds.map((sound) => [sound.clip.id, sound.gain]));
      const beganAt = context.currentTime + lead;
      // A sound that can't be had is silence; the clip says so on the timeline.
      for (const sound of sounds) schedule(sound, frame, rate, beganAt, run).catch(() => undefined);
    },
    stop,
    mix(sounds) {
      gains = new Map(sounds.map((sound) => [sound.clip.id, sound.gain]));
      for (const [id, voice] of voices) {
        const wanted = gains.get(id) ?? 0;
        // A short ramp: a step clicks.
        if (context && voice.gain.gain.value !== wanted)
          voice.gain.gain.setTargetAtTime(wanted, context.currentTime, 0.01);
      }
    },
    setVolume(next) {
      volume = next;
      if (master && context) master.gain.setTargetAtTime(next, context.currentTime, 0.01);
    },
    latency: () => (context?.state === "running" ? context.outputLatency || context.baseLatency || 0 : 0),
    close() {
      stop();
      context?.close().catch(() => undefined);
      context = null;
      master = null;
    },
  };
}
