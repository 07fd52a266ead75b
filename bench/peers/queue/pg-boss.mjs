/**
 * pg-boss as it takes part in `npm run bench -- queue`: `node pg-boss.mjs producer|worker`; see `bench/queue/words.ts`.
 * For latency its own `work()` at the shortest interval it allows; where jobs per second count, a loop that fetches and
 * completes as many as there are slots, which is the fastest it can do.
 */
import PgBoss from "pg-boss";

const now = () => performance.timeOrigin + performance.now();
const say = (word) => process.send?.(word);

const boss = new PgBoss({ connectionString: process.env.DATABASE_URL, max: 10 });
boss.on("error", (error) => console.error(error));
await boss.start();
await boss.createQueue("empty");

if (process.argv[2] === "producer") {
  process.on("message", async (word) => {
    if (word.type === "one") {
      const askedAt = now();
      await boss.send("empty", { id: word.id });
      say({ type: "queued", id: word.id, askedAt, doneAt: now() });
    } else if (word.type === "many") {
      const begun = now();
      for (let from = 0; from < word.count; from += 1000) {
        const size = Math.min(1000, word.count - from);
        await boss.insert(Array.from({ length: size }, (_, i) => ({ name: "empty", data: { id: String(from + i) } })));
      }
      say({ type: "queued-many", ms: now() - begun });
    }
  });
  say({ type: "ready" });
} else {
  process.once("message", async ({ slots, tells }) => {
    let count = 0;
    let firstAt = null;
    const handle = (job) => {
      firstAt ??= now();
      count += 1;
      if (tells) say({ type: "started", id: job.data.id, at: now() });
    };
    if (tells) {
      await boss.work("empty", { batchSize: slots, pollingIntervalSeconds: 0.5 }, async (jobs) => jobs.forEach(handle));
    } else {
      const fetchForEver = async () => {
        for (;;) {
          const jobs = await boss.fetch("empty", { batchSize: slots });
          if (jobs.length === 0) {
            await new Promise((resolve) => setTimeout(resolve, 100));
            continue;
          }
          jobs.forEach(handle);
          await boss.complete(
            "empty",
            jobs.map((job) => job.id),
          );
        }
      };
      void fetchForEver();
    }
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
