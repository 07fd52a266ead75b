/**
 * Decides from plain facts what the top bar says about the work. An acknowledgement takes some milliseconds; when it
 * does not come, because Postgres is slow or away, that is said, and taken back when it comes.
 */
import type { Connection } from "./session-contract.ts";

/** Waiting longer than this on an open socket is `late`: "Not saved yet". */
export const lateAfterMs = 2000;
/** Longer than this is `stuck`: a sentence across the top as well. */
export const stuckAfterMs = 10_000;
/** Whether the studio was heard can change without an event of ours: what is late is looked at again so often. */
const lookAgainMs = 1000;

export interface ConnectionFacts {
  before: Connection;
  /** No socket has been closed yet. */
  isFirstSocket: boolean;
  isSynced: boolean;
  /** All that this tab holds is stored. */
  isStored: boolean;
  unsavedEdits: number;
  /** Since when the oldest of what is not stored waits on this socket. */
  waitingSinceMs: number | null;
  /** When the server last sent something. */
  heardAtMs: number;
  /** Why the server refused an edit on this socket; nothing after it is acknowledged. */
  refusal: string | null;
  /** Why the socket was closed, when that was said just now. */
  closeSentence: string | null;
  nowMs: number;
}

export function describeConnection(facts: ConnectionFacts): Connection {
  const { before, unsavedEdits, refusal, waitingSinceMs, nowMs } = facts;
  const plainly = { sentence: null, unsavedEdits, othersSee: false };
  if (!facts.isSynced) {
    if (facts.isFirstSocket) return { ...plainly, status: "loading" };
    const saidBefore = before.status === "offline" ? before.sentence : null;
    return { ...plainly, status: "offline", sentence: facts.closeSentence ?? saidBefore };
  }
  if (facts.isStored) return { ...plainly, status: "saved" };
  if (refusal !== null) return { ...plainly, status: "refused", sentence: refusal };
  const waitedMs = waitingSinceMs === null ? 0 : nowMs - waitingSinceMs;
  if (waitingSinceMs === null || waitedMs < lateAfterMs) return { ...plainly, status: "saving" };
  // The server shows an edit to everybody, its author too, when storing it takes long; a dead line is silent.
  const othersSee = facts.heardAtMs > waitingSinceMs;
  return { ...plainly, status: waitedMs < stuckAfterMs ? "late" : "stuck", othersSee };
}

/** @returns in how many ms the answer may be another one although nothing happens; null when it stays */
export function nextLookInMs(
  { status }: Connection,
  { waitingSinceMs, nowMs }: Pick<ConnectionFacts, "waitingSinceMs" | "nowMs">,
): number | null {
  if (waitingSinceMs === null) return null;
  const waitedMs = nowMs - waitingSinceMs;
  switch (status) {
    case "saving":
      return lateAfterMs - waitedMs;
    case "late":
      return Math.min(stuckAfterMs - waitedMs, lookAgainMs);
    case "stuck":
      return lookAgainMs;
    case "loading":
    case "saved":
    case "refused":
    case "offline":
    case "ended":
      return null;
  }
}
