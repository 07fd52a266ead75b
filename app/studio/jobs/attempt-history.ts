/** A job's life as a line: how long it waited, and what each try at it spent its time on. */
import type { AttemptView } from "#domain/jobs/attempt-view.ts";
import { isTerminal, type JobState } from "#domain/jobs/lifecycle.ts";
import type { ShownState } from "#app/ui/state-label.tsx";

export type StretchKind = "waiting" | "starting" | "rendering" | "uploading";
export interface Stretch {
  kind: StretchKind;
  seconds: number;
}

export interface TryLine {
  /** Null: it waits, and nobody has taken it yet. */
  attempt: AttemptView | null;
  /** Seconds from when the job was queued to when this line begins. */
  begins: number;
  stretches: Stretch[];
}

export interface JobLife {
  lines: TryLine[];
  /** From queued to ended, or until now. */
  seconds: number;
  waited: number;
  worked: number;
}

/** Shorter than this nobody sees or cares. */
const leastSeconds = 0.05;

/** @param now  milliseconds since 1970 */
export function lifeOf(
  job: { createdAt: string; state: JobState; finishedAt?: string | undefined },
  attempts: readonly AttemptView[],
  now: number,
): JobLife {
  const queuedAt = Date.parse(job.createdAt);
  const isOver = isTerminal(job.state);
  const endedAt = job.finishedAt === undefined ? now : Date.parse(job.finishedAt);
  const lines: TryLine[] = [];
  let freeSince = queuedAt;
  for (const attempt of attempts) {
    const leased = Math.max(freeSince, Date.parse(attempt.leasedAt));
    const ended = attempt.finishedAt === undefined ? Math.max(leased, endedAt) : Date.parse(attempt.finishedAt);
    const uploading = attempt.uploadingAt === undefined ? ended : Date.parse(attempt.uploadingAt);
    const running = attempt.runningAt === undefined ? uploading : Date.parse(attempt.runningAt);
    lines.push({
      attempt,
      begins: (freeSince - queuedAt) / 1000,
      stretches: stretches([
        ["waiting", freeSince, leased],
        ["starting", leased, running],
        ["rendering", running, uploading],
        ["uploading", uploading, ended],
      ]),
    });
    freeSince = Math.max(freeSince, ended);
  }
  const isWaiting = attempts.at(-1)?.finishedAt !== undefined || attempts.length === 0;
  if (isWaiting && (!isOver || attempts.length === 0))
    lines.push({
      attempt: null,
      begins: (freeSince - queuedAt) / 1000,
      stretches: stretches([["waiting", freeSince, Math.max(freeSince, endedAt)]]),
    });
  const sum = (isIn: (kind: StretchKind) => boolean) =>
    lines.flatMap((line) => line.stretches).reduce((seconds, one) => seconds + (isIn(one.kind) ? one.seconds : 0), 0);
  return {
    lines,
    seconds: Math.max(0, (Math.max(endedAt, freeSince) - queuedAt) / 1000),
    waited: sum((kind) => kind === "waiting"),
    worked: sum((kind) => kind !== "waiting"),
  };
}

function stretches(parts: [StretchKind, number, number][]): Stretch[] {
  return parts
    .map(([kind, from, to]) => ({ kind, seconds: (to - from) / 1000 }))
    .filter(({ seconds }) => seconds >= leastSeconds);
}

export const stretchWords: Record<StretchKind, string> = {
  waiting: "waited",
  starting: "starting",
  rendering: "rendering",
  uploading: "uploading",
};

/** `0.4 s`, `12 s`, `3 min 20 s`, `1 h 5 min`: how long something took, as it was measured. */
export function tookWords(seconds: number): string {
  if (seconds < 9.95) return `${Math.round(seconds * 10) / 10} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
  return minutes % 60 === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** How a try ended, as icon and word, and why where that says more. */
export function outcomeOf(attempt: Pick<AttemptView, "outcome">): { shown: ShownState; word: string; why: string } {
  switch (attempt.outcome) {
    case undefined:
      return { shown: "running", word: "Under way", why: "" };
    case "succeeded":
      return { shown: "ready", word: "Done", why: "" };
    case "failed":
      return { shown: "failed", word: "Failed", why: "" };
    case "cancelled":
      return { shown: "draft", word: "Cancelled", why: "Somebody stopped it." };
    case "lost":
      return { shown: "stale", word: "Lost", why: "The agent went silent, so the job was given to another." };
    case "handed_back":
      return { shown: "stale", word: "Handed back", why: "The agent was stopped or drained and gave the job back." };
    case "superseded":
      return { shown: "draft", word: "Replaced", why: "Another try took its place." };
  }
}
