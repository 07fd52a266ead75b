import * as THREE from "three";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { allRound, ambientProbe } from "../look/environment-light.ts";
import type { Palette } from "../look/palette.ts";

/** What stands in the light's way, in cells of a grid round the middle. */
export type Cells = { taken(at: THREE.Vector3): boolean };

const cell = 0.3;
/** Half of the ground that is looked at for shadows, and its height, metres. */
const reach = 36;
const high = 24;

export function cellsOf(places: readonly THREE.Vector3[]): Cells {
  const [wide, tall] = [Math.ceil((2 * reach) / cell), Math.ceil(high / cell)];
  const taken = new Uint8Array(wide * wide * tall);
  const cellAt = ({ x, y, z }: THREE.Vector3): number => {
    const [i, j, k] = [Math.floor((x + reach) / cell), Math.floor(y / cell), Math.floor((z + reach) / cell)];
    return i < 0 || j < 0 || k < 0 || i >= wide || j >= tall || k >= wide ? -1 : (j * wide + k) * wide + i;
  };
  for (const place of places) {
    const at = cellAt(place);
    if (at >= 0) taken[at] = 1;
  }
  return { taken: (at) => taken[cellAt(at)] === 1 };
}

/** Light that comes to a place along a way, on a surface that faces it squarely. */
type Source = (at: THREE.Vector3, way: THREE.Vector3) => { light: THREE.Color; far: number };

/** So far in front of its surface a place is looked from, and so far on the way begins: no surface is in its own light. */
const offSurface = 0.36;
const begins = 0.3;
/** From one look to the next on the way. */
const stride = 0.4;
/** Farther than this nothing throws a shadow. */
const longestShadow = 14;

/**
 * Light on the places of a scene as the film has it: from all round, from the sun or moon and the lamps, with the
 * shadows of what stands there.
 * @returns linear light that falls on a surface, over pi
 */
export function lightOn(
  lights: readonly THREE.Light[],
  plan: ScenePlan,
  palette: Palette,
  cells: Cells,
): (at: THREE.Vector3, normal: THREE.Vector3) => THREE.Color {
  const probe = ambientProbe(palette, plan);
  const sources = lights.flatMap(sourceOf);
  const round = new THREE.Vector3();
  const way = new THREE.Vector3();
  const step = new THREE.Vector3();
  const from = new THREE.Vector3();

  function isShadowed(at: THREE.Vector3, normal: THREE.Vector3, far: number): boolean {
    const end = Math.min(far - 0.6, longestShadow);
    from.copy(at).addScaledVector(normal, offSurface);
    for (let gone = begins; gone < end; gone += stride)
      if (cells.taken(step.copy(from).addScaledVector(way, gone))) return true;
    return false;
  }

  return (at, normal) => {
    probe.getIrradianceAt(normal, round);
    const sum = new THREE.Color(Math.max(0, round.x), Math.max(0, round.y), Math.max(0, round.z));
    sum.multiplyScalar(allRound / Math.PI);
    for (const source of sources) {
      const { light, far } = source(at, way);
      const falls = way.dot(normal);
      if (falls <= 0 || light.r + light.g + light.b < 1e-4 || isShadowed(at, normal, far)) continue;
      sum.add(light.multiplyScalar(falls / Math.PI));
    }
    return sum;
  };
}

function sourceOf(light: THREE.Light): Source[] {
  const power = light.color.clone().multiplyScalar(light.intensity);
  const back = new THREE.Vector3(0, 0, 1).applyQuaternion(light.quaternion);
  if (light instanceof THREE.DirectionalLight)
    return [(_, way) => (way.copy(back), { light: power.clone(), far: Infinity })];
  if (!(light instanceof THREE.PointLight || light instanceof THREE.SpotLight)) return [];
  const { distance } = light;
  const cone =
    light instanceof THREE.SpotLight
      ? ([Math.cos(light.angle), Math.cos(light.angle * (1 - light.penumbra))] as const)
      : null;
  return [
    (at, way) => {
      way.copy(light.position).sub(at);
      const far = Math.max(0.3, way.length());
      way.normalize();
      const ends = distance > 0 ? Math.max(0, 1 - (far / distance) ** 4) ** 2 : 1;
      const inCone =
        cone === null ? 1 : THREE.MathUtils.smoothstep(way.dot(back), cone[0], Math.max(cone[0] + 1e-4, cone[1]));
      return { light: power.clone().multiplyScalar((ends * inCone) / far ** 1.7), far };
    },
  ];
}

/** Light as the film shows it: exposed, on its curve, in its grade. @returns sRGB bytes */
export function gradedBytes(light: THREE.Color, palette: Palette): [number, number, number] {
  const { exposure, saturation, contrast, shadows, highlights } = palette;
  const shone = aces(light.clone().multiplyScalar(exposure * 1.3));
  const bright = 0.2126 * shone.r + 0.7152 * shone.g + 0.0722 * shone.b;
  const high = THREE.MathUtils.smoothstep(bright, 0.05, 0.7);
  const evenly = ({ r, g, b }: THREE.Color) => Math.max(0.001, (r + g + b) / 3);
  const graded = (["r", "g", "b"] as const).map((name) => {
    const low = 1 + (shadows[name] / evenly(shadows) - 1) * 0.4;
    const top = 1 + (highlights[name] / evenly(highlights) - 1) * 0.35;
    const tinted = shone[name] * (low + (top - low) * high);
    const full = Math.min(1, Math.max(0, bright + (tinted - bright) * saturation)) ** (1 / 2.2);
    const curve = full * full * (3 - 2 * full);
    return Math.round(Math.min(1, Math.max(0, full + (curve - full) * (contrast - 0.9) * 1.1)) * 255);
  });
  return graded as [number, number, number];
}

function aces({ r, g, b }: THREE.Color): THREE.Color {
  const curve = (v: number) => (v * (v + 0.0245786) - 0.000090537) / (v * (0.983729 * v + 0.432951) + 0.238081);
  const [x, y, z] = [
    curve(0.59719 * r + 0.35458 * g + 0.04823 * b),
    curve(0.076 * r + 0.90834 * g + 0.01566 * b),
    curve(0.0284 * r + 0.13383 * g + 0.83777 * b),
  ];
  const clamp = (n: number) => Math.min(1, Math.max(0, n));
  return new THREE.Color(
    clamp(1.60475 * x - 0.53108 * y - 0.07367 * z),
    clamp(-0.10208 * x + 1.10813 * y - 0.00605 * z),
    clamp(-0.00327 * x - 0.07276 * y + 1.07602 * z),
  );
}
