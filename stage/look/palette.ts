import * as THREE from "three";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";

/** Light and colour of a scene, as a director of photography would write it on the call sheet. */
export type Palette = {
  skyTop: THREE.Color;
  skyHorizon: THREE.Color;
  /** Glow round the sun or moon. */
  skyGlow: THREE.Color;
  key: { colour: THREE.Color; power: number; from: THREE.Vector3 };
  rim: { colour: THREE.Color; power: number; from: THREE.Vector3 };
  fill: { sky: THREE.Color; ground: THREE.Color; power: number };
  fog: { colour: THREE.Color; density: number };
  water: THREE.Color;
  exposure: number;
  /** Grade: colour of the shadows and of the highlights, and how much colour there is at all. */
  shadows: THREE.Color;
  highlights: THREE.Color;
  saturation: number;
  contrast: number;
  stars: number;
  clouds: number;
  /** Whether practical lamps burn. */
  lampsOn: boolean;
  /** Ground and decks shine. */
  wet: boolean;
  /** 0 = clean, 1 = pushed film. */
  grain: number;
};

type Row = {
  top: string;
  horizon: string;
  glow: string;
  key: string;
  keyPower: number;
  elevation: number;
  fillSky: string;
  fillGround: string;
  fill: number;
  rim: string;
  rimPower: number;
  fog: number;
  water: string;
  exposure: number;
  shadows: string;
  highlights: string;
  saturation: number;
  contrast: number;
};

const outside: Record<ScenePlan["hour"], Row> = {
  day: {
    top: "#3b6ea5",
    horizon: "#c3d5df",
    glow: "#fff1d6",
    key: "#fff0d8",
    keyPower: 4.3,
    elevation: 42,
    fillSky: "#b4cbe0",
    fillGround: "#8d8170",
    fill: 1.75,
    rim: "#cfe2ff",
    rimPower: 0.7,
    fog: 0.0045,
    water: "#1f4a5c",
    exposure: 1.08,
    shadows: "#93a5b8",
    highlights: "#fff4e2",
    saturation: 1.04,
    contrast: 1.1,
  },
  dusk: {
    top: "#1d2b49",
    horizon: "#d98a5b",
    glow: "#ff9d58",
    key: "#ffa263",
    keyPower: 1.5,
    elevation: 9,
    fillSky: "#6478a4",
    fillGround: "#4a3b3f",
    fill: 1.3,
    rim: "#ff9a62",
    rimPower: 1.1,
    fog: 0.008,
    water: "#141f33",
    exposure: 1.22,
    shadows: "#7388b2",
    highlights: "#ffd9b0",
    saturation: 0.98,
    contrast: 1.07,
  },
  dawn: {
    top: "#7f97b8",
    horizon: "#f2c9a6",
    glow: "#ffdcae",
    key: "#ffc893",
    keyPower: 2.4,
    elevation: 12,
    fillSky: "#b9c7dc",
    fillGround: "#94867a",
    fill: 1.75,
    rim: "#ffe3c2",
    rimPower: 0.9,
    fog: 0.011,
    water: "#5c7280",
    exposure: 1.2,
    shadows: "#a2b4cc",
    highlights: "#ffecd4",
    saturation: 0.98,
    contrast: 0.98,
  },
  night: {
    top: "#060b18",
    horizon: "#1e3352",
    glow: "#4b6c9c",
    key: "#8fb2e8",
    keyPower: 1.05,
    elevation: 38,
    fillSky: "#3a527c",
    fillGround: "#181c27",
    fill: 1.95,
    rim: "#86abe6",
    rimPower: 1.0,
    fog: 0.011,
    water: "#060d18",
    exposure: 1.42,
    shadows: "#6685b6",
    highlights: "#ffe2bb",
    saturation: 0.94,
    contrast: 1.04,
  },
};

const inside: Record<ScenePlan["hour"], Partial<Row>> = {
  day: { keyPower: 3.9, fill: 1.7, fillSky: "#ccd6dd", fillGround: "#87775f", elevation: 34, exposure: 1.12 },
  dusk: {
    key: "#ffb684",
    keyPower: 1.5,
    fill: 1.05,
    fillSky: "#8587a2",
    fillGround: "#54443b",
    elevation: 20,
    exposure: 1.05,
    rimPower: 0.5,
  },
  dawn: { keyPower: 1.9, fill: 1.1, fillSky: "#a8b6c6", fillGround: "#5d544d", elevation: 20 },
  night: {
    key: "#7f9dcc",
    keyPower: 1.0,
    fill: 1.15,
    fillSky: "#757d98",
    fillGround: "#463830",
    elevation: 34,
    exposure: 1.3,
    rimPower: 0.5,
  },
};

/** Where no sun comes in, whatever the hour: what burns there is all the light there is. */
const sunless: Partial<Record<ScenePlan["place"], Partial<Row>>> = {
  cave: {
    key: "#a9b9cc",
    keyPower: 0.35,
    fill: 1.6,
    fillSky: "#7b8794",
    fillGround: "#6b543d",
    rim: "#9fb6d0",
    rimPower: 0.5,
    exposure: 1.5,
    shadows: "#7f93a8",
    highlights: "#ffe6c4",
  },
  spaceship: {
    key: "#dce8ff",
    keyPower: 1.2,
    elevation: 60,
    fill: 1.6,
    fillSky: "#93a2b8",
    fillGround: "#6d7684",
    rim: "#9cc4ff",
    rimPower: 0.7,
    exposure: 1.18,
    shadows: "#7d94b4",
    highlights: "#f0f4ff",
  },
  theatre: {
    key: "#ffdfae",
    keyPower: 0.7,
    elevation: 42,
    fill: 0.7,
    fillSky: "#7d7284",
    fillGround: "#5a4038",
    rim: "#a9b8ff",
    rimPower: 0.7,
    exposure: 1.2,
    shadows: "#7a7894",
    highlights: "#ffe4bd",
  },
};

/** @returns the palette of a plan; the sun's side is the scene's, so that all its shots are lit from one side */
export function paletteOf(plan: ScenePlan): Palette {
  const row: Row = { ...outside[plan.hour], ...(plan.interior ? inside[plan.hour] : {}), ...sunless[plan.place] };
  const colour = (hex: string) => new THREE.Color(hex);
  const side = (plan.setSeed >>> 3) % 2 === 0 ? 1 : -1;
  const azimuth =
    ((plan.interior ? 52 : plan.hour === "day" ? 42 : plan.hour === "dawn" ? 108 : 124) + (plan.setSeed % 17)) * side;
  const from = (elevation: number, around: number) =>
    new THREE.Vector3().setFromSphericalCoords(1, ((90 - elevation) * Math.PI) / 180, (around * Math.PI) / 180);
  const palette: Palette = {
    skyTop: colour(row.top),
    skyHorizon: colour(row.horizon),
    skyGlow: colour(row.glow),
    key: { colour: colour(row.key), power: row.keyPower, from: from(row.elevation, azimuth) },
    rim: { colour: colour(row.rim), power: row.rimPower, from: from(28, azimuth > 0 ? -152 : 152) },
    fill: { sky: colour(row.fillSky), ground: colour(row.fillGround), power: row.fill },
    fog: { colour: colour(row.horizon), density: plan.interior ? 0.004 : row.fog },
    water: colour(row.water),
    exposure: row.exposure,
    shadows: colour(row.shadows),
    highlights: colour(row.highlights),
    saturation: row.saturation,
    contrast: row.contrast,
    stars: plan.hour === "night" ? 1 : plan.hour === "dusk" ? 0.05 : 0,
    clouds: 0.35,
    lampsOn:
      plan.lampsOn === "auto"
        ? plan.hour === "night" ||
          plan.hour === "dusk" ||
          (plan.interior && plan.hour !== "day") ||
          sunless[plan.place] !== undefined
        : plan.lampsOn === "on",
    wet: plan.weather === "rain" || plan.weather === "storm",
    grain: usualGrain,
  };
  // Between walls and under awnings little of the sky is left: one opens up for it.
  if (plan.hour !== "night" && (plan.place === "alley" || plan.place === "market")) palette.fill.power *= 1.4;
  return changed(weathered(palette, plan), plan.palette);
}

/** A little, as of a slow stock. */
const usualGrain = 0.35;

/** What people decided otherwise than hour and weather would have it. `exposure` is a factor: 2 is a stop more. */
function changed(palette: Palette, change: ScenePlan["palette"]): Palette {
  if (change.key !== undefined) palette.key.colour.set(change.key);
  if (change.shadows !== undefined) palette.shadows.set(change.shadows);
  if (change.highlights !== undefined) palette.highlights.set(change.highlights);
  if (change.fog !== undefined) palette.fog.density = change.fog;
  palette.saturation = change.saturation ?? palette.saturation;
  palette.exposure *= change.exposure ?? 1;
  palette.grain = change.grain ?? palette.grain;
  return palette;
}

function weathered(palette: Palette, plan: ScenePlan): Palette {
  const grey = (hex: string, how: number) => {
    const by = new THREE.Color(hex).multiplyScalar({ day: 1, dawn: 0.85, dusk: 0.34, night: 0.1 }[plan.hour]);
    palette.skyTop.lerp(by, how);
    palette.skyHorizon.lerp(by, how * 0.72);
    palette.fog.colour.copy(palette.skyHorizon);
  };
  const outdoors = !plan.interior;
  switch (plan.weather) {
    case "clear":
      return palette;
    case "rain":
      grey("#7d8c9c", 0.72);
      palette.key.power *= outdoors ? 0.5 : 0.7;
      palette.fill.power *= outdoors && plan.hour === "day" ? 1.35 : 1;
      palette.rim.power *= 1.15;
      if (outdoors) palette.fog.density = Math.max(0.012, palette.fog.density * 1.7);
      palette.clouds = 0.9;
      palette.stars = 0;
      palette.saturation *= 0.94;
      return palette;
    case "storm":
      grey("#5a6672", 0.85);
      palette.key.power *= outdoors ? (plan.hour === "night" ? 0.8 : 0.32) : 0.6;
      if (plan.hour === "night") palette.exposure *= 1.15;
      if (outdoors) palette.fog.density = Math.max(0.015, palette.fog.density * 1.9);
      palette.clouds = 1;
      palette.stars = 0;
      palette.saturation *= 0.85;
      return palette;
    case "snow":
      grey("#8d9aa9", 0.85);
      palette.key.power *= outdoors ? 0.75 : 0.8;
      // White ground throws the light back: less of it is needed, and less is let in.
      palette.fill.power *= outdoors && plan.hour === "day" ? 0.8 : 1.2;
      if (outdoors && plan.hour !== "night") palette.exposure *= 0.62;
      if (outdoors) palette.fog.density = Math.max(0.012, palette.fog.density * 1.6);
      palette.clouds = 0.9;
      palette.stars = 0;
      palette.saturation *= 0.86;
      return palette;
    case "fog":
      grey("#c4c8cc", plan.hour === "dawn" || plan.hour === "dusk" ? 0.28 : 0.5);
      palette.key.power *= outdoors ? 0.6 : 0.8;
      if (outdoors) palette.fog.density = plan.hour === "dawn" ? 0.02 : 0.034;
      palette.clouds = 0.7;
      palette.stars *= 0.2;
      palette.saturation *= 0.9;
      return palette;
  }
}
