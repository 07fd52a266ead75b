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
  timeline: "timeline.json",
  plan: "scene-plan.json",
  film: "film.mp4",
  poster: "poster.jpg",
  manifest: "manifest.json",
} as const;

/** @param index  of the character, from 0 */
export function motionFile(index: number): string {
  return index === 0 ? "character.bvh" : `character-${index + 1}.bvh`;
}

export const ManifestFile = z.object({
  name: z.string().min(1).max(80),
  role: ArtifactRole,
  contentType: z.string().max(100),
  bytes: z.number().int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ManifestFile = z.infer<typeof ManifestFile>;

/** What a generation made, file by file, as its last stage found it. Everything a result says follows from it. */
export const GenerationManifest = z.object({
  version: z.literal(1),
  prompt: z.string(),
  seed: z.number().int(),
  planner: z.string(),
  engine: z.string(),
  seconds: z.number(),
  frames: z.number().int(),
  fps: FrameRate,
  width: z.number().int(),
  height: z.number().int(),
  files: z.array(ManifestFile).min(1).max(100),
});
export type GenerationManifest = z.infer<typeof GenerationManifest>;
