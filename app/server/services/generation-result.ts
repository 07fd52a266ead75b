import { findAsset } from "#db/queries/assets.ts";
import type { GenerationView } from "#db/queries/generations.ts";
import { type GenerationManifest, readManifestJson } from "#domain/generation/manifest.ts";
import { StudioError } from "#domain/errors.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import { linkTo } from "./asset-links.ts";
import type { StudioParts } from "../studio-parts.ts";

type Parts = Pick<StudioParts, "db" | "store" | "now">;
type Made = JobView["artifacts"][number];

const longestManifest = 1_000_000;

const filesOf = (generation: GenerationView): Made[] => generation.stages.flatMap(({ job }) => job.artifacts);

/** What the last stage wrote down. @throws StudioError "thing/not-found" when its file is gone */
export async function readManifest(parts: Parts, generation: GenerationView): Promise<GenerationManifest> {
  const asset = await assetOf(parts, manifestOf(generation));
  const bytes = await parts.store.readHead(asset.objectKey, Math.min(asset.bytes, longestManifest));
  return readManifestJson(JSON.parse(Buffer.from(bytes).toString("utf8")));
}

export type ResultFile = {
  name: string;
  role: Made["role"];
  content_type: string;
  bytes: number;
  sha256: string;
  url: string;
};

/** A file of the result, and who keeps it. */
type Listed = Omit<ResultFile, "url"> & { made: Made | undefined };

/** What the manifest lists, in its order, and behind it the package, which is made after it. */
function listed(generation: GenerationView, manifest: GenerationManifest): Listed[] {
  const made = filesOf(generation);
  return [
    ...manifest.files.map((file) => ({
      ...file,
      made: made.find(({ name, sha256 }) => name === file.name && sha256 === file.sha256),
    })),
    ...made.filter(({ role }) => role === "package").map((file) => ({ ...file, made: file })),
  ].map(({ name, role, contentType, bytes, sha256, made }) => ({
    ...{ name, role, content_type: contentType, bytes, sha256 },
    made,
  }));
}

/**
 * A link to one file of the result.
 * @returns null when there is none of this name
 */
export async function linkToFile(
  parts: Parts,
  generation: GenerationView,
  manifest: GenerationManifest,
  name: string,
): Promise<string | null> {
  const file = listed(generation, manifest).find((one) => one.name === name);
  return file === undefined ? null : linkTo(parts, await assetOf(parts, file.made), { download: true });
}

/**
 * Links to what the manifest lists, in its order, and behind them to the package, which is made after it. Whatever else
 * it does not name is no part of the result.
 */
export async function resultFiles(
  parts: Parts,
  generation: GenerationView,
  manifest: GenerationManifest,
): Promise<{ manifestUrl: string; files: ResultFile[] }> {
  const files: ResultFile[] = [];
  for (const { made, ...file } of listed(generation, manifest))
    files.push({ ...file, url: await linkTo(parts, await assetOf(parts, made), { download: true }) });
  return { manifestUrl: await linkTo(parts, await assetOf(parts, manifestOf(generation))), files };
}

function manifestOf(generation: GenerationView): Made | undefined {
  return filesOf(generation).find(({ role }) => role === "manifest");
}

async function assetOf(parts: Parts, file: Made | undefined) {
  const asset = file === undefined ? null : await findAsset(parts.db, file.assetId);
  if (asset === null)
    throw new StudioError("thing/not-found", "A file of this generation is gone. Retry its stage to make it anew.");
  return asset;
}
