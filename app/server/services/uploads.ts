/**
 * Uploads: a signed PUT, then `complete`, which looks at what really arrived. Until then the asset is pending and
 * nobody else sees it; what lies about itself is removed.
 */
import {
  deleteAsset,
  insertAsset,
  keyIsShared,
  markAssetReady,
  toAssetView,
  type AssetRow,
} from "#db/queries/assets.ts";
import { recordEvent } from "#db/queries/project-events.ts";
import { canonicalType, sameFamily, sniffType, uploadTypes, type UploadRequest } from "#domain/assets/asset.ts";
import { objectKey } from "#domain/assets/object-key.ts";
import { StudioError } from "#domain/errors.ts";
import type { AssetView } from "#domain/jobs/messages/views.ts";
import type { SignedPut } from "#storage/asset-store.ts";
import type { DiskStore } from "#storage/disk.ts";
import type { StudioParts } from "../studio-parts.ts";
import { probeMedia, type Probed } from "./media-probe.ts";

const uploadSeconds = 3600;

export interface UploadOrder extends UploadRequest {
  workspaceId: string;
  projectId: string;
  createdBy: string;
}

/** @throws StudioError "asset/type-not-allowed", "asset/too-large" */
export async function beginUpload(
  parts: StudioParts,
  order: UploadOrder,
): Promise<{ asset: AssetView; upload: SignedPut & { expiresAt: string } }> {
  const contentType = canonicalType(order.contentType);
  const type = uploadTypes[contentType];
  if (type === undefined) {
    const known = [...new Set(Object.values(uploadTypes).map((each) => each.extension))].join(", ");
    throw new StudioError(
      "asset/type-not-allowed",
      `${order.name}: files of type ${order.contentType} are not accepted. Bring one of these: ${known}.`,
    );
  }
  if (order.bytes > type.maxBytes) {
    throw new StudioError(
      "asset/too-large",
      `${order.name} is larger than the ${Math.round(type.maxBytes / 1_000_000)} MB that a .${type.extension} file may have.`,
    );
  }
  const key = objectKey(order.workspaceId, order.sha256, type.extension);
  const upload = await parts.store.signPut(key, {
    contentType,
    bytes: order.bytes,
    sha256: order.sha256,
    expiresInSeconds: uploadSeconds,
  });
  const row = await insertAsset(parts.db, {
    workspaceId: order.workspaceId,
    projectId: order.projectId,
    kind: type.kind,
    name: order.name,
    contentType,
    bytes: order.bytes,
    sha256: order.sha256,
    objectKey: key,
    state: "pending",
    source: "upload",
    createdBy: order.createdBy,
  });
  return {
    asset: toAssetView(row),
    upload: { ...upload, expiresAt: new Date(parts.now() + uploadSeconds * 1000).toISOString() },
  };
}

/** @throws StudioError "asset/incomplete" (send again), "asset/type-mismatch" (the bytes are gone) */
export async function completeUpload(parts: StudioParts, asset: AssetRow): Promise<AssetView> {
  if (asset.state === "ready") return toAssetView(asset);
  const stored = await parts.store.head(asset.objectKey);
  if (stored === null) throw new StudioError("asset/incomplete", `${asset.name} has not arrived. Send it again.`);
  if (stored.bytes !== asset.bytes) {
    throw new StudioError(
      "asset/incomplete",
      `Only ${stored.bytes} of ${asset.bytes} bytes of ${asset.name} arrived. Send it again.`,
    );
  }
  const found = sniffType(await parts.store.readHead(asset.objectKey, 64));
  if (found === null || !sameFamily(asset.contentType, found)) {
    throw await refuse(
      parts,
      asset,
      `${asset.name} says it is ${asset.contentType}, but its bytes are ${found ?? "something else"}.`,
    );
  }
  if ((await parts.store.hash(asset.objectKey)) !== asset.sha256) {
    throw await refuse(parts, asset, `${asset.name} is not the file that was announced: its SHA-256 differs.`);
  }
  const probed = await probeMedia(parts.env.ffprobePath, await sourceOf(parts, asset), asset.contentType);
  if (probed.status === "broken")
    throw await refuse(parts, asset, `${asset.name} begins like ${asset.contentType}, but cannot be read as it.`);
  const kind = kindOf(asset, probed);
  const meta = probed.status === "read" ? probed.meta : {};
  const view = await parts.db.transaction(async (tx) => {
    const row = await markAssetReady(tx, asset.id, { kind, contentType: asset.contentType, meta });
    if (row === null) throw new StudioError("thing/not-found", "This asset was deleted meanwhile.");
    const ready = toAssetView(row);
    await recordEvent(tx, asset.projectId, { type: "asset", asset: ready });
    return ready;
  });
  return view;
}

/** Takes an asset out of the library; bytes that nobody else has go too. */
export async function removeAsset(parts: StudioParts, asset: AssetRow): Promise<void> {
  await deleteAsset(parts.db, asset.id);
  if (!(await keyIsShared(parts.db, asset.objectKey, asset.id))) await parts.store.remove(asset.objectKey);
}

async function refuse(parts: StudioParts, asset: AssetRow, sentence: string): Promise<StudioError> {
  await removeAsset(parts, asset);
  return new StudioError("asset/type-mismatch", `${sentence} It was not kept.`);
}

/** An MP4 without pictures is sound, whatever it was called. */
function kindOf(asset: AssetRow, probed: Probed): string {
  if (probed.status !== "read" || asset.kind === "image") return asset.kind;
  return probed.hasPicture && asset.kind === "video" ? "video" : probed.hasSound ? "audio" : asset.kind;
}

async function sourceOf(parts: StudioParts, asset: AssetRow): Promise<string> {
  const { store } = parts;
  if (store.kind === "disk") return (store as DiskStore).fileOf(asset.objectKey);
  return store.signGet(asset.objectKey, { expiresInSeconds: 120 });
}
