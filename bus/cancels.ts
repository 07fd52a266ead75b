import { z } from "zod";
import type { Id } from "#domain/ids.ts";
import { cancelBucket, subjects } from "#domain/jobs/subjects.ts";
import { lazyBucket } from "./buckets.ts";
import type { Bus } from "./connection.ts";
import { encode, publish, subscribe, type Subscription } from "./messages.ts";
import { newestOf } from "./stored.ts";

/**
 * A job that nobody should work on any more: a flag that outlives a lost message, and a shout for whoever is at it
 * now. The flag is set before the shout.
 */
export type Cancels = {
  set: (jobId: Id) => Promise<void>;
  isSet: (jobId: Id) => Promise<boolean>;
};

const CancelMessage = z.object({ jobId: z.string() });

export function openCancels(bus: Bus): Cancels {
  const open = lazyBucket(bus, cancelBucket);
  return {
    set: async (jobId) => {
      await (await open()).put(jobId, encode({ at: new Date().toISOString() }));
      publish(bus, subjects.cancel(jobId), { jobId });
    },
    isSet: async (jobId) => {
      const entry = await newestOf(bus, `KV_${cancelBucket}`, `$KV.${cancelBucket}.${jobId}`);
      return entry !== null && !entry.isMark;
    },
  };
}

export function onCancel(bus: Bus, handle: (jobId: Id) => void): Subscription {
  return subscribe(bus, subjects.allCancels, CancelMessage, ({ jobId }) => handle(jobId));
}
