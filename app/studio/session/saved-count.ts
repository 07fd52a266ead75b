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
  /** Everything sent on this socket is stored. */
  settled(): boolean;
}

export function countSaved(): SavedCount {
  let sent = 0;
  let acknowledged = 0;
  /** For each edit that is not stored: the number of the frame that carries it on this socket, 0 when none does yet. */
  let waiting: number[] = [];
  return {
    socketOpened() {
      sent = 0;
      acknowledged = 0;
      waiting = waiting.map(() => 0);
    },
    frameSent(frame) {
      if (!carriesUpdate(frame)) return;
      sent += 1;
      const isStep2 = frame[1] === syncStep2;
      if (isStep2) waiting = waiting.map((at) => (at === 0 ? sent : at));
      else {
        const last = waiting.lastIndexOf(0);
        if (last >= 0) waiting[last] = sent;
      }
    },
    edited() {
      waiting.push(0);
    },
    stored(count) {
      acknowledged = Math.max(acknowledged, count);
      waiting = waiting.filter((at) => at === 0 || at > acknowledged);
    },
    unsaved: () => waiting.length,
    settled: () => acknowledged >= sent,
  };
}
