/** What words say of a picture's colours, lamps and passers-by. */
import type { PaletteChange, ScenePlan } from "#domain/screenplay/scene-plan.ts";

const looks: readonly [RegExp, PaletteChange][] = [
  [/\b(?:black[- ]and[- ]white|monochrome)\b/, { saturation: 0 }],
  [/\b(?:film noir|noir)\b/, { saturation: 0.15, exposure: 0.9, grain: 0.6 }],
  [/\bsepia\b/, { saturation: 0.45, highlights: "#e8cf9f", shadows: "#3a2c1c" }],
  [/\bpastel\b/, { saturation: 0.75, exposure: 1.2, highlights: "#f6e3ea" }],
  [/\b(?:desaturated|washed[- ]out|bleak)\b/, { saturation: 0.55 }],
  [/\b(?:saturated|vivid|technicolou?r)\b/, { saturation: 1.4 }],
  [/\bneon\b/, { saturation: 1.25, highlights: "#ff5fb4", shadows: "#1b2a55" }],
  [/\b(?:golden (?:light|hour)|honeyed light|warm light)\b/, { key: "#ffb464", highlights: "#ffdba6" }],
  [/\b(?:moonlight|moonlit|cold blue|blue light)\b/, { key: "#9fb6ea", shadows: "#16223f" }],
  [
    /\b(?:candle ?light|candlelit|firelight|firelit|torch ?light|torchlit)\b/,
    { key: "#ff9c4d", highlights: "#ffc98a" },
  ],
  [/\b(?:red light|emergency light(?:s|ing)?)\b/, { key: "#ff4a3d", shadows: "#2a0d10" }],
  [/\b(?:teal and orange|orange and teal)\b/, { highlights: "#ffb27a", shadows: "#123c44" }],
  [/\b(?:grainy|16 ?mm|super ?8|vhs)\b/, { grain: 0.8 }],
  [/\b(?:without grain|clean digital)\b/, { grain: 0 }],
  [/\b(?:overexposed|blinding|glaring)\b/, { exposure: 1.5 }],
  [/\b(?:underexposed|pitch[- ]dark|almost dark)\b/, { exposure: 0.7 }],
  [/\b(?:thick|dense|heavy) (?:fog|mist|smoke)\b/, { fog: 0.09 }],
];

/** What is named later says more where two speak of one thing. */
export function paletteFor(text: string): PaletteChange {
  const said = text.slice(0, 20_000).toLowerCase();
  return Object.assign(
    {},
    ...looks.flatMap(([pattern, change]) => (pattern.test(said) ? [change] : [])),
  ) as PaletteChange;
}

export function lampsFor(text: string): ScenePlan["lampsOn"] {
  const said = text.slice(0, 20_000).toLowerCase();
  if (/\b(?:power cut|blackout|lights? (?:go|goes|are|is) out|lamps? (?:are|is) out|unlit)\b/.test(said)) return "off";
  if (/\b(?:(?:lamps?|lights|lanterns) (?:are |is )?(?:on|lit|burning?)|lamplit|neon)\b/.test(said)) return "on";
  return "auto";
}

const counts: Readonly<Record<string, number>> = { dozens: 36, hundreds: 60, thousands: 60 };

/** @returns how many people beside the cast are there */
export function crowdFor(text: string, cast: number): number {
  const said = text.slice(0, 4000).toLowerCase();
  const counted =
    /\b(\d{1,4}|dozens|hundreds|thousands) (?:of )?(?:\w+ )?(?:people|men|women|soldiers|dancers|guests|passengers|students|children|onlookers)\b/.exec(
      said,
    );
  if (counted !== null) {
    const number = counts[counted[1] ?? ""] ?? Number(counted[1]);
    return Math.max(0, Math.min(60, number - cast));
  }
  return /\b(?:crowds?|crowded|throng|mob|audience|packed|bustling|onlookers)\b(?! (?:of (?:seats|chairs)))/.test(said)
    ? 24
    : 0;
}
