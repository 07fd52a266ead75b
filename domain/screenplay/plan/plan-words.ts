/** What the words of a heading and an action say about hour, weather, mood and things in the picture. */
export const hours = ["dawn", "day", "dusk", "night"] as const;
export type Hour = (typeof hours)[number];

export const weathers = ["clear", "rain", "snow", "fog", "storm"] as const;
export type Weather = (typeof weathers)[number];

export const moods = ["calm", "warm", "tense", "wonder", "sad", "action"] as const;
export type Mood = (typeof moods)[number];

export const propKinds = [
  "clock",
  "mitten",
  "cello",
  "cello-case",
  "car",
  "lighthouse",
  "ferry",
  "wheel",
  "lantern",
  "phone",
  "letter",
  "book",
  "cup",
  "key",
  "suitcase",
  "umbrella",
  "bottle",
  "knife",
  "flower",
  "parcel",
] as const;
export type PropKind = (typeof propKinds)[number];

/** Everything that people can put into a set: the things of the words, and furniture. */
export const pieceKinds = [
  ...propKinds,
  ...(["table", "chair", "bench", "crate", "barrel", "door", "rug", "plant", "tree", "rock"] as const),
  ...(["sign", "shelf", "bed", "sofa", "screen", "boat", "ladder", "column", "curtain"] as const),
] as const;
export type PieceKind = (typeof pieceKinds)[number];

const hourWords: readonly [RegExp, Hour][] = [
  [/\b(dawn|sunrise|daybreak|first light|early morning)\b/, "dawn"],
  [/\b(dusk|sunset|twilight|evening|magic hour|golden hour|sundown)\b/, "dusk"],
  [/\b(night|midnight|moonlight|moonlit|3 ?am)\b/, "night"],
  [/\b(day|morning|noon|midday|afternoon|daylight)\b/, "day"],
];

/** @returns the hour; `before` is that of the scene before, for CONTINUOUS, LATER and the like */
export function hourFor(time: string, heading: string, action: string, before?: Hour): Hour {
  for (const text of [time, heading]) {
    for (const [pattern, hour] of hourWords) if (pattern.test(text.toLowerCase())) return hour;
  }
  if (before !== undefined) return before;
  for (const [pattern, hour] of hourWords) if (pattern.test(action.toLowerCase())) return hour;
  return /\b(headlights?|lamps?|candles?|stars?|moon|torch|neon|dark)\b/i.test(action) ? "night" : "day";
}

/** @returns the weather that the words speak of, the fiercer first */
export function weatherFor(text: string): Weather {
  const said = text.toLowerCase();
  if (/\b(storms?|stormy|thunder|lightning|gale|tempest|hurricane|squall)\b/.test(said)) return "storm";
  if (/\b(snows?|snowy|snowing|blizzard|snowfall|snowflakes?|sleet)\b/.test(said)) return "snow";
  if (/\b(rain|rains|rainy|raining|rainswept|drizzle|downpour|soaked|drenched|wet through)\b/.test(said)) return "rain";
  if (/\b(mist|misty|fog|foggy|haze|hazy|smoke)\b/.test(said)) return "fog";
  return "clear";
}

/** @returns true when the words speak of wind */
export function windy(text: string): boolean {
  return /\b(winds?\b|windy|windswept|gust|gale|storm|breeze)/i.test(text);
}

export function moodFor(text: string, hour: Hour, weather: Weather): Mood {
  const said = text.toLowerCase();
  const score: Record<Mood, number> = { calm: 0, warm: 0, tense: 0, wonder: 0, sad: 0, action: 0 };
  const count = (mood: Mood, pattern: RegExp, weight = 1) => {
    score[mood] += (said.match(pattern)?.length ?? 0) * weight;
  };
  count("action", /\b(runs?|running|sprints?|chases?|crash\w*|fights?|races?|dash\w*|explo\w*|fast)\b/g, 1.6);
  count(
    "tense",
    /\b(stops? dead|stutters?|wrong|not good|gun|knife|blood|scream\w*|dark|nobody|nothing|grips?|rattles?|warily|whispers?|stalks?|tense|horror|terror|eerie|creepy)\b/g,
  );
  count("wonder", /\b(beautiful|light\w*|glow\w*|beam|sweeps|stars?|magic|wide-eyed|sky|horizon)\b/g, 0.8);
  count("sad", /\b(alone|empty|cries|weeps?|tears?|grave|funeral|goodbye|lost|slumps?|sad|sadly|mourns?|sobs?)\b/g);
  count(
    "warm",
    /\b(laughs?|smiles?|warm|kitchen|hugs?|sun\w*|coffee|children|kiss\w*|market|music|happy|happily|joy\w*|cheer\w*)\b/g,
  );
  count(
    "calm",
    /\b(still|stillness|quiet|gently|slow\w*|silver|silence|rests?|sleep\w*|mist|quietly|calm\w*|peaceful\w*)\b/g,
  );
  if (weather === "storm" || weather === "rain") score.tense += 0.7;
  if (hour === "night") score.tense += 0.5;
  if (hour === "dawn") score.calm += 0.6;
  if (hour === "day") score.warm += 0.4;
  let best: Mood = "calm";
  for (const mood of moods) if (score[mood] > score[best]) best = mood;
  return best;
}

const propWords: readonly [RegExp, PropKind][] = [
  [/\bclocks?\b|\bwatch(?:'s)? face\b|\bsecond hand\b/, "clock"],
  [/\bmittens?\b|\bgloves?\b/, "mitten"],
  [/\b(?:cello|violin|guitar|instrument) case\b/, "cello-case"],
  [/\bcello\b(?! case)|\bbegins to play\b|\bplays? the (?:cello|violin|bass)\b/, "cello"],
  [/\bcars?\b|\bestate\b|\btaxi\b|\bheadlights?\b|\bdashboard\b|\bvan\b/, "car"],
  [/\blighthouse\b/, "lighthouse"],
  [/\bferry\b|\bship\b|\bboat\b|\bmarigold\b|\bgangway\b/, "ferry"],
  [/\bwheel\b|\bhelm\b/, "wheel"],
  [/\blanterns?\b|\boil lamp\b|\bcandles?\b/, "lantern"],
  [/\bphones?\b|\bmobile\b|\bscreen\b|\bradio\b/, "phone"],
  [/\bletters?\b|\benvelope\b|\bnote\b|\bphoto(?:graph)?\b|\bticket\b|\bmap\b/, "letter"],
  [/\bbooks?\b|\bdiary\b|\bnotebook\b/, "book"],
  [/\bcups?\b|\bmugs?\b|\bcoffee\b|\btea\b|\bglass\b/, "cup"],
  [/\bkeys?\b/, "key"],
  [/\bsuitcases?\b|\bbriefcase\b|\bbags?\b|\btrunk\b/, "suitcase"],
  [/\bumbrellas?\b/, "umbrella"],
  [/\bbottles?\b|\bwhisky\b|\bwine\b/, "bottle"],
  [/\bknife\b|\bblade\b|\bdagger\b/, "knife"],
  [/\bflowers?\b|\brose\b/, "flower"],
];

/** @returns the things the text speaks of, in the order in which it does, none twice */
export function propsIn(text: string): PropKind[] {
  const said = text.toLowerCase();
  return propWords
    .map(([pattern, kind]) => ({ kind, at: said.search(pattern) }))
    .filter((found) => found.at >= 0)
    .sort((a, b) => a.at - b.at)
    .map((found) => found.kind);
}
