import { randomBytes } from "node:crypto";
import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { type DeliveryRow, listDeliveries, repeatDelivery } from "#db/queries/webhook-deliveries.ts";
import {
  changeWebhook,
  deleteWebhook,
  findWebhook,
  insertWebhook,
  listWebhooks,
  mostWebhooks,
  type WebhookRow,
} from "#db/queries/webhooks.ts";
import { ensurePersonalWorkspace } from "#db/queries/users.ts";
import { StudioError } from "#domain/errors.ts";
import { usualWebhookEvents, WebhookEvent } from "#domain/webhooks/webhook-events.ts";
import { isUuid, projectFor, workspaceFor } from "../access.ts";
import type { Caller } from "../auth.ts";
import { refuseWebhookUrl } from "../services/webhook-address.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, ById, callerIn, Done, jsonBody, PageQuery, security, type Api } from "./api.ts";
import { IdCursor, pageOf, readCursor } from "./cursor.ts";

const WebhookView = z.object({
  id: z.string(),
  workspaceId: z.string(),
  /** Null: of every film of the workspace. */
  projectId: z.string().nullable(),
  url: z.string(),
  events: z.array(WebhookEvent),
  enabled: z.boolean(),
  /** Why it was switched off. */
  disabledReason: z.string().optional(),
  createdAt: z.string(),
});
const Events = z.array(WebhookEvent).min(1, "name at least one event").max(20);
const Address = z.string().trim().max(2000);
const NewWebhook = z.object({
  url: Address,
  events: Events.optional(),
  /** Only this film. */
  projectId: z.string().optional(),
  /** Every film of this workspace; the caller's own when neither is said. */
  workspaceId: z.string().optional(),
});
const WebhookChange = z.object({ url: Address.optional(), events: Events.optional(), enabled: z.boolean().optional() });
const DeliveryView = z.object({
  id: z.string(),
  type: z.string(),
  projectId: z.string(),
  state: z.enum(["waiting", "delivered", "given-up"]),
  /** Tries so far. */
  attempt: z.number().int(),
  /** Of the last answer. */
  status: z.number().int().nullable(),
  error: z.string().nullable(),
  /** Of the next try, while it waits. */
  nextAt: z.string().optional(),
  doneAt: z.string().optional(),
  createdAt: z.string(),
});
const DeliveryPath = ById.extend({ deliveryId: z.string().min(1).max(64) });

/** Addresses that are told what happens in the caller's films. */
export function webhookRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "post",
      path: "/webhooks",
      summary: "Be told of what happens in a film or a workspace, by signed messages to an address",
      security,
      request: jsonBody(NewWebhook),
      responses: answers(
        201,
        z.object({ webhook: WebhookView, secret: z.string() }),
        "Made; what its messages are signed with is shown this once",
      ),
    }),
    async (c) => {
      const caller = callerIn(c);
      const want = c.req.valid("json");
      checkAddress(parts, want.url);
      const place = await placeFor(parts, caller, want);
      const secret = `whsec_${randomBytes(32).toString("base64")}`;
      const row = await insertWebhook(
        parts.db,
        { userId: caller.userId, ...place, url: want.url, events: want.events ?? usualWebhookEvents, secret },
        parts.env.sessionSecret,
      );
      if (row === null)
        throw new StudioError("thing/conflict", `A person has at most ${mostWebhooks} webhooks. Remove one first.`);
      return c.json({ webhook: view(row), secret }, 201);
    },
  );

  api.openapi(
    createRoute({
      method: "get",
      path: "/webhooks",
      summary: "The caller's webhooks, newest first",
      security,
      request: { query: PageQuery },
      responses: answers(
        200,
        z.object({ webhooks: z.array(WebhookView), cursor: z.string().optional() }),
        "A page of webhooks, without their secrets",
      ),
    }),
    async (c) => {
      const { limit, cursor } = c.req.valid("query");
      const before = readCursor(IdCursor, cursor);
      const rows = await listWebhooks(parts.db, callerIn(c).userId, { limit: limit + 1, before });
      const { page, ...next } = pageOf(rows, limit, (last) => last.id);
      return c.json({ webhooks: page.map(view), ...next }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "get",
      path: "/webhooks/{id}",
      summary: "One webhook",
      security,
      request: { params: ById },
      responses: answers(200, z.object({ webhook: WebhookView }), "The webhook"),
    }),
    async (c) => c.json({ webhook: view(await webhookFor(parts, callerIn(c), c.req.valid("param").id)) }, 200),
  );

  api.openapi(
    createRoute({
      method: "patch",
      path: "/webhooks/{id}",
      summary: "Give a webhook another address or other events, switch it off, or on again",
      security,
      request: { params: ById, ...jsonBody(WebhookChange) },
      responses: answers(200, z.object({ webhook: WebhookView }), "As it is now"),
    }),
    async (c) => {
      const caller = callerIn(c);
      const { url, events, enabled } = c.req.valid("json");
      if (url !== undefined) checkAddress(parts, url);
      const { id } = await webhookFor(parts, caller, c.req.valid("param").id);
      const row = await changeWebhook(parts.db, caller.userId, id, {
        ...(url === undefined ? {} : { url }),
        ...(events === undefined ? {} : { events }),
        ...(enabled === undefined ? {} : { enabled }),
      });
      if (row === null) throw noSuchWebhook();
      return c.json({ webhook: view(row) }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "delete",
      path: "/webhooks/{id}",
      summary: "Remove a webhook, with what waits to be sent",
      security,
      request: { params: ById },
      responses: answers(200, Done, "It is told nothing any more"),
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      if (!isUuid(id) || !(await deleteWebhook(parts.db, callerIn(c).userId, id))) throw noSuchWebhook();
      return c.json({ ok: true as const }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "get",
      path: "/webhooks/{id}/deliveries",
      summary: "What was sent to a webhook and what came of it, newest first; kept for two weeks",
      security,
      request: { params: ById, query: PageQuery },
      responses: answers(
        200,
        z.object({ deliveries: z.array(DeliveryView), cursor: z.string().optional() }),
        "A page of the log",
      ),
    }),
    async (c) => {
      const { limit, cursor } = c.req.valid("query");
      const { id } = await webhookFor(parts, callerIn(c), c.req.valid("param").id);
      const rows = await listDeliveries(parts.db, id, { limit: limit + 1, before: readCursor(IdCursor, cursor) });
      const { page, ...next } = pageOf(rows, limit, (last) => last.id);
      return c.json({ deliveries: page.map(viewDelivery), ...next }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/webhooks/{id}/deliveries/{deliveryId}/redeliver",
      summary: "Send a message once more, under the same id",
      security,
      request: { params: DeliveryPath },
      responses: answers(202, z.object({ delivery: DeliveryView }), "It waits to be sent"),
    }),
    async (c) => {
      const { id, deliveryId } = c.req.valid("param");
      const webhook = await webhookFor(parts, callerIn(c), id);
      if (webhook.disabledAt !== null)
        throw new StudioError("thing/conflict", "This webhook is switched off. Switch it on first.");
      const row = isUuid(deliveryId) ? await repeatDelivery(parts.db, webhook.id, deliveryId) : null;
      if (row === null) throw new StudioError("thing/not-found", "There is no such message in this webhook's log.");
      return c.json({ delivery: viewDelivery(row) }, 202);
    },
  );
}

/** Messages tell of everything in there, so only who may change it may have them sent out. */
async function placeFor(
  parts: StudioParts,
  caller: Caller,
  want: { projectId?: string | undefined; workspaceId?: string | undefined },
): Promise<{ workspaceId: string; projectId: string | null }> {
  if (want.projectId !== undefined) {
    const project = await projectFor(parts, caller, want.projectId, "edit");
    if (want.workspaceId !== undefined && want.workspaceId !== project.workspaceId)
      throw new StudioError("thing/not-found", "There is no such project in this workspace.");
    return { workspaceId: project.workspaceId, projectId: project.id };
  }
  if (want.workspaceId !== undefined)
    return { workspaceId: (await workspaceFor(parts, caller, want.workspaceId, "edit")).id, projectId: null };
  const own = await ensurePersonalWorkspace(parts.db, { id: caller.userId, name: caller.name });
  return { workspaceId: own.id, projectId: null };
}

async function webhookFor(parts: StudioParts, caller: Caller, id: string): Promise<WebhookRow> {
  const row = isUuid(id) ? await findWebhook(parts.db, caller.userId, id) : null;
  if (row === null) throw noSuchWebhook();
  return row;
}

function checkAddress(parts: StudioParts, url: string): void {
  const refusal = refuseWebhookUrl(url, parts.env.webhooksAllowPrivate);
  if (refusal !== null)
    throw new StudioError("request/invalid", `url: ${refusal}`, {
      details: { fields: [{ field: "url", message: refusal }] },
    });
}

function noSuchWebhook(): StudioError {
  return new StudioError("thing/not-found", "There is no such webhook, or it is not yours to see.");
}

function view(row: WebhookRow): z.infer<typeof WebhookView> {
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    projectId: row.projectId,
    url: row.url,
    events: row.events,
    enabled: row.disabledAt === null,
    ...(row.disabledReason === null ? {} : { disabledReason: row.disabledReason }),
    createdAt: row.createdAt.toISOString(),
  };
}

function viewDelivery(row: DeliveryRow): z.infer<typeof DeliveryView> {
  const isDelivered = row.status !== null && row.status >= 200 && row.status < 300;
  return {
    id: row.id,
    type: row.type,
    projectId: row.projectId,
    state: row.doneAt === null ? "waiting" : isDelivered ? "delivered" : "given-up",
    attempt: row.attempt,
    status: row.status,
    error: row.error,
    ...(row.doneAt === null ? { nextAt: row.nextAt.toISOString() } : { doneAt: row.doneAt.toISOString() }),
    createdAt: row.createdAt.toISOString(),
  };
}
