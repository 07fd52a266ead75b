import * as Tone from "tone";
import type { Instrument } from "#domain/screenplay/plan/sound-kinds.ts";
import { seededRandom } from "#domain/screenplay/seeded.ts";
import type { Note } from "./compose-score.ts";

type Voice = { play(note: Note, at: number): void };

const hertz = (pitch: number) => 440 * 2 ** ((pitch - 69) / 12);

function poly(options: ConstructorParameters<typeof Tone.Synth>[0] & object, to: Tone.InputNode, level: number): Voice {
  const synth = new Tone.PolySynth(Tone.Synth, options);
  synth.maxPolyphony = 48;
  synth.volume.value = level;
  synth.connect(to);
  return { play: (note, at) => synth.triggerAttackRelease(hertz(note.pitch), note.seconds, at, note.loud) };
}

function voices(dry: Tone.InputNode, wet: Tone.InputNode): Record<Instrument, () => Voice> {
  const both = (cutoff: number, send: number) => {
    const filter = new Tone.Filter({ frequency: cutoff, type: "lowpass", rolloff: -12 });
    filter.connect(dry);
    filter.connect(new Tone.Gain(send).connect(wet));
    return filter;
  };
  return {
    pad: () =>
      poly(
        {
          oscillator: { type: "fattriangle", count: 3, spread: 16 },
          envelope: { attack: 1.1, decay: 0.6, sustain: 0.75, release: 2.2 },
        },
        both(1300, 0.5),
        -15,
      ),
    strings: () =>
      poly(
        {
          oscillator: { type: "fatsawtooth", count: 2, spread: 12 },
          envelope: { attack: 0.55, decay: 0.4, sustain: 0.75, release: 1.2 },
        },
        both(1500, 0.5),
        -20,
      ),
    piano: () =>
      poly(
        {
          oscillator: { type: "custom", partials: [1, 0.42, 0.2, 0.11, 0.05, 0.03] },
          envelope: { attack: 0.004, decay: 1.5, sustain: 0.04, release: 1.1 },
        },
        both(3200, 0.6),
        -11,
      ),
    pluck: () =>
      poly(
        { oscillator: { type: "triangle" }, envelope: { attack: 0.003, decay: 0.32, sustain: 0.02, release: 0.4 } },
        both(2600, 0.45),
        -13,
      ),
    bass: () =>
      poly(
        {
          oscillator: { type: "custom", partials: [1, 0.3, 0.1] },
          envelope: { attack: 0.04, decay: 0.5, sustain: 0.6, release: 0.5 },
        },
        both(420, 0.05),
        -9,
      ),
    pulse: () =>
      poly(
        { oscillator: { type: "sawtooth" }, envelope: { attack: 0.005, decay: 0.12, sustain: 0.08, release: 0.1 } },
        both(620, 0.15),
        -13,
      ),
    cello: () => {
      const vibrato = new Tone.Vibrato({ frequency: 5.1, depth: 0.07 });
      vibrato.connect(both(1700, 0.55));
      return poly(
        {
          oscillator: { type: "custom", partials: [1, 0.62, 0.5, 0.3, 0.22, 0.16, 0.1, 0.06] },
          envelope: { attack: 0.16, decay: 0.3, sustain: 0.82, release: 0.5 },
        },
        vibrato,
        -11,
      );
    },
    bell: () => {
      const synth = new Tone.PolySynth(Tone.FMSynth, {
        harmonicity: 3.01,
        modulationIndex: 5,
        envelope: { attack: 0.003, decay: 2.2, sustain: 0, release: 1.6 },
        modulationEnvelope: { attack: 0.002, decay: 0.6, sustain: 0, release: 0.4 },
      });
      synth.volume.value = -19;
      synth.connect(both(5200, 0.8));
      return { play: (note, at) => synth.triggerAttackRelease(hertz(note.pitch), note.seconds, at, note.loud) };
    },
  };
}

/** A hall: decaying noise, the same one every time. */
function hall(context: Tone.BaseContext): Tone.ToneAudioBuffer {
  const length = Math.round(context.sampleRate * 2.4);
  const buffer = context.createBuffer(2, length, context.sampleRate);
  for (const channel of [0, 1]) {
    const random = seededRandom(31 + channel);
    const data = buffer.getChannelData(channel);
    let low = 0;
    for (let i = 0; i < length; i += 1) {
      const t = i / context.sampleRate;
      low += (random() * 2 - 1 - low) * (0.5 * Math.exp(-t * 1.1) + 0.08);
      data[i] = low * Math.exp(-t * 2.7) * Math.min(1, t * 60) * 0.5;
    }
  }
  return new Tone.ToneAudioBuffer(buffer);
}

/**
 * Plays notes into a buffer with Tone's offline context.
 * @param from  start of the stretch, seconds of the film; note times count from the film's start
 * @returns left and right, `seconds` long
 */
export async function playScore(
  notes: readonly Note[],
  from: number,
  seconds: number,
  sampleRate: number,
): Promise<[Float32Array, Float32Array]> {
  const buffer = await Tone.Offline(
    (context) => {
      const dry = new Tone.Gain(0.8).toDestination();
      const wet = new Tone.Convolver(hall(context));
      wet.connect(new Tone.Gain(0.9).toDestination());
      const make = voices(dry, wet);
      const made = new Map<Instrument, Voice>();
      for (const note of notes) {
        const voice = made.get(note.instrument) ?? make[note.instrument]();
        made.set(note.instrument, voice);
        voice.play(note, Math.max(0.001, note.at - from));
      }
    },
    seconds,
    2,
    sampleRate,
  );
  return [buffer.getChannelData(0), buffer.getChannelData(1)];
}
