import type { KV } from "nats";
import type { Bus } from "./connection.ts";

/**
 * Binds to a bucket that `ensureTopology` made, at first use; a failure is forgotten, so that the next use tries again.
 * Values are read straight from the store, which answers sooner than the API of JetStream does.
 */
export function lazyBucket(bus: Bus, name: string): () => Promise<KV> {
  let bucket: Promise<KV> | null = null;
  return () => {
    bucket ??= bus.js.views.kv(name, { bindOnly: true, allow_direct: true }).catch((error: unknown) => {
      bucket = null;
      throw error;
    });
    return bucket;
  };
}
