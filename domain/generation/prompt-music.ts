import type { CueSection } from "#domain/screenplay/plan/cue-sheet.ts";
import type { PlannedMusic } from "#domain/screenplay/scene-plan.ts";

type Style = {
  words: RegExp;
  tempo?: number;
  mode?: CueSection["mode"];
  energy?: number;
  instruments: CueSection["instruments"];
};

/** Kinds of music that people ask for by name, as our instruments play them; the first that fits counts. */
const styles: readonly Style[] = [
  { words: /\b(?:no music|without music|silence)\b/, instruments: [] },
  { words: /\blo-?fi\b/, tempo: 80, mode: "dorian", energy: 0.35, instruments: ["piano", "pluck", "bass", "pad"] },
  { words: /\bjazz\b/, tempo: 96, mode: "dorian", energy: 0.45, instruments: ["piano", "bass", "pluck"] },
  {
    words: /\b(?:synthwave|techno|electronic|synth|edm|dance)\b/,
    tempo: 112,
    mode: "minor",
    energy: 0.8,
    instruments: ["pulse", "bass", "pad", "pluck"],
  },
  { words: /\b(?:ambient|drone|meditative)\b/, tempo: 60, mode: "lydian", energy: 0.15, instruments: ["pad", "bell"] },
  {
    words: /\b(?:epic|orchestral|symphonic|cinematic)\b/,
    energy: 0.7,
    instruments: ["strings", "cello", "bass", "bell"],
  },
  { words: /\bpiano\b/, instruments: ["piano", "pad"] },
  { words: /\b(?:cello|violin|strings?)\b/, instruments: ["cello", "strings", "pad"] },
  { words: /\b(?:guitar|folk|acoustic)\b/, instruments: ["pluck", "bass", "pad"] },
];
const feelings: readonly { words: RegExp; mode: CueSection["mode"] }[] = [
  { words: /\b(?:sad|melancholic|melancholy|mournful)\b/, mode: "aeolian-sparse" },
  { words: /\b(?:happy|cheerful|bright|joyful|upbeat)\b/, mode: "major" },
  { words: /\b(?:tense|dark|ominous|eerie)\b/, mode: "minor" },
  { words: /\b(?:dreamy|magical|wondrous)\b/, mode: "lydian" },
];

/**
 * What the words about the sound ask of the music: "80 bpm lo-fi". What they do not speak of is not there.
 * @param heard  the words about the sound
 */
export function musicIn(heard: string): PlannedMusic {
  const said = heard.toLowerCase();
  const style = styles.find(({ words }) => words.test(said));
  const feeling = feelings.find(({ words }) => words.test(said));
  const beats = /\b(\d{2,3})\s*(?:bpm|beats per minute)\b/.exec(said);
  const tempo = beats === null ? style?.tempo : Math.min(200, Math.max(40, Number(beats[1])));
  const mode = feeling?.mode ?? style?.mode;
  return {
    ...(tempo === undefined ? {} : { tempo }),
    ...(mode === undefined ? {} : { mode }),
    ...(style?.energy === undefined ? {} : { energy: style.energy }),
    ...(style === undefined || style.instruments.length === 0 ? {} : { instruments: style.instruments }),
    none: style !== undefined && style.instruments.length === 0,
  };
}
