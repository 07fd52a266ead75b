/**
 * Graphile Worker as it takes part in `npm run bench -- queue`: `node graphile-worker.mjs producer|worker`. The words it
 * exchanges with the bench stand in `bench/queue/words.ts`. TUNED=1 takes what its documentation names for throughput: a
 * local queue, and completions in batches.
 */
import { makeWorkerUtils, run } from "graphile-worker";

const connectionString = process.env.DATABASE_URL;
const now = () => performance.timeOrigin + performance.now();
const say = (word) => process.send?.(word);

if (process.argv[2] === "producer") {
  const utils = await makeWorkerUtils({ connectionString });
  await utils.migrate();
  process.on("message", async (word) => {
    if (word.type === "one") {
      const askedAt = now();
      const job = await utils.addJob("empty", { id: word.id });
      say({ type: "queued", id: word.id, askedAt, doneAt: now(), job: job.id });
    } else if (word.type === "many") {
      const begun = now();
      await utils.withPgClient((client) =>
        client.query(
          `select graphile_worker.add_job('empty', json_build_object('id', i::text)) from generate_series(1, $1::int) i`,
          [word.count],
        ),
      );
      say({ type: "queued-many", ms: now() - begun });
    }
  });
  say({ type: "ready" });
} else {
  process.once("message", async ({ slots, tells }) => {
    let count = 0;
    let firstAt = null;
    await run({
      connectionString,
      concurrency: slots,
      maxPoolSize: Math.min(slots + 2, 20),
      noHandleSignals: true,
      ...(process.env.TUNED === "1"
        ? { preset: { worker: { localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 } } }
        : {}),
      taskList: {
        empty: async (payload) => {
          firstAt ??= now();
          count += 1;
          if (tells) say({ type: "started", id: payload.id, at: now() });
        },
      },
      logger: undefined,
    });
    process.on("message", (word) => {
      if (word.type === "count") {
        say({ type: "counted", count, firstAt });
        count = 0;
        firstAt = null;
      }
    });
    say({ type: "ready" });
  });
}
