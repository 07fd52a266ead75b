import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { openAgents } from "#bus/agents.ts";
import { openCancels } from "#bus/cancels.ts";
import type { Bus } from "#bus/connection.ts";
import { openLeases } from "#bus/leases.ts";
import { respond } from "#bus/messages.ts";
import { ensureTopology } from "#bus/topology.ts";
import type { DbHandle } from "#db/client.ts";
import { listenPatiently } from "#db/listen.ts";
import { hasOpenJobs } from "#db/queries/dispatch.ts";
import { jobsChannel } from "#db/queries/queue-notice.ts";
import { eventsChannel } from "#db/queries/project-events.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import type { AssetStore } from "#storage/asset-store.ts";
import { openAnnouncer, openQueueNews } from "./announce.ts";
import { openCanceller } from "./cancel-jobs.ts";
import { handleDeadLetters } from "./dead-letters.ts";
import { openDuty, openProblems } from "./duty.ts";
import { abandonOverBudget } from "./episode-budgets.ts";
import { openFleet } from "./fleet.ts";
import { followProgress } from "./follow-progress.ts";
import type { Log } from "./log.ts";
import type { Parts } from "./parts.ts";
import { placeRecentSounds } from "./place-sound.ts";
import { recordResults } from "./record-results.ts";
import { openReleaser } from "./release.ts";
import { answerSigning } from "./signing.ts";
import { openSweeper } from "./sweep.ts";
import { openTidying } from "./tidy.ts";

export type DirectorOptions = { handle: DbHandle; bus: Bus; store: AssetStore; leaseSeconds: number; log: Log };

export type Director = { stop: () => Promise<void> };

const tickMs = 500;
const shortestRestMs = 5;
/** Every agent has its next job: what they do meanwhile is made good by one round. */
const fullRestMs = 20;
/** While another director releases; should it be gone, it is our turn. */
const othersTickMs = 50;
const sweepEveryMs = 2000;
const newsEveryMs = 1000;
/** With nothing to do the database is looked at this rarely; a notice from it wakes the loop at once. */
const idleTickMs = 5000;

/**
 * The decision loop: wakes when Postgres says that something changed, and otherwise twice a second while jobs are
 * open. Everything it decides is read from Postgres, so several directors may run, and one may die at any moment.
 */
export async function startDirector(options: DirectorOptions): Promise<Director> {
  const { handle, bus, store, leaseSeconds, log } = options;
  const parts: Parts = {
    db: handle.db,
    bus,
    store,
    leaseSeconds,
    log,
    leases: openLeases(bus),
    cancels: openCancels(bus),
    agents: openAgents(bus),
  };
  const stopping = new AbortController();
  const fleet = openFleet(parts, () => wake());
  const releaser = openReleaser(parts, fleet);
  const announcer = openAnnouncer(parts);
  const tellQueue = openQueueNews(parts, fleet, announcer.isTelling);
  const canceller = openCanceller(parts);
  const sweeper = openSweeper(parts);
  let ring: () => void = () => undefined;
  let rung = false;
  let newsAt = Number.NEGATIVE_INFINITY;
  const wake = () => {
    rung = true;
    ring();
  };

  await prepareBroker();
  const stopListening = bus.onReconnect(() => void prepareBroker().then(wake));
  const listeners = [
    await listenPatiently(
      handle.sql,
      jobsChannel,
      (notice) => {
        if (releaser.hear(notice)) newsAt = Number.NEGATIVE_INFINITY;
        wake();
      },
      () => {
        releaser.forget();
        wake();
      },
    ),
    await listenPatiently(
      handle.sql,
      eventsChannel,
      (payload) => announcer.take(payload),
      () => announcer.catchUp(),
    ),
  ];
  const subscriptions = [
    followProgress(parts),
    answerSigning(parts),
    respond(
      bus,
      subjects.directorPing,
      z.unknown(),
      () => Promise.resolve({ status: "ok", at: new Date().toISOString() }),
      { queue: "director" },
    ),
  ];
  await bus.flush();
  void placeRecentSounds(parts).catch((error: unknown) =>
    log.warn({ err: error }, "recent sounds could not be looked through"),
  );
  const recording = Promise.all([
    recordResults(parts, stopping.signal, wake),
    handleDeadLetters(parts, stopping.signal, wake),
  ]);
  const tidying = openTidying(parts, announcer.isTelling, stopping.signal);
  const deciding = decideForEver();
  log.info({ leaseSeconds, store: store.kind }, "director ready");

  return {
    stop: async () => {
      stopping.abort();
      ring();
      stopListening();
      tidying.stop();
      await Promise.all([deciding, recording]);
      await announcer.stop();
      await Promise.all([...subscriptions, fleet].map((subscription) => subscription.stop()));
      await Promise.all(listeners.map((listener) => listener.unlisten().catch(() => undefined)));
    },
  };

  async function decideForEver(): Promise<void> {
    const problems = openProblems(log);
    // What takes longer than a round goes on beside the rounds: a job that was queued just now does not wait for it.
    const cancelling = openDuty(() => canceller.run(), problems);
    const sweeping = openDuty(async () => {
      if ((await sweeper.run()) > 0) wake();
    }, problems);
    const telling = openDuty(tellQueue, problems);
    const budgeting = openDuty(() => abandonOverBudget(parts), problems);
    let sweptAt = Number.NEGATIVE_INFINITY;
    let busy = true;
    while (!stopping.signal.aborted) {
      rung = false;
      let released = 0;
      let isFull = false;
      let isOthers = false;
      try {
        const now = performance.now();
        if (bus.connected()) {
          const round = await releaser.round();
          released = round.released;
          isFull = round.isFull;
          isOthers = round.isOthers;
          busy = round.isBusy;
          if (round.hasMore) rung = true;
          if (round.cancelling > 0) cancelling.start();
          if (now - sweptAt >= (busy ? sweepEveryMs : idleTickMs - tickMs)) {
            sweptAt = now;
            if (busy || (await hasOpenJobs(parts.db))) {
              sweeping.start();
              budgeting.start();
            }
          }
          if (now - newsAt >= newsEveryMs) {
            newsAt = now;
            telling.start();
          }
        }
        problems.none();
      } catch (error) {
        busy = true;
        problems.say(error);
      }
      // A flood of notices about what there is no room for must not become a busy loop.
      if (released === 0 || isFull) await sleep(isFull ? fullRestMs : shortestRestMs);
      await rest(isOthers ? othersTickMs : busy ? tickMs : idleTickMs);
    }
    await Promise.all([cancelling, sweeping, telling, budgeting].map((duty) => duty.ended()));
  }

  /** Until the bell rings. */
  async function rest(ms: number): Promise<void> {
    if (rung || stopping.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      ring = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    ring = () => undefined;
  }

  async function prepareBroker(): Promise<void> {
    for (let pause = 250; !stopping.signal.aborted; pause = Math.min(pause * 2, 5000)) {
      try {
        return await ensureTopology(bus, leaseSeconds);
      } catch (error) {
        log.warn({ err: error }, "the broker is not ready for work yet");
        await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }
}
