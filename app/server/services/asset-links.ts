import type { AssetRow } from "#db/queries/assets.ts";
import type { StudioParts } from "../studio-parts.ts";

const hour = 3600;

/**
 * A signed link to an asset's bytes. It lives one to two hours and stays the same within an hour, so that browsers
 * keep what they have; on the disk store it is relative, so that it works under any name of this machine.
 */
export async function linkTo(
  parts: Pick<StudioParts, "store" | "now">,
  asset: AssetRow,
  options: { download?: boolean } = {},
): Promise<string> {
  const seconds = Math.floor(parts.now() / 1000);
  const until = (Math.floor(seconds / hour) + 2) * hour;
  const url = await parts.store.signGet(asset.objectKey, {
    expiresInSeconds: until - seconds,
    contentType: asset.contentType,
    ...(options.download === true ? { fileName: asset.name } : {}),
  });
  if (parts.store.kind !== "disk") return url;
  const { pathname, search } = new URL(url);
  return pathname + search;
}
