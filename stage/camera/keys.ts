/** A camera that people have keyed: it goes through every key, smoothly, at its beat. */
import * as THREE from "three";
import type { CameraKey, ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { eased } from "./ease.ts";
import { lensOf, fovOf } from "./lens.ts";

export type KeyedView = {
  eye: THREE.Vector3;
  look: THREE.Vector3;
  lensMm: number;
  /** Degrees. */
  roll: number;
  /** null = what it looks at. */
  focus: number | null;
};

/** @returns the way through a plan's keys, or null when there are fewer than two */
export function keyedCamera({ camera, beatSeconds }: ScenePlan): ((seconds: number) => KeyedView) | null {
  const keys = camera.keys.toSorted((a, b) => a.beat - b.beat);
  if (keys.length < 2) return null;
  const eyes = keys.map(({ eye }) => new THREE.Vector3(...eye));
  const looks = keys.map(({ look }) => new THREE.Vector3(...look));
  return (seconds) => {
    const beat = seconds / beatSeconds;
    let i = 0;
    while (i < keys.length - 2 && keys[i + 1]!.beat <= beat) i += 1;
    const [from, to] = [keys[i]!, keys[i + 1]!];
    if (beat < from.beat) return at(from);
    if (beat >= to.beat) return at(to);
    const share = (beat - from.beat) / (to.beat - from.beat);
    const k = eased(from.ease, share);
    const fov = mix(fovOf(from.lensMm), fovOf(to.lensMm), k);
    // A smooth way does not rest at every key: the curve itself begins and ends gently.
    const along = from.ease === "smooth" ? share : k;
    return {
      eye: between(eyes, keys, i, along),
      look: between(looks, keys, i, along),
      lensMm: lensOf(fov),
      roll: mix(from.roll, to.roll, k),
      focus: focusBetween(from, to, k),
    };
  };
}

const mix = (a: number, b: number, k: number) => a + (b - a) * k;

const at = (key: CameraKey): KeyedView => ({
  eye: new THREE.Vector3(...key.eye),
  look: new THREE.Vector3(...key.look),
  lensMm: key.lensMm,
  roll: key.roll,
  focus: key.focus ?? null,
});

function focusBetween(from: CameraKey, to: CameraKey, k: number): number | null {
  if (from.focus === undefined && to.focus === undefined) return null;
  const own = (key: CameraKey) => key.focus ?? new THREE.Vector3(...key.eye).distanceTo(new THREE.Vector3(...key.look));
  // As a focus ring turns: by how far is near, not by metres.
  return 1 / mix(1 / own(from), 1 / own(to), k);
}

/**
 * A curve through the points (Catmull-Rom over the keys' own times, so that a long leg after a short one does not
 * overshoot); a linear leg is straight.
 */
function between(points: readonly THREE.Vector3[], keys: readonly CameraKey[], i: number, k: number): THREE.Vector3 {
  const span = keys[i + 1]!.beat - keys[i]!.beat;
  const slope = (j: number): THREE.Vector3 => {
    const here = points[j]!;
    const [before, after] = [points[j - 1], points[j + 1]];
    if (before === undefined || after === undefined || keys[j - 1]!.ease === "hold") return new THREE.Vector3();
    const [dt0, dt1] = [keys[j]!.beat - keys[j - 1]!.beat, keys[j + 1]!.beat - keys[j]!.beat];
    if (dt0 <= 0 || dt1 <= 0) return new THREE.Vector3();
    const [v0, v1] = [here.clone().sub(before).divideScalar(dt0), after.clone().sub(here).divideScalar(dt1)];
    const through = v0
      .clone()
      .multiplyScalar(dt1)
      .addScaledVector(v1, dt0)
      .divideScalar(dt0 + dt1);
    // No faster than three times the slower leg: a camera that waits at a key does not swing past it.
    const most = 3 * Math.min(v0.length(), v1.length());
    return through.clampLength(0, most);
  };
  const [a, b] = [points[i]!, points[i + 1]!];
  if (keys[i]!.ease === "linear" || keys[i]!.ease === "hold") return a.clone().lerp(b, k);
  const [m, n] = [slope(i).multiplyScalar(span), slope(i + 1).multiplyScalar(span)];
  const [k2, k3] = [k * k, k * k * k];
  return new THREE.Vector3()
    .addScaledVector(a, 2 * k3 - 3 * k2 + 1)
    .addScaledVector(m, k3 - 2 * k2 + k)
    .addScaledVector(b, -2 * k3 + 3 * k2)
    .addScaledVector(n, k3 - k2);
}
