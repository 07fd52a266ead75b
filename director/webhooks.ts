import type { DbHandle } from "#db/client.ts";
import { listenPatiently } from "#db/listen.ts";
import { eventsChannel } from "#db/queries/project-events.ts";
import {
  claimDeliveries,
  type DueDelivery,
  forgetDeliveries,
  nextDeliveryMs,
  noteDelivery,
  queueDeliveries,
} from "#db/queries/webhook-deliveries.ts";
import { disableWebhook, hasWebhooks, openWebhookSecret } from "#db/queries/webhooks.ts";
import { decideDelivery } from "#domain/webhooks/delivery.ts";
import type { Log } from "./log.ts";
import { openSender } from "./send-webhook.ts";

export type WebhookOptions = {
  handle: DbHandle;
  log: Log;
  /** Opens the webhooks' own secrets. */
  sessionSecret: string;
  /** May call this machine and its network, also without TLS. */
  allowPrivate: boolean;
  timeoutMs?: number;
};

/** Many events come in a burst; they are looked at together. */
const gatherMs = 100;
/** A notice can get lost; nothing waits longer than this for being seen. */
const idleMs = 5000;
const mostAtOnce = 32;
/** A slow receiver holds up its own messages only. */
const mostPerWebhook = 4;
const keptDays = 14;
const forgetEveryMs = 3_600_000;

/**
 * Tells programs what happened in their projects: turns events into messages, sends what is due, and notes what came of
 * it. Everything is in Postgres, so several directors share the work and a new one goes on where one ended.
 */
export async function startWebhooks(options: WebhookOptions): Promise<{ stop: () => Promise<void> }> {
  const { handle, log } = options;
  const { db } = handle;
  const sender = openSender({
    allowPrivate: options.allowPrivate,
    timeoutMs: options.timeoutMs ?? 10_000,
    now: Date.now,
  });
  const onTheirWay = new Map<DueDelivery, Promise<void>>();
  let isOver = false;
  let isRung = false;
  let ring: () => void = () => undefined;
  const wake = () => {
    isRung = true;
    ring();
  };
  const listener = await listenPatiently(handle.sql, eventsChannel, wake, wake);
  const working = work();
  return {
    stop: async () => {
      isOver = true;
      ring();
      await listener.unlisten().catch(() => undefined);
      sender.close();
      await working;
      await Promise.all(onTheirWay.values());
    },
  };

  async function work(): Promise<void> {
    let forgotAt = Number.NEGATIVE_INFINITY;
    let lastProblem = "";
    while (!isOver) {
      isRung = false;
      let pause = idleMs;
      try {
        const isAsked = await hasWebhooks(db);
        while (isAsked && !isOver && (await queueDeliveries(db)));
        if (isAsked) await sendDue();
        if (performance.now() - forgotAt > forgetEveryMs) {
          forgotAt = performance.now();
          await forgetDeliveries(db, keptDays);
        }
        const next = isAsked ? await nextDeliveryMs(db) : null;
        pause = Math.min(idleMs, Math.max(gatherMs, next ?? idleMs));
        lastProblem = "";
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error);
        if (problem !== lastProblem) log.warn({ err: error }, "webhooks could not be looked after; trying again");
        lastProblem = problem;
      }
      await rest(gatherMs, false);
      await rest(pause, true);
    }
  }

  /** Until there is no room or nothing due. */
  async function sendDue(): Promise<void> {
    while (!isOver) {
      const counts = new Map<string, number>();
      for (const { webhookId } of onTheirWay.keys()) counts.set(webhookId, (counts.get(webhookId) ?? 0) + 1);
      const busy = [...counts].filter(([, count]) => count >= mostPerWebhook).map(([id]) => id);
      const due = await claimDeliveries(db, {
        limit: mostAtOnce - onTheirWay.size,
        perWebhook: mostPerWebhook,
        busy,
      });
      for (const delivery of due) onTheirWay.set(delivery, deliver(delivery));
      if (due.length === 0 || onTheirWay.size >= mostAtOnce) return;
    }
  }

  async function deliver(delivery: DueDelivery): Promise<void> {
    try {
      await attempt(delivery);
    } catch (error) {
      // It is due again in a minute.
      log.warn({ err: error, webhookId: delivery.webhookId }, "what came of a webhook's message could not be noted");
    } finally {
      onTheirWay.delete(delivery);
      wake();
    }
  }

  async function attempt(delivery: DueDelivery): Promise<void> {
    const { id, event } = delivery;
    if (event === null) {
      const error = "What it was about is gone, or no longer the webhook's owner's to see.";
      return noteDelivery(db, id, { status: null, error }, null);
    }
    const secret = secretOf(delivery);
    if (secret === null) {
      const error = "The studio's own secret has changed since this webhook was made. Make it anew.";
      await noteDelivery(db, id, { status: null, error }, null);
      return disableWebhook(db, delivery.webhookId, error);
    }
    const body = JSON.stringify(messageOf(delivery, event));
    const outcome = await sender.send({ id, url: delivery.url, secret, body });
    // Cut by our own end: it goes out again in a minute.
    if (isOver && "error" in outcome) return;
    const decision = decideDelivery(delivery.attempt, outcome, Math.random());
    const status = "status" in outcome ? outcome.status : null;
    const error = decision.next === "delivered" ? null : decision.error;
    await noteDelivery(db, id, { status, error }, decision.next === "again" ? decision.afterSeconds : null);
    if (decision.next === "given-up" && decision.disable) await disableWebhook(db, delivery.webhookId, decision.error);
  }

  function secretOf(delivery: DueDelivery): string | null {
    try {
      return openWebhookSecret(delivery.secretSealed, options.sessionSecret);
    } catch {
      return null;
    }
  }

  async function rest(ms: number, untilRung: boolean): Promise<void> {
    if (isOver || (untilRung && isRung)) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      ring = () => {
        if (!untilRung && !isOver) return;
        clearTimeout(timer);
        resolve();
      };
    });
    ring = () => undefined;
  }
}

/** The body of a message: what SSE says, with where it happened. */
function messageOf(delivery: DueDelivery, event: NonNullable<DueDelivery["event"]>) {
  const { type: _type, ...data } = event.payload;
  return {
    type: delivery.type,
    timestamp: event.createdAt.toISOString(),
    workspaceId: delivery.workspaceId,
    projectId: delivery.projectId,
    position: event.position,
    data,
  };
}
