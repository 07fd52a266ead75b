import * as THREE from "three";
import { OrbitControls } from "three/addons/controls/OrbitControls.js";
import { orbitLimits } from "./orbit-start.ts";

/** Ways to look: as the film does, round what there is to see, or wherever one flies. */
export const looks = ["film", "orbit", "fly"] as const;
export type LookBy = (typeof looks)[number];

/** What one does with mouse, fingers and keys while not watching the film. */
export type Hands = {
  /** @param start  from where one begins to go round the middle; null for who stays where they are */
  take(by: LookBy, middle: THREE.Vector3, start: THREE.Vector3 | null): void;
  /** @param seconds  since the last picture. @returns whether the camera moved */
  move(seconds: number, middle: THREE.Vector3): boolean;
  dispose(): void;
};

const metresASecond = 2.6;
/** How fast one steps back to see people whole: all but a third of the way in a third of a second. */
const stepsASecond = 3.5;
const keys: Record<string, readonly [number, number, number]> = {
  ...{ KeyW: [0, 0, -1], KeyS: [0, 0, 1], KeyA: [-1, 0, 0], KeyD: [1, 0, 0], KeyE: [0, 1, 0], KeyQ: [0, -1, 0] },
  ...{ ArrowUp: [0, 0, -1], ArrowDown: [0, 0, 1], ArrowLeft: [-1, 0, 0], ArrowRight: [1, 0, 0] },
};

/**
 * @param moved  told when something was moved
 * @param clear  how much of a way is free of walls, 0 to 1
 */
export function openHands(
  camera: THREE.PerspectiveCamera,
  canvas: HTMLCanvasElement,
  moved: () => void,
  clear: (from: THREE.Vector3, to: THREE.Vector3) => number,
): Hands {
  const orbit = new OrbitControls(camera, canvas);
  orbit.enabled = false;
  orbit.enableDamping = true;
  orbit.dampingFactor = 0.09;
  orbit.minDistance = orbitLimits.nearest;
  orbit.maxDistance = orbitLimits.farthest;
  orbit.maxPolarAngle = orbitLimits.lowest;
  orbit.addEventListener("change", moved);
  // A hand on it goes first.
  orbit.addEventListener("start", () => (steps = null));

  let by: LookBy = "film";
  const held = new Set<string>();
  const fingers = new Map<number, { x: number; y: number }>();
  const turn = new THREE.Euler(0, 0, 0, "YXZ");
  const goes = new THREE.Vector3();
  const before = new THREE.Vector3();
  /** Where one has turned to, walls or not; the camera itself stays on this side of them. */
  const wished = new THREE.Vector3();
  /** How one still steps back before one goes round: seen from the middle, with the share of the way that is left. */
  let steps: { from: THREE.Spherical; to: THREE.Spherical; left: number } | null = null;
  const leave = new AbortController();
  const on = <K extends keyof HTMLElementEventMap>(
    target: HTMLElement | Window,
    kind: K,
    does: (event: HTMLElementEventMap[K]) => void,
  ) => target.addEventListener(kind, does as EventListener, { signal: leave.signal, passive: false });

  on(canvas, "pointerdown", (event) => {
    if (by !== "fly") return;
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  on(canvas, "pointermove", (event) => {
    const from = fingers.get(event.pointerId);
    if (by !== "fly" || from === undefined) return;
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (fingers.size > 1) go(-dx * 0.006, 0, -dy * 0.012);
    else {
      turn.setFromQuaternion(camera.quaternion);
      turn.y += dx * 0.0042;
      turn.x = Math.max(-1.45, Math.min(1.45, turn.x + dy * 0.0042));
      turn.z = 0;
      camera.quaternion.setFromEuler(turn);
    }
    moved();
  });
  for (const kind of ["pointerup", "pointercancel"] as const)
    on(canvas, kind, (event) => void fingers.delete(event.pointerId));
  on(canvas, "wheel", (event) => {
    if (by !== "fly") return;
    event.preventDefault();
    go(0, 0, event.deltaY * 0.006);
    moved();
  });
  on(window, "keydown", (event) => {
    if (by !== "fly" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    if (keys[event.code] === undefined) return;
    event.preventDefault();
    held.add(event.code);
    moved();
  });
  on(window, "keyup", (event) => void held.delete(event.code));
  window.addEventListener("blur", () => held.clear(), { signal: leave.signal });

  /** Along the camera's own axes, but up and down as the world has them. */
  function go(right: number, up: number, back: number): void {
    goes.set(right, 0, back).applyQuaternion(camera.quaternion);
    camera.position.add(goes).y += up;
    camera.position.clampLength(0, 150);
    camera.position.y = Math.max(0.15, camera.position.y);
  }

  /** Round the middle and not through it. What is left of the way wanes by time alone, so it comes to an end. */
  function stepBack(seconds: number): void {
    if (steps === null) return;
    const { from, to } = steps;
    const left = steps.left * Math.exp(-stepsASecond * seconds);
    steps.left = left < 0.004 ? 0 : left;
    const part = 1 - steps.left;
    const turned = THREE.MathUtils.euclideanModulo(to.theta - from.theta + Math.PI, Math.PI * 2) - Math.PI;
    wished
      .setFromSphericalCoords(
        THREE.MathUtils.lerp(from.radius, to.radius, part),
        THREE.MathUtils.lerp(from.phi, to.phi, part),
        from.theta + turned * part,
      )
      .add(orbit.target);
    if (steps.left === 0) steps = null;
  }

  return {
    take(next, middle, start) {
      by = next;
      steps = null;
      held.clear();
      fingers.clear();
      orbit.enabled = next === "orbit";
      if (next === "film") return;
      turn.setFromQuaternion(camera.quaternion);
      turn.z = 0;
      camera.quaternion.setFromEuler(turn);
      camera.up.set(0, 1, 0);
      if (next !== "orbit") return;
      orbit.target.copy(middle);
      before.copy(middle);
      wished.copy(camera.position);
      if (start !== null)
        steps = {
          from: new THREE.Spherical().setFromVector3(wished.clone().sub(middle)),
          to: new THREE.Spherical().setFromVector3(start.clone().sub(middle)),
          left: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 1,
        };
      orbit.update();
    },
    move(seconds, middle) {
      if (by === "orbit") {
        // Who walks stays in the middle of the picture.
        goes.copy(middle).sub(before);
        before.copy(middle);
        stepBack(seconds);
        camera.position.copy(wished).add(goes);
        orbit.target.add(goes);
        const turned = orbit.update() || goes.lengthSq() > 0 || steps !== null;
        wished.copy(camera.position);
        camera.position.lerpVectors(orbit.target, wished, clear(orbit.target, wished));
        return turned;
      }
      if (by !== "fly" || held.size === 0) return false;
      const sum = [0, 0, 0] as [number, number, number];
      for (const code of held) keys[code]!.forEach((part, axis) => (sum[axis]! += part));
      const far = seconds * metresASecond;
      go(sum[0] * far, sum[1] * far, sum[2] * far);
      return true;
    },
    dispose() {
      leave.abort();
      orbit.dispose();
    },
  };
}

export function isTyping(event: Event): boolean {
  const target = event.composedPath()[0];
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName))
  );
}
