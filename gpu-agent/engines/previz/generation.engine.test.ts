import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import { validateBytes } from "gltf-validator";
import { MeshoptDecoder } from "meshoptimizer";
import * as THREE from "three";
import { BVHLoader } from "three/addons/loaders/BVHLoader.js";
import { FBXLoader } from "three/addons/loaders/FBXLoader.js";
import { GLTFLoader } from "three/addons/loaders/GLTFLoader.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GenerationPlan } from "#domain/generation/generation-plan.ts";
import { generationFiles, GenerationManifest } from "#domain/generation/manifest.ts";
import { planGeneration } from "#domain/generation/plan-graph.ts";
import { GenerationTimeline } from "#domain/generation/timeline.ts";
import type { JobInput } from "#domain/jobs/messages/job-message.ts";
import { hashFile } from "../../io/hash-file.ts";
import type { Engine, RenderedFile } from "../engine.ts";
import { buildPage } from "./build-page.ts";
import { createPrevizEngine } from "./previz-engine.ts";

const run = promisify(execFile);
const ffmpegPath = process.env["FFMPEG_PATH"] ?? "ffmpeg";
const ffprobePath = ffmpegPath.replace(/ffmpeg$/, "ffprobe");
const order = {
  prompt: "A rainy neon alley with a slow walking detective and 80 bpm lo-fi music",
  seed: 7,
  seconds: 1,
  fps: { num: 24, den: 1 },
  width: 160,
  height: 90,
};

let folder: string;
let engine: Engine;
/** Every file the stages made, by its name. */
const made = new Map<string, RenderedFile>();
const inputs: JobInput[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "generation-test-"));
  engine = createPrevizEngine({
    chromiumPath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
    ffmpegPath,
    pageScript: await buildPage(join(folder, "page")),
  });
  for (const node of planGeneration(order)) await runStage(node.key!, node.request);
}, 120_000);
afterAll(async () => {
  await engine.dispose();
  await rm(folder, { recursive: true, force: true });
}, 30_000);

/** Runs a stage on what those before it left, as the director hands it on. */
async function runStage(stage: string, request: Parameters<Engine["run"]>[0]): Promise<void> {
  let output: unknown;
  const files = await engine.run(request, {
    signal: new AbortController().signal,
    jobId: stage,
    attempt: 1,
    scratch: await mkdtemp(join(folder, `${stage}-`)),
    inputs: [...inputs],
    assetPath: (assetId) => Promise.resolve(join(folder, assetId)),
    progress: () => undefined,
    preview: () => undefined,
    answer: (value) => (output = value),
  });
  inputs.push({ name: stage, fromJobId: stage, output });
  for (const file of files) {
    const assetId = `stored-${file.name}`;
    await copyFile(file.path, join(folder, assetId));
    const { role, contentType, meta } = file;
    inputs.push({ name: `${stage}/${file.name}`, fromJobId: stage, role, assetId, contentType, meta });
    made.set(file.name!, file);
  }
}

const pathOf = (name: string) => {
  const file = made.get(name);
  if (file === undefined) throw new Error(`no ${name} among ${[...made.keys()].join(", ")}`);
  return file.path;
};
const json = async (name: string): Promise<unknown> => JSON.parse(await readFile(pathOf(name), "utf8"));
async function probe(path: string) {
  const { stdout } = await run(ffprobePath, ["-v", "error", "-show_streams", "-show_format", "-of", "json", path]);
  return JSON.parse(stdout) as {
    streams: { codec_name: string; codec_type: string; nb_frames?: string; sample_rate?: string }[];
    format: { duration: string; tags?: Record<string, string> };
  };
}
async function validate(path: string) {
  const bytes = new Uint8Array(await readFile(path));
  return { bytes: bytes.byteLength, ...(await validateBytes(bytes)) };
}

test("planning answers with a plan and stores nothing", () => {
  expect(GenerationPlan.parse(inputs[0]?.output)).toMatchObject({
    planner: "rules",
    environment: { place: "alley", hour: "night", weather: "rain" },
    characters: [{ name: "DETECTIVE", action: "walk" }],
    audio: { tempo: 80 },
  });
  expect(inputs[0]?.assetId).toBeUndefined();
});

test("the place is a packed glTF without errors, in few draw calls", async () => {
  const { bytes, issues, info } = await validate(pathOf(generationFiles.scene));
  expect(issues.messages.filter((one) => one.severity <= 1)).toEqual([]);
  expect(info.extensionsUsed).toContain("EXT_meshopt_compression");
  expect(bytes).toBeLessThan(1_000_000);
  expect(info.totalTriangleCount).toBeGreaterThan(500);
  expect(info.drawCallCount).toBeLessThan(20);
});

test("the background is a whole number of splats inside the world, with colours", async () => {
  const bytes = await readFile(pathOf(generationFiles.background));
  expect(bytes.byteLength % 32).toBe(0);
  expect(bytes.byteLength).toBeGreaterThan(32 * 10_000);
  const colours = new Set<number>();
  for (let at = 0; at < bytes.byteLength; at += 32) {
    for (let k = 0; k < 6; k += 1) {
      const value = bytes.readFloatLE(at + k * 4);
      if (!Number.isFinite(value) || Math.abs(value) > 500) throw new Error(`splat ${at / 32} lies at ${value}`);
    }
    colours.add(bytes.readUIntBE(at + 24, 3));
  }
  expect(colours.size).toBeGreaterThan(200);
});

test("the character is a packed, skinned, animated glTF without errors", async () => {
  const { bytes, issues, info } = await validate(pathOf(generationFiles.character));
  expect(issues.messages.filter((one) => one.severity <= 1)).toEqual([]);
  expect(info.extensionsUsed).toContain("EXT_meshopt_compression");
  expect(bytes).toBeLessThan(400_000);
  expect(info).toMatchObject({ animationCount: 1, hasSkins: true });
});

test("the motion file holds as many frames as the film, and somebody who walks gets somewhere", async () => {
  const { clip, skeleton } = new BVHLoader().parse(await readFile(pathOf("character.bvh"), "utf8"));
  expect(skeleton.bones[0]?.name).toBe("hips");
  const way = clip.tracks.find((track) => track.name === "hips.position");
  expect(way?.times.length).toBe(24);
  const [first, last] = [way!.values.slice(0, 3), way!.values.slice(-3)];
  const far = Math.hypot(last[0]! - first[0]!, last[2]! - first[2]!);
  // At a walk, begun from standing.
  expect(far).toBeGreaterThan(0.5);
  expect(far).toBeLessThan(1.4);
});

test("the rigged file has the bones of the character, and they are where the character's are all the way", async () => {
  const bytes = async (name: string) => new Uint8Array(await readFile(pathOf(name))).buffer;
  const rigged = await bytes("character.fbx");
  expect(rigged.byteLength).toBeLessThan(700_000);
  const fbx = new FBXLoader().parse(rigged, "");
  const gltf = await new GLTFLoader()
    .setMeshoptDecoder(MeshoptDecoder)
    .parseAsync(await bytes(generationFiles.character), "");
  const chains = (root: THREE.Object3D) => {
    const found: string[] = [];
    root.traverse((object) => {
      if (object instanceof THREE.Bone) found.push(`${object.parent!.name}/${object.name}`);
    });
    return found.sort();
  };
  expect(chains(fbx)).toEqual(chains(gltf.scene));
  expect(chains(fbx)).toContain("hips/spine");
  const put = (root: THREE.Object3D, clip: THREE.AnimationClip, seconds: number) => {
    const mixer = new THREE.AnimationMixer(root);
    const action = mixer.clipAction(clip).setLoop(THREE.LoopOnce, 1);
    action.clampWhenFinished = true;
    action.play();
    mixer.setTime(seconds);
    root.updateMatrixWorld(true);
  };
  for (const frame of [0, 5, 11, 18, 23]) {
    put(fbx, fbx.animations[0]!, frame / 24);
    put(gltf.scene, gltf.animations[0]!, frame / 24);
    for (const name of ["hips", "head", "leftHand", "rightHand", "leftToes", "rightToes"]) {
      const [one, two] = [fbx, gltf.scene].map((root) =>
        root.getObjectByName(name)!.getWorldPosition(new THREE.Vector3()),
      );
      expect(one!.multiplyScalar(0.01).distanceTo(two!), `${name} in frame ${frame}`).toBeLessThan(0.001);
    }
  }
});

test("the sound is there as WAV and as MP3, as long as the film", async () => {
  const wav = await probe(pathOf(generationFiles.wav));
  expect(wav.streams[0]).toMatchObject({ codec_name: "pcm_s16le", sample_rate: "48000" });
  expect(Number(wav.format.duration)).toBe(1);
  const mp3 = await probe(pathOf(generationFiles.mp3));
  expect(mp3.streams[0]?.codec_name).toBe("mp3");
  expect(Number(mp3.format.duration)).toBeCloseTo(1, 0);
});

test("the sound comes in its parts as well: as long as the whole, and together the same, sample by sample", async () => {
  const samples = async (name: string) => {
    const bytes = await readFile(pathOf(name));
    return new Int16Array(
      bytes.buffer.slice(bytes.byteOffset + bytes.byteLength - 48_000 * 4, bytes.byteOffset + bytes.byteLength),
    );
  };
  const whole = await samples(generationFiles.wav);
  const parts = await Promise.all(
    [generationFiles.music, generationFiles.ambience, generationFiles.effects].map(samples),
  );
  let apart = 0;
  for (const [at, one] of whole.entries())
    apart = Math.max(apart, Math.abs(one - parts.reduce((sum, part) => sum + part[at]!, 0)));
  // Each is rounded by itself.
  expect(apart).toBeLessThanOrEqual(3);
  expect(parts.every((part) => part.some((one) => one !== 0))).toBe(true);
});

test("the timeline has the way of the camera, the steps, and every file that plays", async () => {
  const timeline = GenerationTimeline.parse(await json(generationFiles.timeline));
  expect(timeline.camera.samples).toHaveLength(24);
  expect(timeline.events.some(({ kind }) => kind === "step")).toBe(true);
  expect(timeline.tracks.map(({ file }) => file)).toEqual(
    expect.arrayContaining(["scene.glb", "background.splat", "character.glb", "character.bvh", "audio.wav"]),
  );
});

test("the film has picture and sound of its length and says what made it", async () => {
  const { streams, format } = await probe(pathOf(generationFiles.film));
  expect(streams.map((stream) => stream.codec_name)).toEqual(["h264", "aac"]);
  expect(streams[0]?.nb_frames).toBe("24");
  expect(Number(format.duration)).toBeCloseTo(1, 1);
  expect(format.tags?.["comment"]).toBe("previz");
});

test("the manifest names every file with its true length and hash", async () => {
  const manifest = GenerationManifest.parse(await json(generationFiles.manifest));
  expect(manifest.files.map(({ name }) => name).sort()).toEqual(
    [...made.keys()].filter((name) => name !== generationFiles.manifest && name !== generationFiles.package).sort(),
  );
  for (const { name, bytes, sha256 } of manifest.files) expect(await hashFile(pathOf(name))).toEqual({ sha256, bytes });
});

test("the package holds every file of the manifest as it was, a page that plays them, and nothing else", async () => {
  const manifest = GenerationManifest.parse(await json(generationFiles.manifest));
  const files = unzipSync(await readFile(pathOf(generationFiles.package)));
  const played = [
    ...["scene.glb", "background.splat", "character.glb", "timeline.json", "scene-plan.json"],
    ...["audio.mp3", "music.mp3", "ambience.mp3", "effects.mp3"],
  ];
  expect(Object.keys(files).sort()).toEqual(
    [
      ...["index.html", "README.txt", "player.js", "splats.js", generationFiles.manifest],
      ...manifest.files.map(({ name }) => name),
      ...played.map((name) => `data/${name}.js`),
    ].sort(),
  );
  for (const { name, sha256 } of manifest.files)
    expect([name, createHash("sha256").update(files[name]!).digest("hex")]).toEqual([name, sha256]);
  expect(Buffer.from(files["index.html"]!).toString("utf8")).toContain('<script src="player.js">');
});

test("a stage whose inputs are missing says so for good", async () => {
  const [, env] = planGeneration(order);
  const failure: unknown = await engine
    .run(env!.request, {
      signal: new AbortController().signal,
      jobId: "lone",
      attempt: 1,
      scratch: await mkdtemp(join(folder, "lone-")),
      assetPath: () => Promise.reject(new Error("none")),
      progress: () => undefined,
      preview: () => undefined,
    })
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({ kind: "permanent" });
});
