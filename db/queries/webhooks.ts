import { and, count, desc, eq, isNull, lt, sql } from "drizzle-orm";
import type { Db, DbOrTx } from "#db/client.ts";
import { openSealed, seal } from "#db/sealed.ts";
import { webhooks } from "#db/schema/webhooks.ts";
import { WebhookEvent } from "#domain/webhooks/webhook-events.ts";
import type { Id } from "#domain/ids.ts";

export type WebhookRow = Omit<typeof webhooks.$inferSelect, "secretSealed" | "events"> & { events: WebhookEvent[] };

const purpose = "webhook secrets";

/** A person has few; each is a line that every event is held against. */
export const mostWebhooks = 20;

export type NewWebhook = {
  userId: string;
  workspaceId: Id;
  projectId: Id | null;
  url: string;
  events: readonly WebhookEvent[];
  /** What its messages are signed with, e.g. "whsec_…"; kept sealed. */
  secret: string;
};

/** It hears of what happens from now on. @returns null when the person has as many as one may have */
export async function insertWebhook(db: Db, webhook: NewWebhook, sessionSecret: string): Promise<WebhookRow | null> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`webhooks:${webhook.userId}`}))`);
    const [have] = await tx.select({ count: count() }).from(webhooks).where(eq(webhooks.userId, webhook.userId));
    if ((have?.count ?? 0) >= mostWebhooks) return null;
    const { secret, events, ...rest } = webhook;
    const [row] = await tx
      .insert(webhooks)
      .values({ ...rest, events: [...events], secretSealed: seal(secret, sessionSecret, purpose) })
      .returning();
    if (row === undefined) throw new Error("insert without a row");
    await beginNow(tx, row.id);
    return toRow(row);
  });
}

/** Newest first. @param before  the last id of the page before */
export async function listWebhooks(
  db: DbOrTx,
  userId: string,
  page: { limit: number; before?: Id | undefined },
): Promise<WebhookRow[]> {
  const rows = await db
    .select()
    .from(webhooks)
    .where(and(eq(webhooks.userId, userId), page.before === undefined ? undefined : lt(webhooks.id, page.before)))
    .orderBy(desc(webhooks.id))
    .limit(page.limit);
  return rows.map(toRow);
}

export async function findWebhook(db: DbOrTx, userId: string, id: Id): Promise<WebhookRow | null> {
  const [row] = await db.select().from(webhooks).where(isTheirs(userId, id));
  return row === undefined ? null : toRow(row);
}

export type WebhookPatch = { url?: string; events?: readonly WebhookEvent[]; enabled?: boolean };

/** One that is switched on again hears of what happens from then on. @returns null when there is none */
export async function changeWebhook(db: Db, userId: string, id: Id, patch: WebhookPatch): Promise<WebhookRow | null> {
  return db.transaction(async (tx) => {
    const [before] = await tx.select().from(webhooks).where(isTheirs(userId, id)).for("update");
    if (before === undefined) return null;
    const switchOn = patch.enabled === true && before.disabledAt !== null;
    const switchOff = patch.enabled === false && before.disabledAt === null;
    const change = {
      ...(patch.url === undefined ? {} : { url: patch.url }),
      ...(patch.events === undefined ? {} : { events: [...patch.events] }),
      ...(switchOn ? { disabledAt: null, disabledReason: null } : {}),
      ...(switchOff ? { disabledAt: new Date(), disabledReason: "Switched off by its owner." } : {}),
    };
    if (switchOn) await beginNow(tx, id);
    if (Object.keys(change).length === 0) return toRow(before);
    const [row] = await tx.update(webhooks).set(change).where(eq(webhooks.id, id)).returning();
    return row === undefined ? null : toRow(row);
  });
}

/** What waits for it goes with it. @returns whether it was there and theirs */
export async function deleteWebhook(db: DbOrTx, userId: string, id: Id): Promise<boolean> {
  return (await db.delete(webhooks).where(isTheirs(userId, id)).returning({ id: webhooks.id })).length > 0;
}

/** Whether anybody wants to be told anything: most studios' events concern no webhook. */
export async function hasWebhooks(db: DbOrTx): Promise<boolean> {
  const rows = await db.select({ id: webhooks.id }).from(webhooks).where(isNull(webhooks.disabledAt)).limit(1);
  return rows.length > 0;
}

/** Nobody answers there: no more is sent until its owner switches it on again. */
export async function disableWebhook(db: DbOrTx, id: Id, reason: string): Promise<void> {
  await db
    .update(webhooks)
    .set({ disabledAt: new Date(), disabledReason: reason.slice(0, 500) })
    .where(and(eq(webhooks.id, id), isNull(webhooks.disabledAt)));
}

/** @throws Error when it was sealed with another SESSION_SECRET */
export function openWebhookSecret(sealed: string, sessionSecret: string): string {
  return openSealed(sealed, sessionSecret, purpose);
}

/** Leaves out everything that has happened so far, in the projects there are; a later one is heard from its beginning. */
async function beginNow(tx: DbOrTx, webhookId: Id): Promise<void> {
  await tx.execute(sql`
    insert into webhook_cursors (webhook_id, project_id, position)
    select w.id, p.id, p.event_position from webhooks w
    join projects p on p.workspace_id = w.workspace_id and (w.project_id is null or p.id = w.project_id)
    where w.id = ${webhookId}
    on conflict (webhook_id, project_id) do update set position = excluded.position`);
}

function isTheirs(userId: string, id: Id) {
  return and(eq(webhooks.id, id), eq(webhooks.userId, userId));
}

function toRow({ secretSealed: _sealed, events, ...row }: typeof webhooks.$inferSelect): WebhookRow {
  return { ...row, events: WebhookEvent.array().parse(events) };
}
