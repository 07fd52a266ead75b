/** What people do, one after another, as the sentences of an action say it. */
import { withoutOtherDrums } from "./instrument-words.ts";
import { canonicalName } from "./plan-cast.ts";
import type { Motion } from "#domain/screenplay/scene-plan.ts";

export const usualEnergy = 0.5;

/** One thing that somebody does. */
export interface SaidDeed {
  motion: Motion;
  /** Where they go: into the picture, out of it, to somebody, or only along. */
  way: "in" | "out" | "to" | "along";
  /** Whom or what it is about: a name of the cast, or the camera. */
  towards: string | null;
  /** How they do it: 0 = as slowly as can be, 1 = with all they have. */
  energy: number;
  /** One looks on as they begin: who sits down stood before. */
  anew?: boolean;
  /** It leads to a door, a tower, a ship: what a place shows behind them. */
  inward?: boolean;
  /** Where in the text, 0 = its beginning, 1 = its end. */
  share: number;
}

const words: readonly [RegExp, Motion][] = [
  [/\b(?:stands? up|gets? up|gets? to (?:his|her|their) feet|rises|jumps? up|leaps? up)\b/g, "stand-up"],
  [/\b(?:sneak\w*|tiptoe\w*|prowl\w*|slinks?|steals? (?:past|along|away))\b/g, "sneak"],
  [/\b(?:runs?|running|sprint\w*|hurr(?:y|ies|ying)|rush\w*|dash\w*|races?|racing|chas\w+|flees?|bolts)\b/g, "run"],
  [
    /\b(?:falls?|collapses?|trips|stumbles?|faints?|tumbles?)\b(?! (?:asleep|silent|quiet|in love|still|open|away))/g,
    "fall",
  ],
  [/\b(?:fights?|fighting|brawl\w*|wrestl\w+|punch\w*|come to blows)\b(?! music)/g, "fight"],
  [/\b(?:dances?|dancing|waltz\w*|twirls?)\b(?! (?:music|floor|hall))/g, "dance"],
  [/\b(?:picks?|lifts?)\b(?=[^.;,]{0,40}\bup\b)|\b(?:picks? up|lifts|grabs|snatches|scoops)\b/g, "pick-up"],
  [/\b(?:push(?:es|ing)?|shov\w+|heaves)\b(?! in\b)/g, "push"],
  [
    /\b(?:drives|driving|drive)\b|\bbehind the wheel\b|\bat the wheel of (?:a|an|the|his|her) (?:car|van|taxi|truck)\b/g,
    "drive",
  ],
  [/\b(?:grips?|holds? the wheel|at the wheel|steers?|types|typing|cooks|cooking|works at)\b/g, "hold"],
  [/\b(?:climb\w*|scrambles|clambers)\b/g, "climb"],
  [
    /\b(?:plays?|playing)\b(?! (?:cards|chess|dice|poker|games?|a game|hide|football)\b)(?= drums\b|[^.]*\b(?:cello|violin|guitar|piano|music|instrument|(?:the|an?|his|her|their) (?:\w+ )?(?:drums?|drum ?kit))\b)|\bbegins to play\b|\bstrum\w*\b|\b(?:sits?|seated|down|is|alone) (?:at|behind) (?:the|a|his|her) (?:piano|drums|drum ?kit)\b|\bdrumming\b|\bdrums (?=\w+ly\b|hard\b|fast\b|away\b)/g,
    "play",
  ],
  [
    /\b(?:sits?|sitting|seated|slumps?|perch\w*)\b(?! up\b)|\btakes? (?:a|his|her|their|the) seats?\b(?![ -](?:belts?|covers?|cushions?|off|apart|from|away|out(?! (?:on|in|here|there|at)\b))\b)|\blowers? (?:him|her|them)sel(?:f|ves)\b(?= (?:\w+ly )?(?:back |down )?(?:into|onto|in|on|to) (?:an?|the|his|her|their) (?:\w+ ){0,2}(?:chair|seat|armchair|sofa|couch|bench|stool|booth|pew|throne|wheelchair|hammock|swing|bed|mattress|cushion|crate|log|steps?|floor|ground|grass)\b)|\b(?:sinks|drops|settles|flops)\b(?= (?:back |down )?(?:into|onto|in|on) (?:an?|the|his|her|their) (?:\w+ )?(?:chair|seat|armchair|sofa|couch|bench|stool|booth)\b)/g,
    "sit",
  ],
  [/\b(?:kneels?|kneeling|crouch\w*|squats?)\b/g, "crouch"],
  [/\b(?:lies|lying|asleep|sleeps|unconscious)\b/g, "lie"],
  [/\b(?:points?|pointing)\b(?! of)/g, "point"],
  [/\b(?:waves|waving|wave (?:at|to)|beckons)\b(?! of)/g, "wave"],
  [
    /\b(?:walk\w*|strides?|strolls?|approach\w*|enters?|wanders?|paces|crosses|follows?|leaves?|exits?|departs?|marches|limps|goes|comes|arrives|steps|moves)\b(?! (?:silent|quiet))/g,
    "walk",
  ],
  [/\b(?:looks?|stares?|watch(?:es|ing)?|gazes?|peers?|listens?|turns|considers|searches)\b/g, "look"],
  [/\b(?:says|talks?|talking|speaks?|whispers?|shouts?|argues?)\b/g, "talk"],
  [/\b(?:stops|stops dead|halts|waits?|freezes|stands)\b(?! up)/g, "stand"],
];

const slow = /\b(?:slow|slowly|slower|gently|carefully|calmly|wearily|softly|idly)\b/;
const quick = /\b(?:quick|quickly|fast|faster|briskly|hastily|furiously|wildly|violently)\b/;

const downOnto =
  /^(?:sits?|slumps?|perch\w*) (?:\w+ly )?(?:back )?(?:down|into|onto)\b|^(?:takes?|lowers?|sinks|drops|settles|flops)\b/;
const wayIn =
  /^(?:enters?|arrives?|comes (?:in|into|through|out of|home|back|towards))|^\w+ (?:in\b(?!\s+(?:the )?(?:rain|snow|fog|mist|storm|dark|circles|silence))|into\b|inside\b)/;
const wayOut = /^(?:leaves?|exits?|departs?|flees?|bolts)|^\w+ (?:out|off|away|outside)\b/;

/** Who else falls, runs and dances: clauses in which these come right before the word are about nobody. */
const notPeople =
  /\b(?:rain|snow|night|darkness|dusk|silence|light|lights|shadows?|fog|mist|water|leaves|petals|curtains?|waves?|wind|music|beam|tears?|door|engine|phone|car|train|ferry|ship|boat|clock|camera|hands?|head|eyes?)(?: \w+ly)?\s*$/;
const boundary = /,\s*|;\s*|\s+(?:and|then|while|as|but|when|until|before|so)\s+/;
const numbers = /\b(?:one|two|three|four|five|six)$/;
/** A door at which a friend waits is not where one goes who goes to the friend. */
const inward =
  /\b(?:towards?|up to|to) (?:the|an?|its|his|her|their) (?:(?!(?:at|by|in|of|on|near|beside|behind|with|from|who|whose|the|an?|his|her|their|to|under)\b)[\w'-]+,? ){0,3}(?:door|doorway|house|hut|cottage|cabin|tower|lighthouse|church|castle|gate|ship|ferry|boat|bar|counter)\b(?! (?:keeper|guard)\b)/;
const irregular: Readonly<Record<string, string>> = { man: "men", woman: "women", child: "children", person: "people" };

/**
 * @param names  the cast's, as `canonicalName` has them
 * @returns what each of them does, in the order in which the text says it; as many lists as names
 */
export function deedsIn(text: string, names: readonly string[]): readonly (readonly SaidDeed[])[] {
  return lately(["all", text.slice(0, 4000), ...names].join("\u0000"), () => readDeeds(text, names));
}

function readDeeds(text: string, names: readonly string[]): SaidDeed[][] {
  const said = names.map((): SaidDeed[] => []);
  const callings = names.map(callingOf);
  const everybody = names.map((_, index) => index);
  const whole = withoutOtherDrums(text.slice(0, 4000));
  const isNamed = namedIn(whole, callings).length > 0;
  let about: readonly number[] = names.length === 1 ? everybody : [];
  let last = about;
  let at = 0;
  for (const sentence of whole.split(/(?<=[.!?])\s+/)) {
    const start = whole.indexOf(sentence, at);
    at = start + sentence.length;
    if (about.length > 0) last = about;
    if (namedIn(sentence, callings).length > 0) about = subjectsOf(sentence, callings);
    else if (/^\W*they\b|\bboth\b/.test(sentence)) about = last.length > 1 ? last : everybody;
    else if (/\b(?:he|she|they|him|her)\b/.test(sentence)) about = last;
    // "Stops. Looks back." goes on; "The lamp turns slower" is about the lamp, where somebody is named elsewhere.
    else if ((deedsOfClause(sentence, true)[0]?.at ?? 9) > 1) about = names.length === 1 && !isNamed ? everybody : [];
    let clauseAt = start;
    let waiting: readonly number[] = [];
    let latest: { deeds: SaidDeed[]; words: string } = { deeds: [], words: "" };
    for (const clause of sentence.split(boundary)) {
      const begin = whole.indexOf(clause, clauseAt);
      clauseAt = begin + clause.length;
      const switched = clauseSubject(clause, callings);
      if (switched.length > 0) about = [...new Set([...waiting, ...switched])];
      else if (/^(?:then )?they\b/.test(clause)) about = about.length > 1 ? about : everybody;
      const deeds = deedsOfClause(clause, begin === start);
      // "Maya and Ben run": she waits for the verb.
      waiting = deeds.length === 0 ? [...waiting, ...namedIn(clause, callings)] : [];
      // "Walks on, slowly, to the door": the way is still hers, unless somebody else is named.
      if (waiting.length > 0) latest = { deeds: [], words: "" };
      else if (deeds.length === 0) latest.words += `, ${clause}`;
      if (inward.test(latest.words)) for (const deed of latest.deeds) deed.inward = true;
      for (const [order, deed] of deeds.entries()) {
        latest = { deeds: [], words: clause.slice(deed.end, deeds[order + 1]?.at) };
        const others = namedIn(clause.slice(deed.end), callings).filter((index) => !about.includes(index));
        const towards = /\b(?:camera|lens)\b/.test(clause.slice(deed.end))
          ? "camera"
          : (names[others[0] ?? -1] ?? null);
        for (const index of about) {
          const way = deed.way === "along" && towards !== null && towards !== "camera" ? "to" : deed.way;
          const made: SaidDeed = {
            motion: deed.motion,
            way,
            towards,
            ...(deed.anew ? { anew: true } : {}),
            ...(inward.test(latest.words) ? { inward: true } : {}),
            energy: slow.test(clause) ? 0.1 : quick.test(clause) ? 0.9 : usualEnergy,
            share: (begin + deed.at) / Math.max(1, whole.length),
          };
          latest.deeds.push(made);
          said[index]?.push(made);
        }
      }
    }
  }
  return said.map(withoutRepeats);
}

/** Those that a sentence is about: named ahead of its first verb, else the first it names. */
function subjectsOf(sentence: string, callings: readonly RegExp[]): number[] {
  const [first] = deedsOfClause(sentence, true);
  const ahead = first === undefined ? [] : namedIn(sentence.slice(0, first.at), callings);
  return ahead.length > 0 ? ahead : namedIn(sentence, callings).slice(0, 1);
}

/** Somebody named at the head of a clause takes over: "… and Ben runs". */
function clauseSubject(clause: string, callings: readonly RegExp[]): number[] {
  const [first] = deedsOfClause(clause, false);
  return first === undefined ? [] : namedIn(clause.slice(0, first.at), callings);
}

function namedIn(text: string, callings: readonly RegExp[]): number[] {
  return callings
    .map((calling, index) => ({ index, at: text.search(calling) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)
    .map(({ index }) => index);
}

type ClauseDeed = { motion: Motion; way: SaidDeed["way"]; anew: boolean; at: number; end: number };

/** What was read lately: the shots of a scene ask for the same text again and again. */
const readings = new Map<string, unknown>();
const mostReadings = 500;

function lately<T>(key: string, read: () => T): T {
  const known = readings.get(key);
  if (known !== undefined) return known as T;
  if (readings.size >= mostReadings) readings.clear();
  const made = read();
  readings.set(key, made);
  return made;
}

function deedsOfClause(clause: string, isHead: boolean): readonly ClauseDeed[] {
  return lately(`${isHead ? "head" : "on"} ${clause}`, () => readClause(clause, isHead));
}

function readClause(clause: string, isHead: boolean): ClauseDeed[] {
  const found: ClauseDeed[] = [];
  for (const [pattern, motion] of words) {
    pattern.lastIndex = 0;
    for (let match = pattern.exec(clause); match !== null; match = pattern.exec(clause)) {
      const [at, end] = [match.index, match.index + match[0].length];
      if (found.some((other) => at < other.end && end > other.at)) continue;
      // A sentence that begins with waves is about the sea.
      if (at === 0 && isHead && motion === "wave") continue;
      if (notPeople.test(clause.slice(Math.max(0, at - 40), at))) continue;
      const rest = clause.slice(at);
      const way = wayOut.test(rest) ? "out" : wayIn.test(rest) ? "in" : "along";
      found.push({ motion, way, anew: motion === "sit" && downOnto.test(rest), at, end });
    }
  }
  found.sort((a, b) => a.at - b.at);
  // "Sits down at the piano": on its bench, at once.
  return found.filter(({ motion, end }, at) => {
    const next = found[at + 1];
    return motion !== "sit" || next?.motion !== "play" || next.at > end + 1;
  });
}

function withoutRepeats(deeds: readonly SaidDeed[]): SaidDeed[] {
  const repeats = (deed: SaidDeed, at: number) => at > 0 && deed.motion === deeds[at - 1]?.motion && deed.way !== "out";
  return deeds.flatMap((deed, at) => {
    if (repeats(deed, at)) return [];
    const next = deeds.slice(at + 1);
    const end = next.findIndex((other, k) => !repeats(other, at + 1 + k));
    const leads = next.slice(0, end < 0 ? next.length : end).some((other) => other.inward === true);
    return leads ? [{ ...deed, inward: true }] : [deed];
  });
}

/** How a text calls somebody: by any word of the name; SAILOR TWO is one of its sailors. */
function callingOf(name: string): RegExp {
  const plain = canonicalName(name).toLowerCase();
  const many = numbers.test(plain);
  const parts = (many ? plain.replace(numbers, "").trim() : plain)
    .split(" ")
    .filter((part) => part.length > 2)
    .map((part) => part.replace(/[^\p{L}\p{N}'-]/gu, ""))
    .filter((part) => part !== "");
  const spelled = parts.map((part) => (many ? (irregular[part] ?? `${part}s`) : part));
  return spelled.length === 0 ? /(?!)/ : new RegExp(`(?<![\\p{L}])(?:${spelled.join("|")})(?![\\p{L}])`, "u");
}
