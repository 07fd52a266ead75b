import { setTimeout as sleep } from "node:timers/promises";
import { ask } from "#bus/messages.ts";
import type { JobRow } from "#db/queries/job-views.ts";
import { newestRate, recentScores, soundOf } from "#db/queries/results.ts";
import { FilmEditReply, type FilmEditRequest } from "#domain/collab/film-edits.ts";
import { RenderRequest } from "#domain/jobs/messages/render-request.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import { defaultFrameRate, secondsToFrames } from "#domain/time.ts";
import type { Parts } from "./parts.ts";

const tries = 8;
const recentSeconds = 600;

/**
 * Puts the sound a job made on the film's audio track. The edit carries the job's id, so asking again is harmless:
 * that is what a director does at its start for the newest ones.
 */
export async function placeSound(parts: Parts, job: JobRow): Promise<void> {
  const sound = await soundOf(parts.db, job.id);
  const request = RenderRequest.safeParse(job.request);
  if (sound === null || !request.success || request.data.role !== "audio.music") return;
  const rate = request.data.fps ?? (await newestRate(parts.db, job.projectId)) ?? defaultFrameRate;
  const edit: FilmEditRequest = {
    v: 1,
    editId: `place-sound:${job.id}`.slice(0, 64),
    projectId: job.projectId,
    edit: {
      kind: "place-sound",
      assetId: sound.assetId,
      durationFrames: Math.max(1, secondsToFrames(Number(sound.meta["seconds"] ?? request.data.seconds), rate)),
      // On the timeline it is a piece of music, not a file.
      name: sound.name.replace(/\.\w+$/, ""),
    },
  };
  for (let count = 0; count < tries; count++) {
    try {
      const reply = await ask(parts.bus, subjects.edit(job.projectId), edit, FilmEditReply, 5000);
      if (reply.status === "refused")
        parts.log.warn({ jobId: job.id, code: reply.code }, "the sound could not be placed");
      return;
    } catch {
      await sleep(1000 * 2 ** Math.min(count, 4));
    }
  }
  parts.log.warn({ jobId: job.id }, "the sound could not be placed: nobody keeps the film's document");
}

/** Sounds whose placing an earlier director may not have lived to see. */
export async function placeRecentSounds(parts: Parts): Promise<void> {
  for (const job of await recentScores(parts.db, recentSeconds)) await placeSound(parts, job);
}
