import * as THREE from "three";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readManifestJson } from "#domain/generation/manifest.ts";
import type { LoadedScene } from "./load-scene.ts";
import { openViewer, type Viewer, type ViewerSource } from "./player.ts";
import type { SplatLayer } from "./splat-layer.ts";

/** What would come from files, at the moment a test says. */
const coming = vi.hoisted(() => {
  type Promised = { promise: Promise<unknown>; resolve(value: unknown): void; reject(error: Error): void };
  const promised = (): Promised => {
    const made = {} as Promised;
    made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
    return made;
  };
  const told: string[] = [];
  return { promised, scene: promised(), splats: promised(), told, signal: undefined as AbortSignal | undefined };
});
vi.mock("./load-scene.ts", () => ({
  loadScene: (_: unknown, { signal }: { signal?: AbortSignal }) => {
    coming.signal = signal;
    return coming.scene.promise;
  },
}));
vi.mock("./splat-layer.ts", () => ({ openSplats: () => coming.splats.promise }));
vi.mock("./picture.ts", () => ({
  openPicture: () => ({
    ...{ software: true, device: "a test", renderer: {} },
    resize: () => undefined,
    draw: () => undefined,
    drawPlainly: () => undefined,
    info: () => ({ draws: 0, triangles: 0, width: 2, height: 2 }),
    dispose: () => coming.told.push("picture"),
  }),
}));

const file = (name: string) => ({
  ...{ name, role: "model", contentType: "model/gltf-binary", bytes: 9, sha256: "ab".repeat(32) },
});
const source: ViewerSource = {
  manifest: readManifestJson({
    ...{ version: 1, prompt: "An alley.", seed: 7, planner: "rules", engine: "previz" },
    ...{ seconds: 6, frames: 144, fps: { num: 24, den: 1 }, width: 640, height: 360 },
    files: ["scene.glb", "background.splat", "music.mp3", "ambience.mp3", "effects.mp3"].map(file),
  }),
  read: () => Promise.resolve(new ArrayBuffer(4)),
  url: (name) => name,
  downloads: [],
  splats: () => Promise.resolve({} as typeof import("@sparkjsdev/spark")),
};

/** A scene that writes down when it is thrown away, and when it sounds. */
function aScene(): LoadedScene {
  const scene = new THREE.Scene();
  const still = { eye: [0, 1.6, 4], target: [0, 1, 0], fov: 40, roll: 0, focus: 4, blur: 0 };
  return {
    world: {
      scene,
      middle: () => new THREE.Vector3(),
      update: () => undefined,
      castShadows: () => undefined,
      showSet: () => undefined,
      clear: () => 1,
    },
    sound: {
      there: true,
      tick: () => performance.now() / 1000,
      wake: () => Promise.resolve(void coming.told.push("wake")),
      play: () => coming.told.push("play"),
      stop: () => undefined,
      level: () => 0,
      setVolume: () => undefined,
    },
    timeline: { camera: { samples: [{ at: 0, ...still }] } },
    marks: [],
    dispose: () => coming.told.push("scene"),
  } as unknown as LoadedScene;
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
let viewer: Viewer;
beforeEach(() => {
  Object.assign(coming, { scene: coming.promised(), splats: coming.promised(), told: [] });
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
  document.body.replaceChildren(document.createElement("div"));
  viewer = openViewer(document.body.querySelector("div")!, source);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  viewer.dispose();
  vi.unstubAllGlobals();
});

test("who leaves while the scene loads leaves nothing behind: reading stops, and what still comes is thrown away", async () => {
  const playing = viewer.play();
  viewer.dispose();
  expect(coming.signal?.aborted).toBe(true);
  coming.scene.resolve(aScene());
  await playing;
  await settled();
  expect(coming.told).toEqual(["picture", "scene"]);
});

test("who leaves a scene that plays throws everything away once, and hears nothing more", async () => {
  coming.scene.resolve(aScene());
  await viewer.play();
  expect(viewer.state).toBe("playing");
  viewer.dispose();
  viewer.dispose();
  await settled();
  expect(coming.told.toSorted()).toEqual(["picture", "play", "scene", "wake"]);
});

test("a scene that fails to come after one has left says nothing to nobody", async () => {
  viewer.dispose();
  coming.scene.reject(new Error("gone"));
  await settled();
  expect(document.querySelector("[role=alert]")).toBeNull();
});

test("splats that come after one has left are thrown away", async () => {
  coming.scene.resolve(aScene());
  await settled();
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "p" }));
  await settled();
  viewer.dispose();
  const layer: SplatLayer = {
    object: new THREE.Object3D(),
    count: 3,
    dispose: () => coming.told.push("splats"),
  };
  coming.splats.resolve(layer);
  await settled();
  expect(coming.told).toContain("splats");
});

test("who leaves while the parts of the sound come has them called off, and nothing is said or waited for after", async () => {
  const reads: { signal: AbortSignal | undefined; fail: (error: Error) => void }[] = [];
  vi.spyOn(source, "read").mockImplementation(
    (_name, _onBytes, signal) => new Promise((_, fail) => void reads.push({ signal, fail })),
  );
  coming.scene.resolve(aScene());
  await viewer.play();
  document.querySelector<HTMLElement>('[data-tool="mix"]')!.click();
  const slider = document.querySelector<HTMLInputElement>(".bv-mixer input")!;
  slider.dispatchEvent(new Event("input"));
  expect(reads).toHaveLength(3);
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  viewer.dispose();
  const calledOff = reads.filter(({ signal }) => signal?.aborted).length;
  for (const { fail } of reads) fail(new Error("called off"));
  await vi.advanceTimersByTimeAsync(0);
  expect({ calledOff, waiting: vi.getTimerCount() }).toEqual({ calledOff: 3, waiting: 0 });
});
