import { and, desc, eq, inArray, lt, sql } from "drizzle-orm";
import type { Db, DbOrTx } from "#db/client.ts";
import { webhookCursors, webhookDeliveries } from "#db/schema/webhooks.ts";
import type { Id } from "#domain/ids.ts";
import { isAskedFor, webhookTypeOf } from "#domain/webhooks/webhook-events.ts";

export type DeliveryRow = typeof webhookDeliveries.$inferSelect;

/** A webhook's owner still sees the project: by the workspace, or by an invite to the film. */
const ownerMaySee = sql`(
  exists (select 1 from workspace_members m where m.workspace_id = p.workspace_id and m.user_id = w.user_id)
  or exists (select 1 from project_members m where m.project_id = p.id and m.user_id = w.user_id))`;

const projectsAtOnce = 100;
const eventsAtOnce = 200;

type Behind = { webhook_id: Id; project_id: Id; events: string[]; position: string; newest: string };
type Happened = {
  webhook_id: Id;
  project_id: Id;
  id: string;
  position: string;
  type: string;
  job_state: string | null;
};

/**
 * Turns what has happened into messages for the webhooks that ask for it. How far each has come in each project is kept
 * in the same transaction, and positions have no gaps, so nothing is left out and nothing comes twice, whoever dies.
 * @returns whether there is more to do at once; false too when another director is at it
 */
export async function queueDeliveries(db: Db): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [lock] = await tx.execute<{ mine: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtext('webhook deliveries')) as mine`,
    );
    if (lock?.mine !== true) return false;
    const behind = await tx.execute<Behind>(sql`
      select w.id as webhook_id, p.id as project_id, w.events, coalesce(c.position, 0) as position,
        p.event_position as newest
      from webhooks w
      join projects p on p.workspace_id = w.workspace_id and p.deleted_at is null
        and (w.project_id is null or p.id = w.project_id)
      left join webhook_cursors c on c.webhook_id = w.id and c.project_id = p.id
      where w.disabled_at is null and p.event_position > coalesce(c.position, 0) and ${ownerMaySee}
      limit ${projectsAtOnce}`);
    if (behind.length === 0) return false;
    const happened = await tx.execute<Happened>(sql`
      select b.webhook_id, b.project_id, e.id, e.position, e.type, e.payload #>> '{job,state}' as job_state
      from jsonb_to_recordset(${JSON.stringify(behind)}::text::jsonb)
        as b(webhook_id uuid, project_id uuid, position bigint)
      cross join lateral (
        select * from project_events e where e.project_id = b.project_id and e.position > b.position
        order by e.position limit ${eventsAtOnce}) e`);
    const asked = new Map(behind.map((each) => [each.webhook_id, each.events]));
    const made = happened.flatMap((event) => {
      const type = webhookTypeOf(event.type, event.job_state);
      if (!isAskedFor(asked.get(event.webhook_id) ?? [], type)) return [];
      return [{ webhookId: event.webhook_id, projectId: event.project_id, eventId: Number(event.id), type }];
    });
    for (let from = 0; from < made.length; from += 2000)
      await tx.insert(webhookDeliveries).values(made.slice(from, from + 2000));
    const reached = behind.map((each) => {
      const own = happened.filter(
        (event) => event.webhook_id === each.webhook_id && event.project_id === each.project_id,
      );
      // Fewer than asked for: whatever else there was has been swept.
      const last = Math.max(Number(each.position), ...own.map((event) => Number(event.position)));
      return {
        webhookId: each.webhook_id,
        projectId: each.project_id,
        position: own.length < eventsAtOnce ? Math.max(last, Number(each.newest)) : last,
      };
    });
    await tx
      .insert(webhookCursors)
      .values(reached)
      .onConflictDoUpdate({
        target: [webhookCursors.webhookId, webhookCursors.projectId],
        set: { position: sql`excluded.position` },
      });
    return true;
  });
}

/** A message on its way: where to, what, and which try this is. */
export type DueDelivery = {
  id: Id;
  webhookId: Id;
  url: string;
  secretSealed: string;
  attempt: number;
  type: string;
  workspaceId: Id;
  projectId: Id;
  /** The stored event; null when it was swept, or its project is gone or no longer the owner's to see. */
  event: { position: number; payload: Record<string, unknown>; createdAt: Date } | null;
};

/**
 * Takes messages whose time has come and counts a try. They are nobody else's for a minute; a director that dies with
 * one has it sent again then, under the same id.
 * @param busy  webhooks that have as many messages on their way as one may have
 */
export async function claimDeliveries(
  db: DbOrTx,
  want: { limit: number; perWebhook: number; busy: readonly Id[] },
): Promise<DueDelivery[]> {
  const rows = await db.execute<{
    id: Id;
    webhook_id: Id;
    url: string;
    secret_sealed: string;
    attempt: number;
    type: string;
    workspace_id: Id;
    project_id: Id;
    position: string | null;
    payload: Record<string, unknown> | null;
    created_at: string | null;
  }>(sql`
    with due as (
      select d.id from webhooks w cross join lateral (
        select id from webhook_deliveries where webhook_id = w.id and done_at is null and next_at <= now()
        order by next_at limit ${want.perWebhook} for update skip locked) d
      where w.disabled_at is null and not (w.id = any(${sql.param(`{${want.busy.join(",")}}`)}::uuid[]))
      limit ${want.limit}),
    taken as (
      update webhook_deliveries d set attempt = d.attempt + 1, next_at = now() + interval '1 minute'
      from due where d.id = due.id returning d.*)
    select t.id, t.webhook_id, w.url, w.secret_sealed, t.attempt, t.type, w.workspace_id, t.project_id,
      e.position, e.payload, e.created_at
    from taken t
    join webhooks w on w.id = t.webhook_id
    left join projects p on p.id = t.project_id and p.deleted_at is null and ${ownerMaySee}
    left join project_events e on e.id = t.event_id and e.project_id = p.id`);
  return rows.map((row) => ({
    id: row.id,
    webhookId: row.webhook_id,
    url: row.url,
    secretSealed: row.secret_sealed,
    attempt: row.attempt,
    type: row.type,
    workspaceId: row.workspace_id,
    projectId: row.project_id,
    event:
      row.payload === null
        ? null
        : { position: Number(row.position), payload: row.payload, createdAt: new Date(row.created_at ?? 0) },
  }));
}

export type DeliveryNote = { status: number | null; error: string | null };

/** @param afterSeconds  when it comes again; null: never, it is done with */
export async function noteDelivery(db: DbOrTx, id: Id, note: DeliveryNote, afterSeconds: number | null): Promise<void> {
  await db
    .update(webhookDeliveries)
    .set({
      status: note.status,
      error: note.error?.slice(0, 500) ?? null,
      ...(afterSeconds === null
        ? { doneAt: sql`now()` }
        : { nextAt: sql`now() + make_interval(secs => ${afterSeconds})` }),
    })
    .where(eq(webhookDeliveries.id, id));
}

/** @returns how many ms until a message is due; null when none waits */
export async function nextDeliveryMs(db: DbOrTx): Promise<number | null> {
  const [row] = await db.execute<{ ms: number | null }>(sql`
    select (extract(epoch from min(d.next_at) - now()) * 1000)::float8 as ms
    from webhook_deliveries d join webhooks w on w.id = d.webhook_id
    where d.done_at is null and w.disabled_at is null`);
  return row?.ms ?? null;
}

/** Newest first. @param before  the last id of the page before */
export async function listDeliveries(
  db: DbOrTx,
  webhookId: Id,
  page: { limit: number; before?: Id | undefined },
): Promise<DeliveryRow[]> {
  return db
    .select()
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.webhookId, webhookId),
        page.before === undefined ? undefined : lt(webhookDeliveries.id, page.before),
      ),
    )
    .orderBy(desc(webhookDeliveries.id))
    .limit(page.limit);
}

/** Sends a message once more, from its first try on. @returns null when the webhook has none of that id */
export async function repeatDelivery(db: DbOrTx, webhookId: Id, id: Id): Promise<DeliveryRow | null> {
  const [row] = await db
    .update(webhookDeliveries)
    .set({ attempt: 0, doneAt: null, nextAt: sql`now()` })
    .where(and(eq(webhookDeliveries.id, id), eq(webhookDeliveries.webhookId, webhookId)))
    .returning();
  return row ?? null;
}

/** Forgets messages that are long done with. @returns how many */
export async function forgetDeliveries(db: DbOrTx, days: number, most = 5000): Promise<number> {
  const old = db
    .select({ id: webhookDeliveries.id })
    .from(webhookDeliveries)
    .where(sql`${webhookDeliveries.doneAt} < now() - make_interval(days => ${days})`)
    .limit(most);
  return (
    await db.delete(webhookDeliveries).where(inArray(webhookDeliveries.id, old)).returning({ id: webhookDeliveries.id })
  ).length;
}
