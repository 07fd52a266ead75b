import { AckPolicy, DiscardPolicy, nanos, RetentionPolicy, StorageType } from "nats";
import { capabilities, Lane } from "#domain/jobs/capabilities.ts";
import {
  agentControlBucket,
  agentsBucket,
  cancelBucket,
  consumerName,
  deadStream,
  jobsStream,
  leaseBucket,
  progressBucket,
  resultsStream,
  subjects,
  turnBucket,
} from "#domain/jobs/subjects.ts";
import type { Bus } from "./connection.ts";
import { turnSeconds } from "./turn.ts";

/** Hand-overs count as deliveries too, so this only stops what nobody else has stopped. */
const maxDeliver = 100;
export const resultsConsumer = "director";
export const deadConsumer = "director";

const seconds = (count: number) => nanos(count * 1000);

/**
 * Makes or updates everything durable on the broker. Safe at any time and from any process; after the broker's store
 * was lost it is what puts the queue's places back.
 * @param leaseSeconds  how long an agent may be silent before its job goes to another
 * @param whatIs  "keep": an agent's way, for which the lease in force is the director's to change
 */
export async function ensureTopology(
  bus: Bus,
  leaseSeconds: number,
  whatIs: "change" | "keep" = "change",
): Promise<void> {
  await ensureStream(bus, {
    name: jobsStream,
    subjects: [subjects.allJobs],
    retention: RetentionPolicy.Workqueue,
    storage: StorageType.File,
    discard: DiscardPolicy.New,
    max_msgs: 100_000,
    duplicate_window: seconds(120),
  });
  await ensureStream(bus, {
    name: resultsStream,
    subjects: [subjects.allResults],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.Old,
    max_age: seconds(3 * 24 * 3600),
    duplicate_window: seconds(120),
  });
  await ensureStream(bus, {
    name: deadStream,
    subjects: [...subjects.deadJobs],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.Old,
    max_age: seconds(3 * 24 * 3600),
    max_msgs: 100_000,
  });
  const kept = new Set(
    whatIs === "keep" ? (await bus.jsm.consumers.list(jobsStream).next()).map((info) => info.name) : [],
  );
  for (const capability of capabilities) {
    for (const lane of Lane.options) {
      if (kept.has(consumerName(capability, lane))) continue;
      await bus.jsm.consumers.add(jobsStream, {
        durable_name: consumerName(capability, lane),
        filter_subject: subjects.jobsOf(capability, lane),
        ack_policy: AckPolicy.Explicit,
        ack_wait: seconds(leaseSeconds),
        max_deliver: maxDeliver,
        max_ack_pending: 10_000,
      });
    }
  }
  await bus.jsm.consumers.add(resultsStream, {
    durable_name: resultsConsumer,
    ack_policy: AckPolicy.Explicit,
    ack_wait: seconds(30),
    max_deliver: -1,
    max_ack_pending: 1000,
  });
  await bus.jsm.consumers.add(deadStream, {
    durable_name: deadConsumer,
    ack_policy: AckPolicy.Explicit,
    ack_wait: seconds(30),
    max_deliver: -1,
    max_ack_pending: 1000,
  });
  await bus.js.views.kv(leaseBucket, { ttl: 7 * 24 * 3600 * 1000, history: 1 });
  await bus.js.views.kv(agentsBucket, { ttl: 15_000, history: 1, storage: StorageType.Memory });
  await bus.js.views.kv(cancelBucket, { ttl: 24 * 3600 * 1000, history: 1 });
  await bus.js.views.kv(agentControlBucket, { history: 1 });
  await bus.js.views.kv(turnBucket, { ttl: turnSeconds * 1000, history: 1, storage: StorageType.Memory });
  await bus.js.views.kv(progressBucket, { ttl: 120_000, history: 1, storage: StorageType.Memory });
  bus.prepared();
}

type StreamConfig = Parameters<Bus["jsm"]["streams"]["add"]>[0] & { name: string };

async function ensureStream(bus: Bus, config: StreamConfig): Promise<void> {
  try {
    await bus.jsm.streams.add(config);
  } catch {
    // It exists with other limits, from another version: bring it to these.
    await bus.jsm.streams.update(config.name, config);
  }
}
