import type { SceneLook } from "#domain/generation/scene-look.ts";

/** The colours of a drawn scene, from the top of the picture to its foot. */
export interface Tones {
  top: string;
  horizon: string;
  /** Glow of the sun, the moon or the lamps. */
  light: string;
  far: string;
  near: string;
  ground: string;
}

const outside: Record<SceneLook["hour"], Tones> = {
  day: { top: "#2f4a63", horizon: "#a9b6b8", light: "#fff3d8", far: "#5d6f7b", near: "#2c3a44", ground: "#222c33" },
  dawn: { top: "#2b3550", horizon: "#d59a7c", light: "#ffd9a8", far: "#5a526a", near: "#2a2a3c", ground: "#20202c" },
  dusk: { top: "#25223f", horizon: "#b8654c", light: "#ffbf7d", far: "#4b3350", near: "#241c2d", ground: "#1a1622" },
  night: { top: "#070b16", horizon: "#24364f", light: "#cfe0f5", far: "#141f31", near: "#0b1220", ground: "#080d17" },
};
const inside: Record<"lit" | "dark", Tones> = {
  lit: { top: "#2b2420", horizon: "#6a5140", light: "#ffd49a", far: "#4a3a30", near: "#211a16", ground: "#1a1411" },
  dark: { top: "#14161d", horizon: "#353a4a", light: "#ffc77e", far: "#272b38", near: "#101218", ground: "#0c0e13" },
};
/** What weather lays over all of it, and how thickly. */
const veil: Partial<Record<SceneLook["weather"], [string, number]>> = {
  rain: ["#2c3a48", 0.34],
  storm: ["#161c26", 0.5],
  fog: ["#76808a", 0.42],
  snow: ["#a9b7c6", 0.3],
};

export function tonesOf({ interior, hour, weather }: Pick<SceneLook, "interior" | "hour" | "weather">): Tones {
  if (interior) return inside[hour === "night" || hour === "dusk" ? "dark" : "lit"];
  const [colour, share] = veil[weather] ?? ["#000000", 0];
  const tones = outside[hour];
  return {
    ...tones,
    top: mixed(tones.top, colour, share),
    horizon: mixed(tones.horizon, colour, share),
    far: mixed(tones.far, colour, share * 0.8),
  };
}

/** @returns so much of the second colour in the first, `#rrggbb` */
function mixed(one: string, other: string, share: number): string {
  const part = (hex: string, at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  const parts = [1, 3, 5].map((at) => Math.round(part(one, at) * (1 - share) + part(other, at) * share));
  return `#${parts.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
