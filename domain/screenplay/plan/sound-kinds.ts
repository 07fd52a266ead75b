/** The names of what can be heard: what the music is made of, and single sounds. */
export const modes = ["major", "minor", "dorian", "lydian", "aeolian-sparse"] as const;

export const instruments = ["pad", "strings", "piano", "pluck", "cello", "bass", "pulse", "bell"] as const;
export type Instrument = (typeof instruments)[number];

/** Sounds of one moment. */
export const effects = [
  "door",
  "thud",
  "splash",
  "glass",
  "horn",
  "engine-start",
  "bell",
  "whoosh",
  "thunder",
  "cloth",
  "pick-up",
  "punch",
] as const;
export type Effect = (typeof effects)[number];

/** What happens in music or sound at one beat: an accent, a rise towards it, silence from it on, or a sound. */
export const cueKinds = ["hit", "swell", "stop", "effect"] as const;
