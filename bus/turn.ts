import { turnBucket } from "#domain/jobs/subjects.ts";
import { lazyBucket } from "./buckets.ts";
import type { Bus } from "./connection.ts";
import { isWrongRevision } from "./leases.ts";
import { encode } from "./messages.ts";

/** How long whoever has the turn may be silent before it is another's. */
export const turnSeconds = 4;
/** Renewed so often; between this and the end of the turn there is time for one that got lost. */
const renewEveryMs = 1000;
const soonMs = 150;
/** Believed for less than the broker does: whoever was stopped for a while must not think that nothing happened. */
const believedMs = (turnSeconds - 1) * 1000;

/** One of several processes does a thing; the others stand by. */
export type Turn = {
  /** Whether it is this one's now. For a moment two may think so; never none for long. */
  isMine: () => boolean;
  /** Gives it away at once. */
  stop: () => Promise<void>;
};

/**
 * @param name    of what is to be done
 * @param holder  who this is, for people who look into the bucket
 * @param taken   called when the turn has become this one's, with for how long it may have been nobody's, seconds;
 *                infinite for who has never heard of it before
 */
export function takeTurns(bus: Bus, name: string, holder: string, taken: (idleSeconds: number) => void): Turn {
  const open = lazyBucket(bus, turnBucket);
  let revision: number | null = null;
  let renewedAt = Number.NEGATIVE_INFINITY;
  /** When somebody, this one or another, was last known to have it. */
  let knownAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | null = null;
  let isOver = false;
  const isMine = () => revision !== null && performance.now() - renewedAt < believedMs;
  const ask = async () => {
    const had = isMine();
    const askedAt = performance.now();
    try {
      const kv = await open();
      const value = encode(holder);
      revision = revision === null ? await kv.create(name, value) : await kv.update(name, value, revision);
      renewedAt = askedAt;
      const idleSeconds = (askedAt - knownAt) / 1000 + turnSeconds;
      knownAt = askedAt;
      if (!had) taken(idleSeconds);
    } catch (error) {
      const wasTaken = revision === null && isWrongRevision(error);
      revision = null;
      if (wasTaken) knownAt = askedAt;
      // The bucket is not there yet, or the broker is away.
      else if (!isOver) setTimeout(() => void look(), soonMs).unref();
    }
  };
  const look = () => (asking ??= ask().finally(() => (asking = null)));
  void look();
  const timer = setInterval(() => void look(), renewEveryMs);
  return {
    isMine,
    stop: async () => {
      isOver = true;
      clearInterval(timer);
      await asking;
      if (!isMine() || !bus.connected()) return;
      revision = null;
      await open().then(
        (kv) => kv.purge(name),
        () => undefined,
      );
    },
  };
}
