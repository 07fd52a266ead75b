import type { ArtifactRole } from "#domain/jobs/messages/artifact.ts";

/** Every type of file the store keeps, people's and engines', and the ending by which the disk store tells it. */
const extensions: Record<string, string> = {
  "video/mp4": "mp4",
  "video/webm": "webm",
  "video/quicktime": "mov",
  // Lossless chunks of a long shot.
  "video/x-matroska": "mkv",
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "image/gif": "gif",
  "audio/wav": "wav",
  "audio/mpeg": "mp3",
  "audio/mp4": "m4a",
  "audio/ogg": "ogg",
  "audio/flac": "flac",
  "model/gltf-binary": "glb",
  "application/x-bvh": "bvh",
  // Has no registered type either; this is what others call it.
  "application/x-fbx": "fbx",
  "application/json": "json",
  "application/zip": "zip",
  // A splat has no type of its own.
  "application/octet-stream": "bin",
};

const typesByExtension = new Map(Object.entries(extensions).map(([type, extension]) => [extension, type]));

/** @returns without the dot; `bin` for a type we do not know */
export function extensionFor(contentType: string): string {
  return extensions[contentType] ?? "bin";
}

/** @param extension  without the dot */
export function contentTypeFor(extension: string): string {
  return typesByExtension.get(extension) ?? "application/octet-stream";
}

/** What a job may bring of each role. */
const typesOfRole: Record<ArtifactRole, readonly string[]> = {
  video: ["video/mp4", "video/webm", "video/x-matroska"],
  poster: ["image/jpeg", "image/png"],
  audio: ["audio/wav", "audio/mpeg", "audio/mp4"],
  image: ["image/jpeg", "image/png", "image/gif"],
  metadata: ["application/json"],
  model: ["model/gltf-binary", "application/x-fbx"],
  splat: ["application/octet-stream"],
  motion: ["application/x-bvh"],
  plan: ["application/json"],
  timeline: ["application/json"],
  manifest: ["application/json"],
  tail: ["image/png", "image/jpeg", "video/mp4", "video/x-matroska"],
  package: ["application/zip", "video/mp4"],
  join: ["video/mp4", "application/json"],
  pass: ["video/mp4", "video/x-matroska", "image/png"],
  camera: ["application/json"],
};

export function mayMake(role: ArtifactRole, contentType: string): boolean {
  return typesOfRole[role].includes(contentType);
}
