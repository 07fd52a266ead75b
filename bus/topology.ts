import { AckPolicy, DiscardPolicy, nanos, RetentionPolicy, StorageType } from "nats";
import { type Capability, capabilities, Lane } from "#domain/jobs/capabilities.ts";
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

type StreamConfig = Parameters<Bus["jsm"]["streams"]["add"]>[0] & { name: string };

const streams: readonly StreamConfig[] = [
  {
    name: jobsStream,
    subjects: [subjects.allJobs],
    retention: RetentionPolicy.Workqueue,
    storage: StorageType.File,
    discard: DiscardPolicy.New,
    max_msgs: 100_000,
    duplicate_window: seconds(120),
  },
  {
    name: resultsStream,
    subjects: [subjects.allResults],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.Old,
    max_age: seconds(3 * 24 * 3600),
    duplicate_window: seconds(120),
  },
  {
    name: deadStream,
    subjects: [...subjects.deadJobs],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.Old,
    max_age: seconds(3 * 24 * 3600),
    max_msgs: 100_000,
  },
];

/**
 * Makes or updates everything durable on the broker. Safe at any time and from any process; after the broker's store
 * was lost it is what puts the queue's places back: leases first, because agents renew theirs all the time.
 * @param leaseSeconds  how long an agent may be silent before its job goes to another
 * @param whatIs  "keep": an agent's way, for which the lease in force is the director's to change
 * @param served  whose consumers to see to; all unless said
 */
export async function ensureTopology(
  bus: Bus,
  leaseSeconds: number,
  whatIs: "change" | "keep" = "change",
  served: readonly Capability[] = capabilities,
): Promise<void> {
  await ensureBuckets(bus);
  const needed = streams.filter(({ name }) => whatIs === "change" || name !== deadStream);
  await Promise.all(needed.map((stream) => ensureStream(bus, stream)));
  await Promise.all([
    ensureLines(bus, leaseSeconds, whatIs, served),
    ...(whatIs === "change"
      ? [ensureReader(bus, resultsStream, resultsConsumer), ensureReader(bus, deadStream, deadConsumer)]
      : []),
  ]);
  bus.prepared();
}

async function ensureBuckets(bus: Bus): Promise<void> {
  const { views } = bus.js;
  await views.kv(leaseBucket, { ttl: 7 * 24 * 3600 * 1000, history: 1 });
  await Promise.all([
    views.kv(agentsBucket, { ttl: 15_000, history: 1, storage: StorageType.Memory }),
    views.kv(cancelBucket, { ttl: 24 * 3600 * 1000, history: 1 }),
    views.kv(agentControlBucket, { history: 1 }),
    views.kv(turnBucket, { ttl: turnSeconds * 1000, history: 1, storage: StorageType.Memory }),
    views.kv(progressBucket, { ttl: 120_000, history: 1, storage: StorageType.Memory }),
  ]);
}

/** The consumers that jobs are taken from. */
async function ensureLines(
  bus: Bus,
  leaseSeconds: number,
  whatIs: "change" | "keep",
  served: readonly Capability[],
): Promise<void> {
  if (served.length === 0) return;
  const kept = new Set(
    whatIs === "keep" ? (await bus.jsm.consumers.list(jobsStream).next()).map((info) => info.name) : [],
  );
  const lines = served.flatMap((capability) => Lane.options.map((lane) => ({ capability, lane })));
  const missing = lines.filter(({ capability, lane }) => !kept.has(consumerName(capability, lane)));
  // One after the other: the broker writes each to disk under one lock, and is slower at many at once.
  for (const { capability, lane } of missing) {
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

/** What only directors read. */
async function ensureReader(bus: Bus, stream: string, consumer: string): Promise<void> {
  await bus.jsm.consumers.add(stream, {
    durable_name: consumer,
    ack_policy: AckPolicy.Explicit,
    ack_wait: seconds(30),
    max_deliver: -1,
    max_ack_pending: 1000,
  });
}

async function ensureStream(bus: Bus, config: StreamConfig): Promise<void> {
  try {
    await bus.jsm.streams.add(config);
  } catch {
    // It exists with other limits, from another version: bring it to these.
    await bus.jsm.streams.update(config.name, config);
  }
}
