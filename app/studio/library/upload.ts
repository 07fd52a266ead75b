/**
 * Bringing a file: what it is, its fingerprint, the announcement, the bytes with progress, the confirmation. Nothing
 * of the film is touched before the server has said that all of it arrived.
 */
import { z } from "zod";
import { canonicalType, sameFamily, sniffType, uploadTypes } from "#domain/assets/asset.ts";
import { StudioError } from "#domain/errors.ts";
import type { Id } from "#domain/ids.ts";
import { AssetView } from "#domain/jobs/messages/views.ts";
import { api } from "../session/api.ts";

export interface UploadParts {
  projectId: Id;
  /** 0..1 of the bytes on their way. */
  onProgress(fraction: number): void;
  signal: AbortSignal;
}

const Announced = z.object({
  asset: AssetView,
  upload: z
    .object({ method: z.string(), url: z.string(), headers: z.record(z.string(), z.string()).default({}) })
    .nullish(),
});

/**
 * What a sound file really is, by its first bytes.
 * @throws StudioError asset/type-not-allowed, asset/type-mismatch, asset/too-large, each with a sentence
 */
export function checkSound(file: Pick<File, "name" | "type" | "size">, head: Uint8Array): string {
  if (file.size === 0) throw new StudioError("asset/incomplete", `${file.name} is empty.`);
  const found = sniffType(head);
  const declared = canonicalType(file.type);
  const isSound = (type: string | null) =>
    type !== null && (uploadTypes[type]?.kind === "audio" || type === "video/mp4");
  if (declared !== "" && !isSound(declared)) {
    throw new StudioError(
      "asset/type-not-allowed",
      `${file.name} is not a sound. WAV, MP3, M4A, OGG and FLAC can be used.`,
    );
  }
  if (found === null || !isSound(found) || (declared !== "" && !sameFamily(declared, found))) {
    throw new StudioError("asset/type-mismatch", `${file.name} says it is a sound, but its contents are not.`);
  }
  // An MP4 brand does not tell sound from picture; whoever calls it a sound is believed.
  const type = found === "video/mp4" ? "audio/mp4" : found;
  const most = uploadTypes[type]!.maxBytes;
  if (file.size > most) {
    throw new StudioError(
      "asset/too-large",
      `${file.name} is larger than the ${Math.round(most / 1e6)} MB that are allowed for it.`,
    );
  }
  return type;
}

/** @returns the asset, once it is whole at the server */
export async function uploadFile(
  file: File,
  contentType: string,
  bytes: ArrayBuffer,
  parts: UploadParts,
): Promise<AssetView> {
  const sha256 = hex(await crypto.subtle.digest("SHA-256", bytes));
  const request = { name: file.name.slice(0, 300), contentType, bytes: file.size, sha256 };
  const { asset, upload } = Announced.parse(await api.post(`/v1/projects/${parts.projectId}/assets`, request));
  if (upload) await send(file, upload, contentType, parts);
  const done: unknown = await api.post(`/v1/assets/${asset.id}/complete`);
  const inner: unknown = typeof done === "object" && done !== null && "asset" in done ? done.asset : done;
  const parsed = AssetView.safeParse(inner);
  return parsed.success ? parsed.data : { ...asset, state: "ready" };
}

/** XMLHttpRequest, because fetch can't say how much has left. */
function send(
  file: Blob,
  upload: { method: string; url: string; headers: Record<string, string> },
  contentType: string,
  parts: UploadParts,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(upload.method, upload.url);
    const headers = Object.entries(upload.headers).filter(
      ([name]) => !["host", "content-length"].includes(name.toLowerCase()),
    );
    for (const [name, value] of headers) request.setRequestHeader(name, value);
    if (!headers.some(([name]) => name.toLowerCase() === "content-type"))
      request.setRequestHeader("content-type", contentType);
    request.upload.addEventListener(
      "progress",
      (event) => event.lengthComputable && parts.onProgress(event.loaded / event.total),
    );
    request.addEventListener("load", () => {
      if (request.status < 300) resolve();
      else if (request.status === 413)
        reject(new StudioError("asset/too-large", "The file is larger than the studio allows."));
      else reject(new StudioError("asset/incomplete", "The file did not arrive whole. Try again."));
    });
    request.addEventListener("error", () =>
      reject(
        new StudioError("service/unavailable", "The connection broke during the upload. Nothing was lost: try again."),
      ),
    );
    request.addEventListener("abort", () => reject(new StudioError("asset/incomplete", "The upload was stopped.")));
    parts.signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

function hex(bytes: ArrayBuffer): string {
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
