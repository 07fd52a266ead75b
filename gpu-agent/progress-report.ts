import type { Bus } from "#bus/connection.ts";
import { forgetProgress, keepProgress } from "#bus/kept-progress.ts";
import { publish } from "#bus/messages.ts";
import type { JobMessage } from "#domain/jobs/messages/job-message.ts";
import type { ProgressMessage } from "#domain/jobs/messages/progress-message.ts";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import type { Progress } from "./engine-messages.ts";
import type { Claim } from "./lease.ts";

const progressEveryMs = 200;
const previewEveryMs = 500;
const maxPreviewBytes = 24 * 1024;
/** How often what is newest is kept for who comes later. A job that is over by then has no late comers. */
const keepEveryMs = 1000;
/** Pace is believed after this long; a guess from the first frame would jump about. */
const paceAfterMs = 1500;

/**
 * Tells how one attempt is getting on: never backwards, at most 5/s, previews at most 2/s and 24 KiB. Once a second the
 * newest of both is kept with the broker until the attempt is over.
 */
export type ProgressReport = {
  enter: (state: ProgressMessage["state"], progress: Progress) => void;
  update: (progress: Progress) => void;
  preview: (jpeg: Uint8Array) => void;
  stop: () => void;
};

/** @param now  milliseconds, never going back */
export function openProgressReport(
  bus: Bus,
  job: JobMessage,
  claim: Pick<Claim, "attempt" | "id">,
  agentId: string,
  now: () => number = () => performance.now(),
): ProgressReport {
  let state: ProgressMessage["state"] = "leased";
  let latest: Progress = { stage: "starting", fraction: 0 };
  let fraction = 0;
  /** When work began to show, and how far the start had got by then: loading is not the pace of rendering. */
  let workBegan: { at: number; fraction: number } | null = null;
  let preview: string | undefined;
  let sentAt = Number.NEGATIVE_INFINITY;
  let previewAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | null = null;
  let over = false;
  let newest: ProgressMessage | null = null;
  let newestPreview: string | undefined;
  let keptAt = now();
  let isKept = false;
  let keeping: NodeJS.Timeout | null = null;

  const etaSeconds = (): number | undefined => {
    if (workBegan === null || state !== "running" || now() - workBegan.at < paceAfterMs) return undefined;
    const done = fraction - workBegan.fraction;
    if (done <= 0) return undefined;
    return ((now() - workBegan.at) / 1000 / done) * (1 - fraction);
  };
  const send = () => {
    timer = null;
    if (over) return;
    sentAt = now();
    const eta = etaSeconds();
    const message: ProgressMessage = {
      v: protocolVersion,
      jobId: job.jobId,
      projectId: job.projectId,
      ...(job.shotId === undefined ? {} : { shotId: job.shotId }),
      attempt: claim.attempt,
      claim: claim.id,
      agentId,
      state,
      stage: latest.stage.slice(0, 40),
      ...(latest.step === undefined ? {} : { step: Math.max(0, Math.round(latest.step)) }),
      ...(latest.total === undefined ? {} : { total: Math.max(0, Math.round(latest.total)) }),
      fraction,
      ...(eta === undefined ? {} : { etaSeconds: eta }),
      ...(latest.message === undefined ? {} : { message: latest.message.slice(0, 300) }),
      ...(preview === undefined ? {} : { preview }),
    };
    newestPreview = preview ?? newestPreview;
    preview = undefined;
    newest = message;
    publish(bus, subjects.progress(job.projectId, job.jobId), message);
    keepSoon();
  };
  const keep = () => {
    keeping = null;
    if (over || newest === null) return;
    keptAt = now();
    isKept = true;
    keepProgress(bus, newestPreview === undefined ? newest : { ...newest, preview: newestPreview });
  };
  const keepSoon = () => {
    if (over || keeping !== null) return;
    const wait = keptAt + keepEveryMs - now();
    if (wait <= 0) keep();
    else keeping = setTimeout(keep, wait);
  };
  const soon = () => {
    if (over || timer !== null) return;
    const wait = sentAt + progressEveryMs - now();
    if (wait <= 0) send();
    else timer = setTimeout(send, wait);
  };
  const take = (progress: Progress) => {
    fraction = Math.min(1, Math.max(fraction, Number.isFinite(progress.fraction) ? progress.fraction : 0));
    latest = progress;
    if (state === "running" && fraction > 0) workBegan ??= { at: now(), fraction };
  };
  return {
    enter: (next, progress) => {
      state = next;
      take(progress);
      if (timer !== null) clearTimeout(timer);
      send();
    },
    update: (progress) => {
      take(progress);
      soon();
    },
    preview: (jpeg) => {
      if (jpeg.byteLength > maxPreviewBytes || now() - previewAt < previewEveryMs) return;
      previewAt = now();
      preview = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength).toString("base64");
      soon();
    },
    stop: () => {
      if (isKept && !over) forgetProgress(bus, job);
      over = true;
      if (timer !== null) clearTimeout(timer);
      if (keeping !== null) clearTimeout(keeping);
    },
  };
}
