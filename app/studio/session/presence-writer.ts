import type { Awareness } from "y-protocols/awareness";
import type { Presence } from "#domain/collab/presence.ts";
import type { PresenceWriter } from "./session-contract.ts";

const gapMs = 1000 / 30;

/** Gathers what this person does into at most thirty awareness updates a second; the last state always goes out. */
export function writePresence(awareness: Awareness, initial: Presence): PresenceWriter & { stop: () => void } {
  awareness.setLocalState({ ...initial });
  let pending: Partial<Presence> = {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sentAt = 0;

  const flush = () => {
    timer = undefined;
    const current = awareness.getLocalState();
    // Null after the tab said goodbye.
    if (current === null) return;
    const changed = Object.entries(pending).some(
      ([key, value]) => JSON.stringify(current[key]) !== JSON.stringify(value),
    );
    if (changed) {
      sentAt = performance.now();
      awareness.setLocalState({ ...current, ...pending });
    }
    pending = {};
  };
  return {
    set(patch) {
      pending = { ...pending, ...patch };
      timer ??= setTimeout(flush, Math.max(0, gapMs - (performance.now() - sentAt)));
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
