import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import type { Instrument } from "./sound-kinds.ts";

/** Drums that hold oil, and what drums without any: fingers on a table, rain on a roof. */
const noInstrument =
  /\b(?<=\b(?:oil|steel|barrel|fuel|petrol|diesel|gas|metal|tar|chemical)[ -])drums?\b|\bdrums? of\b|(?<=\bfingers )drum(?:s|ming|med)?\b|(?<!\b(?:the|an?|his|her|their|my|some|old|at|on|behind|plays?|playing) )\bdrum(?:s|ming|med)?\b(?=(?: \w+ly| hard| fast| away)?(?:,? and \w+ly)? (?:on|upon|against|with|his|her|their|fingers|nails)\b(?! (?:(?:the|an?|his|her|their) )?(?:\w+ )?(?:drums?|kit|snare|bongos?)\b))/g;

/** @returns the text, in small letters, without the drums that are no instrument; all else stays where it is */
export function withoutOtherDrums(text: string): string {
  return text.toLowerCase().replace(noInstrument, (drums) => "-".repeat(drums.length));
}

/** What somebody plays in a picture is what leads the music: a guitar is plucked, a cello and a violin are bowed; drums are its pulse. */
const played: readonly [RegExp, Instrument][] = [
  [/\b(?:guitars?|guitarist|banjo|ukulele|lute|mandolin)\b(?! case)/, "pluck"],
  [/\b(?:pianos?|pianist|keyboard|harpsichord|organ)\b/, "piano"],
  [/\b(?:drums?|drum ?kit|drummer|drumming|bongos?|percussion)\b/, "pulse"],
  [/\b(?:cello|cellist|violin|violinist|viola|fiddle)\b(?! case)/, "cello"],
];

/** @returns the instrument that the words speak of first, null when they speak of none */
export function playedIn(text: string): Instrument | null {
  const said = withoutOtherDrums(text);
  const found = played
    .map(([pattern, instrument]) => ({ instrument, at: said.search(pattern) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  return found[0]?.instrument ?? null;
}

/** @returns instruments with the one that is played in the picture at their head */
export function ledBy(lead: Instrument, others: readonly Instrument[] = ["pad"]): Instrument[] {
  return [lead, ...others.filter((one) => one !== lead)].slice(0, 6);
}

/** What people who play hold or sit at. */
export type Shown = "bowed" | "guitar" | "piano" | "drums";
/** These bring what one sits on at them. */
export const bringsSeat = (played: Instrument | null): boolean => played === "piano" || played === "pulse";

const shown: Partial<Record<Instrument, Shown>> = {
  ...{ cello: "bowed", strings: "bowed" },
  ...{ pluck: "guitar", piano: "piano", pulse: "drums" },
};

/** @returns the instrument in the hands of whoever plays in a plan's picture */
export function shownInstrument({ music }: { music: Pick<ScenePlan["music"], "instruments"> }): Shown {
  for (const one of music.instruments ?? []) {
    const held = shown[one];
    if (held !== undefined) return held;
  }
  return "bowed";
}
