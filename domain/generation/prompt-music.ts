import type { CueSection } from "#domain/screenplay/plan/cue-sheet.ts";
import type { Instrument } from "#domain/screenplay/plan/sound-kinds.ts";
import type { PlannedMusic } from "#domain/screenplay/scene-plan.ts";

type Style = {
  words: RegExp;
  tempo?: number;
  mode?: CueSection["mode"];
  energy?: number;
  instruments: CueSection["instruments"];
};

/** "Music off" ends there; "music off in the distance" is music. */
const none =
  /\b(?:no|without(?: any)?) (?:music|score|soundtrack)\b|\b(?:music|score|soundtrack)(?: ?[:=-] ?| is | )(?:none|off|silent)(?= ?(?:$|[.,;!?)]|please\b))|\bsilence\b/;

/** Kinds of music that people ask for by name, as our instruments play them; the first that fits counts. */
const styles: readonly Style[] = [
  {
    words: /\blo-?fi\b/,
    ...{ tempo: 80, mode: "dorian", energy: 0.35, instruments: ["piano", "pluck", "bass", "pad", "pulse"] },
  },
  { words: /\bjazz\b/, tempo: 96, mode: "dorian", energy: 0.45, instruments: ["piano", "bass", "pluck", "pulse"] },
  {
    words: /\b(?:ambient|drones?|meditative)\b/,
    tempo: 60,
    mode: "lydian",
    energy: 0.15,
    instruments: ["pad", "bell"],
  },
  {
    words: /\b(?:synthwave|techno|electronic|electro|edm|(?:house|dance)(?= music| beats?))\b/,
    tempo: 112,
    mode: "minor",
    energy: 0.8,
    instruments: ["pulse", "bass", "pad", "pluck"],
  },
  {
    words: /\b(?:epic|orchestral|orchestra|symphonic|cinematic)\b/,
    energy: 0.7,
    instruments: ["strings", "cello", "bass", "bell", "pulse"],
  },
  { words: /\b(?:folk|acoustic|country)\b/, instruments: ["pluck", "bass", "pad"] },
];

/** Instruments by their names, and who plays with them where nobody else is asked for. */
const named: readonly { words: RegExp; plays: Instrument; with: CueSection["instruments"] }[] = [
  { words: /\b(?:pianos?|keys)\b/, plays: "piano", with: ["pad"] },
  { words: /\bguitars?\b|\bukulele\b|\bbanjo\b|\bharp\b|\bmandolin\b/, plays: "pluck", with: ["bass", "pad"] },
  { words: /\b(?:cellos?|viola)\b/, plays: "cello", with: ["strings", "pad"] },
  { words: /\b(?:strings?|violins?)\b/, plays: "strings", with: ["cello", "pad"] },
  { words: /\b(?:bells|celesta|glockenspiel|music box|chimes)\b/, plays: "bell", with: ["pad"] },
  { words: /\b(?:synths?|synthesi[sz]ers?|pads?)\b/, plays: "pad", with: ["pulse", "bass"] },
  { words: /\b(?:bass|double bass)\b/, plays: "bass", with: [] },
  { words: /\b(?:drums?|drumming|percussion|drum ?beats?)\b/, plays: "pulse", with: ["bass"] },
];

type Feeling = { words: RegExp; mode?: CueSection["mode"]; energy?: number; tempo?: number };
const feelings: readonly Feeling[] = [
  {
    words: /\b(?:sad|sadly|melancholic|melancholy|mournful|lonely|grieving)\b/,
    ...{ mode: "aeolian-sparse", energy: 0.2, tempo: 62 },
  },
  {
    words: /\b(?:happy|cheerful|bright|joyful|joyous|upbeat|festive|playful)\b/,
    ...{ mode: "major", energy: 0.62, tempo: 112 },
  },
  { words: /\b(?:horror|scary|eerie|creepy|sinister|haunting)\b/, mode: "minor", energy: 0.3, tempo: 60 },
  { words: /\b(?:tense|dark|ominous|suspense(?:ful)?)\b/, mode: "minor", energy: 0.5 },
  { words: /\b(?:dreamy|magical|wondrous)\b/, mode: "lydian", energy: 0.3 },
  { words: /\b(?:fast|driving|energetic|frantic|furious)\b/, energy: 0.85, tempo: 132 },
  { words: /\b(?:calm|soft|gentle|peaceful|quiet|slow)\b/, energy: 0.2, tempo: 64 },
];

/** As many as a section has at once. */
const mostInstruments = 6;

/**
 * What the words about the sound ask of the music: "80 bpm lo-fi". What they do not speak of is not there. Who is
 * named plays, before those that a style brings along; who is named "solo" plays alone.
 * @param heard  the words about the sound
 */
export function musicIn(heard: string): PlannedMusic {
  const said = heard.toLowerCase().replace(/\s+/g, " ").trim();
  if (none.test(said)) return { none: true };
  const style = styles.find(({ words }) => words.test(said));
  const feeling = feelings.find(({ words }) => words.test(said));
  const beats = /\b(\d{2,3})\s*(?:bpm|beats per minute)\b/.exec(said);
  const tempo = beats === null ? (style?.tempo ?? feeling?.tempo) : Math.min(200, Math.max(40, Number(beats[1])));
  const mode = feeling?.mode ?? style?.mode;
  const energy = style?.energy ?? feeling?.energy;
  const instruments = instrumentsIn(said, style);
  return {
    ...(tempo === undefined ? {} : { tempo }),
    ...(mode === undefined ? {} : { mode }),
    ...(energy === undefined ? {} : { energy }),
    ...(instruments.length === 0 ? {} : { instruments }),
    none: false,
  };
}

function instrumentsIn(said: string, style: Style | undefined): Instrument[] {
  const asked = named.filter(({ words }) => words.test(said));
  const play = asked.map(({ plays }) => plays);
  if (play.length > 0 && /\b(?:solo|alone|only|just)\b/.test(said)) return play;
  // Who leads a style leads it still; others go before it.
  const rest = style?.instruments ?? asked.flatMap((one) => one.with);
  const all = style !== undefined && play.every((one) => rest.includes(one)) ? rest : [...play, ...rest];
  return [...new Set(all)].slice(0, mostInstruments);
}
