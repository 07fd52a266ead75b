import * as THREE from "three";
import { expect, test } from "vitest";
import type { SetPeer } from "../set-presence.ts";
import type { Pose } from "./navigation.ts";
import { painterFor } from "./paint.ts";
import { avatarShown, paintPeers } from "./peers.ts";

const pose = (eye: [number, number, number], look: [number, number, number] = [0, 1, 0]): Pose => ({
  eye: new THREE.Vector3(...eye),
  look: new THREE.Vector3(...look),
});
const peer = (clientId: number, name: string): SetPeer => ({
  ...{ clientId, name, color: "#20c0a0", frame: null },
  stage: {
    ...{ shotId: "s", sceneId: "a", eye: [0, 0, 0], look: [0, 0, 0], lensMm: 18, through: false, holding: null },
  },
});

/** @returns how strongly each of what is drawn covers the view, and the names that hang over it */
function painted(own: Pose, others: readonly [SetPeer, Pose][], following: number | null = null) {
  const [width, height] = [900, 600];
  const camera = new THREE.PerspectiveCamera(42, width / height, 0.1, 400);
  camera.position.copy(own.eye);
  camera.lookAt(own.look);
  camera.updateMatrixWorld(true);
  const strokes: number[] = [];
  const context = new Proxy({ globalAlpha: 1 } as unknown as CanvasRenderingContext2D, {
    get(on, name) {
      if (name === "createRadialGradient") return () => ({ addColorStop: () => undefined });
      if (name === "fill" || name === "stroke") return () => void strokes.push(on.globalAlpha);
      return name in on ? on[name as "globalAlpha"] : () => undefined;
    },
  });
  const peers = others.map(([each, shown]) => ({ peer: each, shown }));
  const painter = painterFor(context, camera, width, height);
  const labels = paintPeers({ painter, camera, width, height, peers, following, floor: 0, aspect: 16 / 9 });
  return { labels, strokes, alphaAfter: context.globalAlpha };
}

test("an avatar fades as one comes near it and is gone where one would look out from inside it", () => {
  const theirs = pose([0, 2, 0], [0, 2, -10]);
  const from = (...at: [number, number, number]) => avatarShown(new THREE.Vector3(...at), theirs);
  expect([from(0, 2, 0), from(0, 2, 1.1), from(0, 2, 2.4), from(0, 2, 30)]).toEqual([0, 0, 1, 1]);
  // Its cone reaches out before it.
  expect([from(0, 2, -1.6), from(0.9, 2, -1.1)]).toEqual([0, 0]);
  const steps = [1.3, 1.6, 1.9, 2.2].map((far) => from(0, 2, far));
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  for (const shown of steps) expect(shown > 0 && shown < 1).toBe(true);
});

test("who came in at the same spot covers nothing of the view, and is named at its edge", () => {
  const own = pose([6, 4, 9]);
  for (const theirs of [own, pose([6, 4, 9.4]), pose([6.5, 4.3, 9.5])]) {
    const { labels, strokes } = painted(own, [[peer(1, "Ben Okri"), theirs]]);
    expect(strokes).toEqual([]);
    expect(labels).toMatchObject([{ text: "Ben Okri", isBeyond: true, at: { x: 450 } }]);
    expect(labels[0]!.at!.y).toBeLessThan(100);
  }
});

test("who stands further off is drawn whole, with the name over the ball; in between, faintly", () => {
  const own = pose([0, 2, 10]);
  const far = painted(own, [[peer(1, "Ben"), pose([0, 2, 0], [3, 2, 0])]]);
  expect(new Set(far.strokes)).toEqual(new Set([1]));
  expect(far.labels[0]).not.toHaveProperty("isBeyond");
  const near = painted(own, [[peer(1, "Ben"), pose([0, 2, 8.2], [3, 2, 8.2])]]);
  expect(near.strokes.length).toBe(far.strokes.length);
  for (const alpha of near.strokes) expect(alpha > 0 && alpha < 1).toBe(true);
  expect(near.alphaAfter).toBe(1);
});

test("whom one follows is not drawn, however far one has still to go; names there stand side by side", () => {
  const own = pose([0, 2, 10]);
  const { labels, strokes } = painted(
    own,
    [
      [peer(1, "Ben"), pose([0, 2, 0])],
      [peer(2, "Cleo"), own],
    ],
    1,
  );
  expect(strokes).toEqual([]);
  const [ben, cleo] = labels;
  expect(Math.abs(ben!.at!.x - cleo!.at!.x)).toBeGreaterThan(80);
  expect(ben!.at!.y).toBe(cleo!.at!.y);
});
