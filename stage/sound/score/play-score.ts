import * as Tone from "tone";
import { hashText, seededRandom } from "#domain/screenplay/seeded.ts";
import type { Stereo } from "../master.ts";
import type { Note, Player } from "./compose-score.ts";
import { type Drum, drums, drumVoices } from "./drums.ts";
import { hallOf, hallSeconds } from "./hall.ts";
import { instrumentVoices, type Voice } from "./instruments.ts";

/** Where each sits: -1 left to 1 right; how loud beside the others; how much of it the hall gets; played all round. */
type Seat = { pan: number; level: number; hall: number; wide?: true };
const seats: Readonly<Record<Player, Seat>> = {
  pad: { pan: 0, level: 0.62, hall: 0.5, wide: true },
  strings: { pan: 0, level: 0.6, hall: 0.55, wide: true },
  piano: { pan: -0.22, level: 1.15, hall: 0.34 },
  pluck: { pan: 0.34, level: 1.05, hall: 0.28 },
  cello: { pan: 0.25, level: 1.2, hall: 0.45 },
  bass: { pan: 0, level: 0.62, hall: 0.02 },
  pulse: { pan: -0.3, level: 0.8, hall: 0.16 },
  bell: { pan: 0.45, level: 0.7, hall: 0.7 },
  kick: { pan: 0, level: 0.62, hall: 0.02 },
  snare: { pan: 0.05, level: 0.62, hall: 0.16 },
  brush: { pan: 0.08, level: 0.66, hall: 0.14 },
  clap: { pan: -0.08, level: 0.5, hall: 0.2 },
  hat: { pan: 0.38, level: 0.62, hall: 0.05 },
  shaker: { pan: -0.42, level: 0.6, hall: 0.08 },
  tom: { pan: -0.12, level: 0.7, hall: 0.3 },
  crackle: { pan: 0, level: 0.35, hall: 0, wide: true },
};
const isDrum = (player: Player): player is Drum => (drums as readonly string[]).includes(player);
const voiceOf = (player: Player): Voice => (isDrum(player) ? drumVoices[player] : instrumentVoices[player]);
const hertz = (pitch: number) => 440 * 2 ** ((pitch - 69) / 12);

/** What is played all round is played twice, to either side; each ear hears its own more, but not alone. */
const sides = [-0.468, 0.468];
/** Both ears together hear as much of each. */
const wideGain = 0.985;
/** The hall hears them nearer to its middle. */
const inHall = 0.5;
/** So fine are the steps of a note's samples: few enough that sums of notes are exact, whatever their order. */
const grid = 2 ** 20;
/** Below this nothing is music, hertz. */
const rumble = 22;
/** So many seconds of the score are mixed at once: every note on a desk costs time for as long as the desk runs. */
const piece = 8;

/** So many notes are kept to be played again: a pattern repeats what it has. */
const mostKept = 240;
/** After so many notes whoever else waits for the page has a turn. */
const turnEvery = 48;

export type Playing = {
  seconds: number;
  rate: number;
  seed: number;
  stopped(): boolean;
  progress(fraction: number): void;
};

/**
 * Plays notes, in order of time, into two channels: Tone mixes them, off line, piece by piece.
 * @returns null when it was stopped
 */
export async function playScore(notes: readonly Note[], playing: Playing): Promise<Stereo | null> {
  const { rate } = playing;
  const length = Math.round(playing.seconds * rate);
  const out: Stereo = [new Float32Array(length), new Float32Array(length)];
  const soundsOf = noteCache(playing);
  const hall = bufferOf(hallOf(rate), rate);
  for (let first = 0; first < notes.length;) {
    const from = Math.round(notes[first]!.at * rate);
    const sounds: Sound[] = [];
    for (; first < notes.length && notes[first]!.at * rate < from + piece * rate; first += 1) {
      const { at, player } = notes[first]!;
      sounds.push({ player, at: (Math.round(at * rate) - from) / rate, buffers: soundsOf(notes[first]!) });
      if (first % turnEvery < turnEvery - 1) continue;
      playing.progress(first / notes.length);
      await new Promise((resolve) => setTimeout(resolve));
      if (playing.stopped()) return null;
    }
    const ends = Math.max(...sounds.map(({ at, buffers }) => at + buffers[0]!.duration)) + hallSeconds;
    const seconds = Math.min(ends, (length - from) / rate);
    const mixed = await Tone.Offline(() => mix(sounds, hall), seconds, 2, rate);
    if (playing.stopped()) return null;
    for (const [channel, into] of out.entries()) {
      const one = mixed.getChannelData(channel);
      for (let i = 0; i < one.length && from + i < length; i += 1) into[from + i]! += one[i]!;
    }
  }
  return out;
}

/** A note on the desk, seconds from the desk's beginning; of what is played all round, one buffer for each side. */
type Sound = { player: Player; at: number; buffers: readonly AudioBuffer[] };

function bufferOf(channels: readonly Float32Array[], rate: number): AudioBuffer {
  const buffer = new AudioBuffer({ numberOfChannels: channels.length, length: channels[0]!.length, sampleRate: rate });
  for (const [index, samples] of channels.entries()) buffer.getChannelData(index).set(samples);
  return buffer;
}

/** Makes the samples of notes; those made last are kept. */
function noteCache({ rate, seed }: Playing): (note: Note) => readonly AudioBuffer[] {
  const kept = new Map<string, AudioBuffer>();
  const bufferFor = ({ player, pitch, seconds, loud }: Note, side: number): AudioBuffer => {
    const [held, hard] = [Math.round(seconds * 100) / 100, Math.round(loud * 12) / 12];
    const key = `${player} ${pitch} ${held} ${hard} ${side}`;
    let made = kept.get(key);
    if (made === undefined) {
      const samples = voiceOf(player)(hertz(pitch), held, hard, seededRandom(seed ^ hashText(key)), rate);
      made = bufferOf([samples.map((value) => Math.round(value * grid) / grid)], rate);
      if (kept.size >= mostKept) kept.delete(kept.keys().next().value!);
      kept.set(key, made);
    }
    return made;
  };
  return (note) => (seats[note.player].wide === true ? [0, 1] : [0]).map((side) => bufferFor(note, side));
}

/** The desk: a channel or two for each who plays, past the hall and into it. */
function mix(sounds: readonly Sound[], hall: AudioBuffer): void {
  let [dry, wet] = [new Tone.Gain(), new Tone.Gain()];
  for (const player of new Set(sounds.map((sound) => sound.player))) {
    const { pan, level, hall: sent, wide } = seats[player];
    for (const [side, place] of (wide === true ? sides : [pan]).entries()) {
      const channel = new Tone.Gain(level * (wide === true ? wideGain : Math.SQRT2));
      for (const { player: whose, buffers, at } of sounds)
        if (whose === player) new Tone.ToneBufferSource(buffers[side]!).connect(channel).start(at);
      const [seat, send] = [new Tone.Panner(place), new Tone.Panner(place * inHall)];
      channel.connect(seat);
      channel.chain(new Tone.Gain(sent), send);
      [dry, wet] = [joined(dry, seat), joined(wet, send)];
    }
  }
  const room = new Tone.Convolver({ normalize: false });
  room.buffer = new Tone.ToneAudioBuffer(hall);
  const out = new Tone.Filter({ frequency: rumble, type: "highpass", Q: 0 }).toDestination();
  dry.connect(out);
  wet.chain(room, out);
}

/** No more than two at once: the sum of three numbers goes by their order, and a browser's order is its own. */
function joined(one: Tone.ToneAudioNode, other: Tone.ToneAudioNode): Tone.Gain {
  const sum = new Tone.Gain();
  one.connect(sum);
  other.connect(sum);
  return sum;
}
