import { z } from "zod";
import { ArtifactRole } from "#domain/jobs/messages/artifact.ts";
import { FrameRate } from "#domain/time.ts";

/** Names of the files a generation makes, which is what they are downloaded as. */
export const generationFiles = {
  scene: "scene.glb",
  background: "background.splat",
  character: "character.glb",
  wav: "audio.wav",
  mp3: "audio.mp3",
  music: "music.wav",
  musicMp3: "music.mp3",
  ambience: "ambience.wav",
  ambienceMp3: "ambience.mp3",
  effects: "effects.wav",
  effectsMp3: "effects.mp3",
  timeline: "timeline.json",
  plan: "scene-plan.json",
  film: "film.mp4",
  poster: "poster.jpg",
  manifest: "manifest.json",
  /** Everything above and a page to play it, in one file. Made after the manifest, which therefore does not name it. */
  package: "package.zip",
} as const;

/** The parts of the sound: together they are the whole. */
export const stemFiles: readonly string[] = [
  ...[generationFiles.music, generationFiles.musicMp3, generationFiles.ambience, generationFiles.ambienceMp3],
  ...[generationFiles.effects, generationFiles.effectsMp3],
];

/** @param index  of the character, from 0 */
export function motionFile(index: number): string {
  return index === 0 ? "character.bvh" : `character-${index + 1}.bvh`;
}

/** The same person as other programs for characters take them. @param index  of the character, from 0 */
export function riggedFile(index: number): string {
  return index === 0 ? "character.fbx" : `character-${index + 1}.fbx`;
}

/** What a file is, in words for whoever takes it away. */
export function labelOf(name: string): string {
  const ending = /^character(?:-\d+)?\.(bvh|fbx)$/.exec(name)?.[1];
  return labels[name] ?? personLabels[ending ?? ""] ?? name;
}

const personLabels: Record<string, string> = { bvh: "Motion capture file", fbx: "Animated character, FBX" };

const labels: Record<string, string> = {
  [generationFiles.package]: "Everything, with a player",
  [generationFiles.film]: "Film",
  [generationFiles.poster]: "Poster",
  [generationFiles.scene]: "Set, 3D model",
  [generationFiles.character]: "Cast, animated 3D model",
  [generationFiles.background]: "Set, Gaussian splats",
  [generationFiles.mp3]: "Full mix, MP3",
  [generationFiles.wav]: "Full mix, WAV",
  [generationFiles.music]: "Music stem, WAV",
  [generationFiles.musicMp3]: "Music stem, MP3",
  [generationFiles.ambience]: "Ambience stem, WAV",
  [generationFiles.ambienceMp3]: "Ambience stem, MP3",
  [generationFiles.effects]: "Effects stem, WAV",
  [generationFiles.effectsMp3]: "Effects stem, MP3",
  [generationFiles.timeline]: "Timeline: events and camera",
  [generationFiles.plan]: "Scene plan",
  [generationFiles.manifest]: "Manifest",
};

/** @returns the label too, since manifests of version 1 have none */
const withLabel = (file: unknown) =>
  isRecord(file) && file["label"] === undefined ? { ...file, label: labelOf(String(file["name"])) } : file;

export const ManifestFile = z.object({
  /** Of a file in a folder, and nothing else: it is unpacked on people's disks. */
  name: z
    .string()
    .max(80)
    .regex(/^[a-z0-9][a-z0-9.-]*$/),
  label: z.string().max(120),
  role: ArtifactRole,
  contentType: z.string().max(100),
  bytes: z.number().int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ManifestFile = z.infer<typeof ManifestFile>;

/** What a generation made, file by file, as its last stage found it. Everything a result says follows from it. */
export const GenerationManifest = z.object({
  version: z.literal(2),
  prompt: z.string(),
  seed: z.number().int(),
  planner: z.string(),
  engine: z.string(),
  engineVersion: z.string(),
  seconds: z.number(),
  frames: z.number().int(),
  fps: FrameRate,
  width: z.number().int(),
  height: z.number().int(),
  /** Name of the file that is shown before the film. */
  poster: z.string().nullable(),
  /** What making it cost whoever asked, and why. */
  cost: z.object({ amount: z.number().min(0), currency: z.string().length(3), note: z.string() }),
  files: z.array(ManifestFile).min(1).max(100),
});
export type GenerationManifest = z.infer<typeof GenerationManifest>;

/** Nothing is paid for what the built-in engine makes. */
export const freeOfCharge: GenerationManifest["cost"] = {
  amount: 0,
  currency: "EUR",
  note: "Made by the built-in engine, which costs nothing.",
};

/** Reads a manifest of any version there has been. @throws ZodError when it is none */
export function readManifestJson(json: unknown): GenerationManifest {
  return GenerationManifest.parse(isRecord(json) && json["version"] === 1 ? upgraded(json) : json);
}

function upgraded(old: Record<string, unknown>): Record<string, unknown> {
  const files = Array.isArray(old["files"]) ? old["files"].map(withLabel) : old["files"];
  const has = (name: string) => Array.isArray(files) && files.some((file) => isRecord(file) && file["name"] === name);
  return {
    ...old,
    version: 2,
    engineVersion: "1",
    poster: has(generationFiles.poster) ? generationFiles.poster : null,
    cost: freeOfCharge,
    files,
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
