import type { Id } from "#domain/ids.ts";

/**
 * Where an asset's bytes lie in the store: content-addressed within its workspace, so that the same bytes are kept
 * once and a render that ran twice leaves one file.
 */
export function objectKey(workspaceId: Id, sha256: string, extension: string): string {
  return `w/${workspaceId}/${sha256.slice(0, 2)}/${sha256}.${extension}`;
}
