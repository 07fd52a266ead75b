/**
 * The sample film: `sample/document.bin` (a Yjs update), `sample/takes.json` and the media files it names, made by a
 * script of this repository. A copy of it is a film like any other: its takes get fresh ids (so the document pins
 * none) and the words `sample-sound` in the document stand for the sound's asset.
 */
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { v7 } from "uuid";
import * as Y from "yjs";
import { z } from "zod";
import { insertAsset } from "#db/queries/assets.ts";
import { changeProject } from "#db/queries/projects.ts";
import { takes } from "#db/schema/work.ts";
import { extensionFor } from "#domain/assets/content-types.ts";
import { objectKey } from "#domain/assets/object-key.ts";
import { StudioError } from "#domain/errors.ts";
import { collectionOf } from "#domain/film/document.ts";
import { readFilm, type Film } from "#domain/film/snapshot.ts";
import { madeFrom } from "#domain/film/staleness.ts";
import { FrameRate } from "#domain/time.ts";
import type { StudioParts } from "../studio-parts.ts";
import { beginProject } from "./new-project.ts";

/** A plain file name inside `sample/`, never a path out of it. */
const FileName = z
  .string()
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9._/-]*$/)
  .refine((name) => !name.includes(".."), "leaves the folder");
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const SampleTake = z.object({
  shotId: z.string(),
  /** An MP4, H.264. */
  file: FileName,
  sha256: Sha256,
  bytes: z.number().int().min(1),
  /** A JPEG of one frame. */
  poster: FileName.optional(),
  seed: z.number().int().min(0),
  prompt: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  frames: z.number().int().min(1),
  fps: FrameRate,
  engine: z.literal("previz"),
});
export const SampleSound = z.object({
  file: FileName,
  sha256: Sha256,
  bytes: z.number().int().min(1),
  contentType: z.string(),
  name: z.string(),
  seconds: z.number().min(0.1),
  engine: z.literal("previz"),
});
/** `sample/takes.json` */
export const SampleManifest = z.object({
  title: z.string(),
  takes: z.array(SampleTake),
  sound: SampleSound.optional(),
});
export type SampleManifest = z.infer<typeof SampleManifest>;

/** What stands in the document's clips where the sound's asset id goes. */
export const sampleSoundId = "sample-sound";

/** @throws StudioError "service/unavailable" when the sample is not in this checkout */
export async function beginSampleFilm(
  parts: StudioParts,
  order: { workspaceId: string; createdBy: string },
  folder = sampleFolder(),
): Promise<string> {
  const { manifest, update } = await readSample(folder);
  const soundId = v7();
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  doc.transact(() => {
    collectionOf(doc, "clips").forEach((clip) => {
      if (clip.get("assetId") === sampleSoundId) clip.set("assetId", soundId);
    });
    // Takes belong to one project; the newest plays by itself.
    collectionOf(doc, "clips").forEach((clip) => clip.delete("takeId"));
    collectionOf(doc, "shots").forEach((shot) => shot.delete("takeId"));
  });
  const film = readFilm(doc);
  const { meta } = film;
  const projectId = await beginProject(parts, {
    ...order,
    title: manifest.title,
    size: { width: meta.width, height: meta.height, fps: meta.fps },
    update: Y.encodeStateAsUpdate(doc),
  });
  doc.destroy();
  await bringMedia(parts, { ...order, projectId, soundId, folder, manifest, film });
  return projectId;
}

async function readSample(folder: string): Promise<{ manifest: SampleManifest; update: Uint8Array }> {
  try {
    const [json, update] = await Promise.all([
      readFile(path.join(folder, "takes.json"), "utf8"),
      readFile(path.join(folder, "document.bin")),
    ]);
    return { manifest: SampleManifest.parse(JSON.parse(json)), update: new Uint8Array(update) };
  } catch (cause) {
    throw new StudioError(
      "service/unavailable",
      "The sample film is not part of this studio. Start with a script instead.",
      { cause },
    );
  }
}

interface MediaOrder {
  workspaceId: string;
  createdBy: string;
  projectId: string;
  soundId: string;
  folder: string;
  manifest: SampleManifest;
  /** What its takes were made from. */
  film: Film;
}

async function bringMedia(parts: StudioParts, order: MediaOrder): Promise<void> {
  const store = async (file: string, contentType: string, known?: { sha256: string; bytes: number }) => {
    const source = path.join(order.folder, file);
    const { sha256, bytes } = known ?? {
      sha256: createHash("sha256")
        .update(await readFile(source))
        .digest("hex"),
      bytes: (await stat(source)).size,
    };
    const key = objectKey(order.workspaceId, sha256, extensionFor(contentType));
    if ((await parts.store.head(key)) === null) await parts.store.copyIn(key, source, contentType);
    return { sha256, bytes, objectKey: key, contentType };
  };
  const common = {
    workspaceId: order.workspaceId,
    projectId: order.projectId,
    state: "ready",
    createdBy: order.createdBy,
  };
  const files = await Promise.all(
    order.manifest.takes.map(async (take) => ({
      take,
      video: await store(take.file, "video/mp4", take),
      poster: take.poster === undefined ? null : await store(take.poster, "image/jpeg"),
    })),
  );
  const { sound } = order.manifest;
  const soundFile = sound === undefined ? null : await store(sound.file, sound.contentType, sound);
  await parts.db.transaction(async (tx) => {
    const counts = new Map<string, number>();
    for (const { take, video, poster } of files) {
      const number = (counts.get(take.shotId) ?? 0) + 1;
      counts.set(take.shotId, number);
      const size = { width: take.width, height: take.height };
      const seconds = (take.frames * take.fps.den) / take.fps.num;
      const name = `Sample take ${number}`;
      const videoRow = await insertAsset(tx, {
        ...common,
        ...video,
        kind: "video",
        name,
        source: take.engine,
        meta: { ...size, frames: take.frames, seconds },
      });
      const posterRow =
        poster === null
          ? null
          : await insertAsset(tx, {
              ...common,
              ...poster,
              kind: "image",
              name: `${name}, poster`,
              source: take.engine,
              meta: size,
            });
      const shot = order.film.shots.find((each) => each.id === take.shotId);
      await tx.insert(takes).values({
        projectId: order.projectId,
        madeFrom: shot === undefined ? null : madeFrom(order.film, shot, { seed: take.seed }),
        shotId: take.shotId,
        number,
        engine: take.engine,
        params: { seed: take.seed, prompt: take.prompt, ...size, frames: take.frames },
        ...size,
        frames: take.frames,
        fpsNum: take.fps.num,
        fpsDen: take.fps.den,
        videoAssetId: videoRow.id,
        posterAssetId: posterRow?.id ?? null,
        createdBy: order.createdBy,
      });
      if (posterRow !== null && counts.size === 1)
        await changeProject(tx, order.projectId, { posterAssetId: posterRow.id });
    }
    if (sound !== undefined && soundFile !== null) {
      await insertAsset(tx, {
        ...common,
        ...soundFile,
        id: order.soundId,
        kind: "audio",
        name: sound.name,
        source: sound.engine,
        meta: { seconds: sound.seconds },
      });
    }
  });
}

/** `sample/` of the repository, from the sources and from a bundle alike. */
function sampleFolder(): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const root = here.includes("/build/") ? here.slice(0, here.lastIndexOf("/build/")) : path.join(here, "../../..");
  return path.join(root, "sample");
}
