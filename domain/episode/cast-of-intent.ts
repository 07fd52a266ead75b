/** Who a line of prose speaks of: people of the world, names, and people who are only what they do ("a detective"). */
import type { WorldElement } from "./world.ts";

export interface Cast {
  people: { name: string; description: string }[];
  /** Those a text names, in the order in which it does. */
  namedIn(text: string): string[];
  /** How a sentence speaks of them: `the detective`, `Maya`. */
  phraseFor(name: string): string;
}

/** Words for people who have no name, as scripts call them. */
const roles =
  "detective|woman|man|girl|boy|child|sailor|captain|nurse|doctor|officer|soldier|robot|musician|cellist|violinist|dancer|waiter|waitress|driver|stranger|thief|old man|old woman|fisherman|astronaut|courier|keeper|priest|king|queen|knight|farmer|teacher|student|painter|chef|cook|baker|singer|pilot|guard|hunter|monk|nun|widow|mother|father|daughter|son|sister|brother|grandmother|grandfather|tailor|smith|clown|boxer|runner|cyclist|ghost";
const garment =
  "raincoat|coat|jacket|dress|gown|skirt|uniform|suit|sweater|jumper|hoodie|cardigan|shirt|cloak|hat|cap|hood|scarf|boots|apron|helmet|overalls|oilskins";
const role = new RegExp(
  String.raw`\b(an?|the|one|her|his|their|two|three)\s+((?:[\p{Ll}-]+\s+){0,4}?)(${roles})(s?)\b(?:\s+(?:in|wearing)\s+((?:(?:an?|the|his|her)\s+)?(?:[\p{Ll}-]+\s+){0,3}(?:${garment})\b))?`,
  "giu",
);
/** Capitals that begin a sentence or name no person. */
const noNames = new Set(
  "a an the it its this that these those there then when while as at in on of from to by with for and but or so if after before during under over near inside outside through across along his her their our your my he she they we you i one two three rain snow wind fog night day dawn dusk morning evening monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december christmas int ext close wide".split(
    " ",
  ),
);
const placeBefore = /\b(?:in|at|on|of|from|to|near|over|across|into|towards|through|the|mr|mrs|ms|dr)\s+$/i;

interface Person {
  name: string;
  description: string;
  /** What a text calls them; of several alike, the word for all. */
  words: string[];
  isRole: boolean;
}

export function castOf(intent: string, world: readonly WorldElement[]): Cast {
  const people: Person[] = [];
  const add = (person: Person) => {
    if (people.length < 20 && !people.some((one) => same(one.name, person.name))) people.push(person);
  };
  for (const one of world)
    if (one.kind === "character" && says(intent, one.name))
      add({ name: one.name, description: one.description, words: [one.name], isRole: false });
  const others = new Set(world.filter((one) => one.kind !== "character").flatMap((one) => one.name.split(/\s+/)));
  for (const name of namesIn(intent))
    if (!others.has(name)) add({ name, description: "", words: [name], isRole: false });
  for (const [, article = "", before = "", noun = "", plural = "", worn = ""] of intent.matchAll(role)) {
    const word = noun.toLocaleLowerCase();
    const name = word.charAt(0).toLocaleUpperCase() + word.slice(1);
    const description = [before.trim(), worn.trim()].filter((part) => part !== "").join(", ");
    const count = { two: 2, three: 3 }[article.toLocaleLowerCase()];
    if (count === undefined) add({ name, description, words: [word], isRole: true });
    else
      for (let number = 1; number <= count; number += 1)
        add({ name: `${name} ${number}`, description, words: [`${word}${plural}`], isRole: true });
  }
  return {
    people: people.map(({ name, description }) => ({ name, description })),
    namedIn: (text) =>
      people
        .map((one) => ({ name: one.name, at: Math.max(...one.words.map((word) => foundAt(text, word))) }))
        .filter((found) => found.at >= 0)
        .sort((a, b) => a.at - b.at)
        .map((found) => found.name),
    phraseFor: (name) => {
      const person = people.find((one) => same(one.name, name));
      return person?.isRole === true ? `the ${person.words[0] ?? name}` : name;
    },
  };
}

/** Words in capitals that are names: inside a sentence, or at its head where a verb follows. */
function namesIn(text: string): string[] {
  const out: string[] = [];
  for (const match of text.matchAll(/\p{Lu}[\p{L}'’-]*\p{L}(?:\s\p{Lu}[\p{L}'’-]*\p{L})?/gu)) {
    const at = match.index;
    const [first = ""] = match[0].split(/\s/);
    const begins = at === 0 || /[.!?:;"“]\s*$/.test(text.slice(0, at));
    let name = match[0];
    if (noNames.has(first.toLocaleLowerCase())) {
      name = name.slice(first.length).trim();
      if (name === "") continue;
    } else if (
      begins &&
      !/^,?\s+(?:\p{Ll}+s|and|is|was|has|had|stood|ran|sat|walked|\d\d)\b/u.test(text.slice(at + name.length))
    ) {
      continue;
    }
    if (placeBefore.test(text.slice(0, at))) continue;
    if (!out.includes(name)) out.push(name);
  }
  return out;
}

const same = (a: string, b: string) => a.toLocaleLowerCase() === b.toLocaleLowerCase();
const says = (text: string, name: string) => foundAt(text, name) >= 0;

/** Whole words: "Ray" is not in "Rays of light". */
function foundAt(text: string, name: string): number {
  const escaped = name.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return escaped === "" ? -1 : text.search(new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "iu"));
}
