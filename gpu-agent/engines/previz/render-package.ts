import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type GenerationPlan, scenePlanOf } from "#domain/generation/generation-plan.ts";
import {
  freeOfCharge,
  generationFiles,
  GenerationManifest,
  labelOf,
  type ManifestFile,
} from "#domain/generation/manifest.ts";
import type { PackageRequest } from "#domain/jobs/messages/render-request.ts";
import { framesToSeconds } from "#domain/time.ts";
import { hashFile } from "../../io/hash-file.ts";
import type { RenderedFile, RunContext } from "../engine.ts";
import { EngineError } from "../engine.ts";
import { makeZip, type ZipEntry } from "./make-zip.ts";
import { refuseTakenNames } from "./package-names.ts";
import { packagePage, packageReadme, playedFiles, playedPath, playedScript } from "./package-page.ts";
import { splatsBeside } from "./build-player.ts";
import type { Bench } from "./previz-engine.ts";
import { renderVideo } from "./render-video.ts";
import { runFfmpeg } from "../export/ffmpeg.ts";
import { filesAmong, pathOf, planAmong, stageFile } from "./stage-inputs.ts";

/** What this stage makes besides the package and its manifest. */
const ownFiles = [generationFiles.plan, generationFiles.film, generationFiles.poster];

/**
 * Renders the film, lays its sound under it, writes down every file with its length and hash, and packs them all with a
 * page that plays them.
 */
export async function renderPackage(
  request: PackageRequest,
  bench: Bench,
  context: RunContext,
): Promise<RenderedFile[]> {
  // Before the film is rendered, which is what takes long.
  refuseTakenNames([...filesAmong(context.inputs).map(({ file }) => file), ...ownFiles]);
  const plan = planAmong(context.inputs);
  const sound = await pathOf(generationFiles.wav, context);
  const [picture, poster] = await renderVideo(
    {
      role: "video",
      plan: scenePlanOf(plan),
      prompt: request.prompt,
      seed: plan.seed,
      width: request.width,
      height: request.height,
      frames: plan.frames,
      fps: plan.fps,
      ...(request.tier === undefined ? {} : { tier: request.tier }),
    },
    bench,
    { ...context, progress: (progress) => context.progress({ ...progress, fraction: progress.fraction * 0.9 }) },
  );
  if (picture === undefined || poster === undefined) throw new EngineError("retryable", "The film was not rendered.");
  const seconds = framesToSeconds(plan.frames, plan.fps);
  const size = { width: request.width, height: request.height };
  const film = join(context.scratch, generationFiles.film);
  context.progress({ stage: "mux", fraction: 0.92 });
  await runFfmpeg(bench.ffmpegPath, soundUnder(picture.path, sound, film, seconds), context.signal);
  const planPath = join(context.scratch, generationFiles.plan);
  await writeFile(planPath, JSON.stringify(plan));
  const own = [
    stageFile(generationFiles.plan, { role: "plan", path: planPath, contentType: "application/json" }),
    stageFile(generationFiles.film, {
      role: "video",
      path: film,
      contentType: "video/mp4",
      meta: { ...size, seconds, frames: plan.frames, fps: `${plan.fps.num}/${plan.fps.den}` },
    }),
    stageFile(generationFiles.poster, { role: "poster", path: poster.path, contentType: "image/jpeg", meta: size }),
  ];
  context.progress({ stage: "manifest", fraction: 0.95 });
  const manifestPath = join(context.scratch, generationFiles.manifest);
  const manifest = manifestOf(plan, request, bench.version, await listFiles(own, context));
  await writeFile(manifestPath, JSON.stringify(manifest, null, 2));
  context.progress({ stage: "package", fraction: 0.97 });
  const archive = join(context.scratch, generationFiles.package);
  await makeZip(
    archive,
    await packed(manifest, [...own, { name: generationFiles.manifest, path: manifestPath }], bench, context),
    context.signal,
  );
  return [
    ...own,
    stageFile(generationFiles.manifest, { role: "manifest", path: manifestPath, contentType: "application/json" }),
    stageFile(generationFiles.package, { role: "package", path: archive, contentType: "application/zip" }),
  ];
}

/** What lies in a package: its page, what that plays, and every file that the manifest names. */
async function packed(
  manifest: GenerationManifest,
  own: readonly { name?: string | undefined; path: string }[],
  bench: Bench,
  context: RunContext,
): Promise<ZipEntry[]> {
  const text = (words: string) => new TextEncoder().encode(words);
  const entries: ZipEntry[] = [
    { name: "index.html", bytes: text(packagePage(manifest)) },
    { name: "README.txt", bytes: text(packageReadme(manifest)) },
    { name: "player.js", path: bench.playerScript },
  ];
  if (manifest.files.some(({ name }) => name === generationFiles.background))
    entries.push({ name: "splats.js", path: splatsBeside(bench.playerScript) });
  const earlier = new Map(filesAmong(context.inputs).map(({ file, assetId }) => [file, assetId]));
  for (const name of [...manifest.files.map((file) => file.name), generationFiles.manifest]) {
    const made = own.find((file) => file.name === name)?.path;
    const path = made ?? (await context.assetPath(earlier.get(name) ?? ""));
    entries.push({ name, path });
    if (playedFiles.has(name)) entries.push({ name: playedPath(name), path, base64: playedScript(name) });
  }
  return entries;
}

/** The picture as it is, the sound as AAC, exactly as long as the picture. */
function soundUnder(picture: string, sound: string, film: string, seconds: number): string[] {
  return [
    ...["-hide_banner", "-loglevel", "error", "-nostdin", "-y"],
    ...["-i", picture, "-i", sound, "-map", "0:v:0", "-map", "1:a:0"],
    ...["-c:v", "copy", "-c:a", "aac", "-b:a", "192k", "-t", seconds.toFixed(6)],
    ...["-map_metadata", "0", "-movflags", "+faststart", film],
  ];
}

/** Files of earlier stages are fetched and read once more: the manifest says what is stored, not what was meant. */
async function listFiles(own: readonly RenderedFile[], context: RunContext): Promise<ManifestFile[]> {
  const listed: ManifestFile[] = [];
  for (const { file, role, contentType, assetId } of filesAmong(context.inputs)) {
    if (role === undefined || contentType === undefined) continue;
    listed.push({
      name: file,
      label: labelOf(file),
      role,
      contentType,
      ...(await hashFile(await context.assetPath(assetId))),
    });
  }
  for (const { name, role, contentType, path } of own)
    listed.push({ name: name ?? role, label: labelOf(name ?? role), role, contentType, ...(await hashFile(path)) });
  return listed;
}

function manifestOf(
  plan: GenerationPlan,
  request: PackageRequest,
  engineVersion: string,
  files: ManifestFile[],
): GenerationManifest {
  return GenerationManifest.parse({
    version: 2,
    prompt: request.prompt,
    seed: plan.seed,
    planner: plan.planner,
    engine: "previz",
    engineVersion,
    seconds: framesToSeconds(plan.frames, plan.fps),
    frames: plan.frames,
    fps: plan.fps,
    width: request.width,
    height: request.height,
    poster: generationFiles.poster,
    cost: freeOfCharge,
    files,
  });
}
