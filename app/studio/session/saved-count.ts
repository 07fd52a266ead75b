/**
 * Counts what this client sent and what the server said is stored (frame 101), per socket. An edit is "saved" only
 * when the server's count reached ours; made while offline it waits until the next socket's sync step 2 is stored.
 */
import { frameTypes } from "#domain/collab/frames.ts";

const syncStep2 = 1;
const syncUpdate = 2;

/** Only these frames are counted by frame 101. */
export function carriesUpdate(frame: Uint8Array): boolean {
  return frame[0] === frameTypes.sync && (frame[1] === syncStep2 || frame[1] === syncUpdate);
}

export interface SavedCount {
  /** A new socket begins at nothing sent, nothing stored. What was unsaved before rides in its step 2. */
  socketOpened(): void;
  frameSent(frame: Uint8Array): void;
  /** A change by this person, sent or not. */
  edited(): void;
  stored(count: number): void;
  /** Changes of this person that the server has not stored yet, as far as this tab knows. */
  unsaved(): number;
  /** The server was sent all that this tab holds, what it kept from before as well, and has stored it. */
  settled(): boolean;
  /** Since when the oldest of what is not stored waits on this socket; null when nothing does. */
  waitingSinceMs(): number | null;
}

interface Waiting {
  /** Number of the frame that carries it on this socket, 0 when none does yet. */
  frame: number;
  sinceMs: number;
  isEdit: boolean;
}

/** @param now  a clock that never goes back, ms */
export function countSaved(now: () => number): SavedCount {
  let sent = 0;
  let hasAnswered = false;
  /** Oldest first. */
  let waiting: Waiting[] = [];
  return {
    socketOpened() {
      sent = 0;
      hasAnswered = false;
      const sinceMs = now();
      waiting = waiting.filter((item) => item.isEdit).map((item) => ({ ...item, frame: 0, sinceMs }));
    },
    frameSent(frame) {
      if (!carriesUpdate(frame)) return;
      sent += 1;
      const isStep2 = frame[1] === syncStep2;
      if (isStep2) hasAnswered = true;
      const carried = waiting.filter((item) => item.frame === 0);
      for (const item of isStep2 ? carried : carried.slice(-1)) item.frame = sent;
      if (isStep2 || carried.length === 0) waiting.push({ frame: sent, sinceMs: now(), isEdit: false });
    },
    edited() {
      waiting.push({ frame: 0, sinceMs: now(), isEdit: true });
    },
    stored(count) {
      waiting = waiting.filter((item) => item.frame === 0 || item.frame > count);
    },
    unsaved: () => waiting.filter((item) => item.isEdit).length,
    settled: () => hasAnswered && waiting.length === 0,
    waitingSinceMs: () => waiting[0]?.sinceMs ?? null,
  };
}
