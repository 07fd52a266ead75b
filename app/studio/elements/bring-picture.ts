import { canonicalType, sniffType, uploadTypes } from "#domain/assets/asset.ts";
import { StudioError } from "#domain/errors.ts";
import type { Id } from "#domain/ids.ts";
import type { AssetView } from "#domain/jobs/messages/views.ts";
import { uploadFile } from "#app/studio/library/upload.ts";

/**
 * What kind of picture a file really is, by its first bytes.
 * @throws StudioError asset/type-not-allowed, asset/too-large, asset/incomplete, each with a sentence
 */
export function checkPicture(file: Pick<File, "name" | "type" | "size">, head: Uint8Array): string {
  if (file.size === 0) throw new StudioError("asset/incomplete", `${file.name} is empty.`);
  const type = sniffType(head);
  const known = type === null ? undefined : uploadTypes[type];
  if (type === null || known?.kind !== "image")
    throw new StudioError(
      "asset/type-not-allowed",
      canonicalType(file.type).startsWith("image/")
        ? `${file.name} is not a picture that can be used. JPEG, PNG and WebP can.`
        : `${file.name} is not a picture. JPEG, PNG and WebP can be used.`,
    );
  if (file.size > known.maxBytes)
    throw new StudioError(
      "asset/too-large",
      `${file.name} is larger than the ${known.maxBytes / 1e6} MB allowed for it.`,
    );
  return type;
}

/** Brings a picture into the film's assets. @throws StudioError with a sentence */
export async function bringPicture(file: File, projectId: Id): Promise<AssetView> {
  const type = checkPicture(file, new Uint8Array(await file.slice(0, 64).arrayBuffer()));
  return uploadFile(file, type, await file.arrayBuffer(), {
    projectId,
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
}
