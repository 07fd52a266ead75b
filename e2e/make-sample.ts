/**
 * Makes the sample film anew: starts a studio of its own, puts `sample/low-water.fountain` through script, board,
 * render, assemble and score as a person would, and keeps the result, small, in `sample/`.
 *
 *   npm run sample
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { collectionOf } from "#domain/film/document.ts";
import type { Film } from "#domain/film/snapshot.ts";
import type { AssetView, JobView, TakeView } from "#domain/jobs/messages/views.ts";
import type { ProposedScene } from "#domain/screenplay/breakdown.ts";
import { Api, until } from "./support/api.ts";
import { probeFilm } from "./support/probe.ts";
import { startStudio } from "./support/studio.ts";

const run = promisify(execFile);
const folder = new URL("../sample/", import.meta.url).pathname;
const soundPlaceholder = "sample-sound";

const studio = await startStudio();
try {
  const api = new Api(studio.url, await studio.ownerToken());
  const script = await readFile(join(folder, "low-water.fountain"), "utf8");
  const { workspaces } = await api.get<{ workspaces: { id: string }[] }>("/v1/workspaces");
  const { project } = await api.post<{ project: { id: string } }>("/v1/projects", {
    workspaceId: workspaces[0]!.id,
    title: "Low Water",
    screenplay: script,
  });
  const at = `/v1/projects/${project.id}`;

  const { scenes } = await api.post<{ scenes: ProposedScene[] }>(`${at}/storyboard/parse`);
  await api.post(`${at}/storyboard/commit`, { scenes });
  const { film } = await api.post<{ film: Film }>(`${at}/timeline/assemble`);
  // As small as any draft, and drawn with all the care there is: it is what everybody sees first.
  for (const shot of film.shots) await api.post(`${at}/shots/${shot.id}/generate`, { tier: "fine" });
  process.stdout.write(`${film.shots.length} shots, ${film.clips.length} clips\n`);
  await everyJobDone();
  await api.post(`${at}/score`);
  await everyJobDone();

  await rm(join(folder, "media"), { recursive: true, force: true });
  await mkdir(join(folder, "media"), { recursive: true });
  const takes = (await api.get<{ takes: TakeView[] }>(`${at}/takes`)).takes;
  const kept = [];
  for (const shot of film.shots) {
    const take = takes.find((one) => one.shotId === shot.id);
    if (!take?.posterUrl) throw new Error(`shot ${shot.number} has no take`);
    const name = shot.number.toLowerCase();
    const video = await keepSmall(`media/${name}.mp4`, await api.bytes(take.videoUrl));
    await keep(`media/${name}.jpg`, await api.bytes(take.posterUrl));
    const probe = await probeFilm(join(folder, video.file));
    if (probe.frames !== take.frames || !probe.comment.includes("previz"))
      throw new Error(`${video.file} is not what it says: ${JSON.stringify(probe)}`);
    kept.push({
      shotId: shot.id,
      ...video,
      poster: `media/${name}.jpg`,
      seed: take.seed,
      prompt: take.prompt,
      width: take.width,
      height: take.height,
      frames: take.frames,
      fps: take.fps,
      engine: "previz",
    });
  }

  const assets = (await api.get<{ assets: AssetView[] }>(`${at}/assets`)).assets;
  const doc = await openDocument();
  const clip = [...collectionOf(doc, "clips").values()].find((one) => typeof one.get("assetId") === "string");
  const score = assets.find((asset) => asset.id === clip?.get("assetId"));
  if (!clip || !score) throw new Error("the score is not on the timeline");
  await writeFile(join(folder, "media/score.wav"), await api.bytes(score.url));
  await run("ffmpeg", [
    "-y",
    "-v",
    "error",
    "-i",
    join(folder, "media/score.wav"),
    "-c:a",
    "aac",
    "-b:a",
    "128k",
    "-metadata",
    "comment=previz",
    join(folder, "media/score.m4a"),
  ]);
  await rm(join(folder, "media/score.wav"));
  const sound = await describe("media/score.m4a");
  clip.set("assetId", soundPlaceholder);

  // A fresh client id's worth of history is not worth keeping: the state alone is the sample.
  await writeFile(join(folder, "document.bin"), Y.encodeStateAsUpdate(doc));
  doc.destroy();
  const seconds = Number(score.meta["seconds"] ?? 0);
  const manifest = {
    title: "Low Water",
    takes: kept,
    sound: { ...sound, contentType: "audio/mp4", name: "Score and ambience", seconds, engine: "previz" },
  };
  await writeFile(join(folder, "takes.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  const total = [...kept, sound].reduce((sum, file) => sum + file.bytes, 0);
  process.stdout.write(`kept ${kept.length} takes and a score, ${(total / 1e6).toFixed(1)} MB\n`);

  async function everyJobDone(): Promise<void> {
    const { jobs } = await until(
      "every job done",
      () => api.get<{ jobs: JobView[] }>(`${at}/jobs?limit=100`),
      ({ jobs }) => jobs.every((job) => job.finishedAt !== undefined),
      900_000,
    );
    const failed = jobs.find((job) => job.state !== "succeeded");
    if (failed) throw new Error(`${failed.kind} ${failed.state}: ${failed.error?.message}`);
  }

  async function openDocument(): Promise<Y.Doc> {
    const ticket = await api.post<{ url: string; documentId: string; ticket: string }>(`${at}/ticket`);
    const doc = new Y.Doc();
    const provider = new WebsocketProvider(ticket.url, ticket.documentId, doc, {
      params: { ticket: ticket.ticket },
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
      disableBc: true,
    });
    await new Promise<void>((resolve) => provider.once("sync", () => resolve()));
    provider.destroy();
    return doc;
  }

  async function keep(file: string, bytes: Uint8Array) {
    await writeFile(join(folder, file), bytes);
    return describe(file);
  }

  /** A repository is no place for grain and rain at full rate: the same frames, at a tenth of the bytes. */
  async function keepSmall(file: string, bytes: Uint8Array) {
    const full = join(folder, "media/full.mp4");
    await writeFile(full, bytes);
    // prettier-ignore
    await run("ffmpeg", ["-y", "-v", "error", "-i", full, "-map_metadata", "0", "-c:v", "libx264", "-preset", "slow", "-crf", "28", "-pix_fmt", "yuv420p", "-movflags", "+faststart", join(folder, file)]);
    await rm(full);
    return describe(file);
  }

  async function describe(file: string): Promise<{ file: string; sha256: string; bytes: number }> {
    const bytes = await readFile(join(folder, file));
    return { file, sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.byteLength };
  }
} finally {
  await studio.stop();
}
