/**
 * Writes a first page of Fountain from one sentence, by rules: no model, always the same. It finds who, where and
 * when in the sentence and lays them into a plain three-beat shape (somebody comes, somebody meets them, something
 * is not as it should be). Meant to be written over; the title page says how it came about.
 */
export const draftLengths = [
  { id: "half", name: "30 seconds", scenes: 2 },
  { id: "one", name: "1 minute", scenes: 3 },
  { id: "two", name: "2 minutes", scenes: 5 },
] as const;
export type DraftLength = (typeof draftLengths)[number]["id"];

interface Place {
  name: string;
  setting: "INT." | "EXT.";
}

const insides =
  "lounge kitchen bar café cafe train carriage office hospital school church room bedroom hall corridor car cabin attic cellar basement studio theatre cinema library museum shop hotel restaurant prison cell elevator lift laboratory garage flat apartment palace castle bunker submarine spaceship cockpit ferry".split(
    " ",
  );
const outsides =
  "harbour harbor sea ocean street alley road desert forest wood beach coast island lighthouse bridge roof rooftop station platform field farm mountain hill valley river lake park garden square market city town village pier dock quay port graveyard cemetery playground border jungle moon mars".split(
    " ",
  );
const people =
  "captain cellist girl boy child woman man mother father daughter son sister brother king queen soldier nurse cook thief ghost robot stranger friend keeper guard wife husband widow bride priest judge clown astronaut twin twins neighbour neighbor uncle aunt grandmother grandfather witness guest cop chef spy monk nun sailor fisherman".split(
    " ",
  );
const personEnding = /(?:ist|ian|eer|man|woman|ctor|ller|nger|rder|cher|nter|iver|aker|iter|orer|ncer|eper|lor|ver)$/;
const notPeople = new Set(
  "river silver never forever ever over winter letter water number summer corner paper mirror other another together december november october september shelter monster hunger anger stranger's center counter encounter".split(
    " ",
  ),
);
const times: [RegExp, string][] = [
  [/\b(midnight|night|moon)/i, "NIGHT"],
  [/\b(dusk|sunset|evening|twilight)/i, "DUSK"],
  [/\b(dawn|sunrise)/i, "DAWN"],
  [/\bmorning/i, "MORNING"],
];
const weathers: [RegExp, string][] = [
  [/\b(rain|storm|thunder|wet)/i, "Rain comes down in long lines."],
  [/\b(snow|winter|ice|frozen)/i, "Snow falls without a sound."],
  [/\b(fog|mist)/i, "Fog has taken everything further off than a stone's throw."],
  [/\b(wind|gale)/i, "The wind does not let go of anything."],
  [/\b(sun|heat|hot|desert)/i, "The light is hard and flat."],
];

export interface ReadIdea {
  cast: string[];
  places: Place[];
  time: string;
  weather: string;
  /** What is found, seen or heard, in the sentence's own words; null when it does not say. */
  turn: string | null;
}

export function readIdea(idea: string): ReadIdea {
  const words = idea.toLowerCase().match(/[\p{L}’'-]+/gu) ?? [];
  const cast = new Set<string>();
  const places = new Map<string, Place>();
  for (const word of words) {
    if (insides.includes(word)) places.set(word, { name: word.toUpperCase(), setting: "INT." });
    else if (outsides.includes(word)) places.set(word, { name: word.toUpperCase(), setting: "EXT." });
    else if (people.includes(word) || (word.length > 5 && personEnding.test(word) && !notPeople.has(word)))
      cast.add(word.toUpperCase());
  }
  // A capital inside the sentence is a name.
  for (const [, name] of idea.matchAll(/[\p{Ll},;] (\p{Lu}[\p{Ll}’'-]{2,})/gu)) if (name) cast.add(name.toUpperCase());
  const turn =
    /\b(?:sees?|finds?|hears?|meets?|discovers?|notices?|receives?|steals?|loses?)\s+([^.,;!?]{3,80})/i
      .exec(idea)?.[1]
      ?.trim() ?? null;
  return {
    cast: [...cast],
    places: [...places.values()],
    time: times.find(([pattern]) => pattern.test(idea))?.[1] ?? "DAY",
    weather: weathers.find(([pattern]) => pattern.test(idea))?.[1] ?? "Nothing moves that does not have to.",
    turn,
  };
}

/** A title of the idea's own words: the last place or person it names. */
export function titleOf(idea: string): string {
  const { places, cast, turn } = readIdea(idea);
  const word = places.at(-1)?.name ?? cast[0] ?? turn?.split(/\s+/).at(-1) ?? "";
  return word === "" ? "Untitled film" : `The ${word.charAt(0)}${word.slice(1).toLowerCase()}`;
}

export function writeFirstDraft(idea: string, length: DraftLength): string {
  const read = readIdea(idea);
  const wanted = draftLengths.find((each) => each.id === length)?.scenes ?? 3;
  const order = wanted === 2 ? [0, 2] : wanted === 3 ? [0, 1, 2] : [0, 1, 2, 3, 4];
  const scenes = scenesOf(idea, read);
  const head = `Title: ${titleOf(idea)}\nCredit: First draft by rules, from one sentence\nNotes: ${oneLine(idea)}`;
  return `${[head, ...order.map((index) => scenes[index] ?? "")].join("\n\n")}\n`;
}

function scenesOf(idea: string, { cast, places, time, weather, turn }: ReadIdea): string[] {
  const lead = cast[0] ?? "THE STRANGER";
  const other = cast[1] ?? (lead === "THE KEEPER" ? "THE STRANGER" : "THE KEEPER");
  const outside = { name: places[0]?.name ?? "STREET" };
  const inside = places.find((place) => place.setting === "INT.") ?? {
    name: places[0] ? `${places[0].name} - INSIDE` : "ROOM",
    setting: "INT." as const,
  };
  const last = places.filter((place) => place.setting === "EXT.").at(-1) ?? outside;
  const what = turn ? `It is ${lower(turn)}.` : oneLine(idea);
  return [
    `EXT. ${outside.name} - ${time}\n\nWide on the ${outside.name.toLowerCase()}. ${weather}\n\n${lead} comes into the picture, small, walks to the middle of it and stops.`,
    `INT. ${inside.name} - ${time}\n\n${other} sits and waits. ${lead} comes in and stays by the door.\n\n${other}\nYou are the last.\n\n${lead}\nI know.\n\nClose on ${lead}. It is quiet for longer than it should be.`,
    `EXT. ${last.name} - ${time}\n\n${lead} and ${other} stand side by side and look out. ${what}\n\n${lead}\n(quietly)\nThat was not there before.\n\n${other}\nDon't look away.\n\nThey don't.`,
    `INT. ${inside.name} - LATER\n\n${lead} runs in, past everything. ${other} holds the door.\n\n${other}\nTell me what you saw.\n\n${lead}\nYou saw it too.`,
    `EXT. ${last.name} - ${time === "DAWN" ? "MORNING" : "DAWN"}\n\nThe same place in another light. Nobody is there. Insert: what ${lead} left behind.`,
  ];
}

function oneLine(text: string): string {
  const line = text.trim().replace(/\s+/g, " ");
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
