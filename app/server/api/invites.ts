import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import {
  acceptInvite,
  findInvite,
  insertInvite,
  listInvites,
  revokeInvite,
  stateOfInvite,
  type InviteRow,
} from "#db/queries/invites.ts";
import { Role } from "#domain/collab/access.ts";
import { StudioError } from "#domain/errors.ts";
import { inviteFor, projectFor, workspaceFor } from "../access.ts";
import { addressHeader } from "../auth.ts";
import { originOf } from "../request-origin.ts";
import { hashSecret, newSecret } from "../secrets.ts";
import { announceAccess } from "../services/access-news.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, ById, callerIn, Done, jsonBody, PageQuery, security, type Api } from "./api.ts";
import { IdCursor, pageOf, readCursor } from "./cursor.ts";

const InviteView = z.object({
  id: z.string(),
  workspaceId: z.string(),
  projectId: z.string().nullable(),
  role: Role,
  expiresAt: z.string().nullable(),
  maxUses: z.number().int().nullable(),
  uses: z.number().int(),
  state: z.enum(["open", "expired", "revoked", "used-up"]),
  createdAt: z.string(),
});
const NewInvite = z.object({
  role: Role.exclude(["owner"]),
  expiresInHours: z
    .number()
    .positive()
    .max(24 * 365)
    .optional(),
  maxUses: z.number().int().min(1).max(1000).optional(),
  /** Only this film, not the whole workspace. */
  projectId: z.string().optional(),
});

const whyNot = {
  expired: "This invite has expired. Ask for a new link.",
  revoked: "This invite was taken back. Ask for a new link.",
  "used-up": "This invite has been used as often as it allows. Ask for a new link.",
} as const;

/** Links that let people in. The token is in the link only; we keep its hash. */
export function inviteRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "post",
      path: "/workspaces/{id}/invites",
      summary: "Make an invite link to a workspace or to one of its films",
      security,
      request: { params: ById, ...jsonBody(NewInvite) },
      responses: answers(
        201,
        InviteView.extend({ url: z.string(), token: z.string() }),
        "The link; its token is shown this once",
      ),
    }),
    async (c) => {
      const caller = callerIn(c);
      const want = c.req.valid("json");
      const workspace = await workspaceFor(parts, caller, c.req.valid("param").id, "manage");
      if (want.projectId !== undefined) {
        const project = await projectFor(parts, caller, want.projectId, "manage");
        if (project.workspaceId !== workspace.id)
          throw new StudioError("thing/not-found", "There is no such project in this workspace.");
      }
      const { token, hash } = newSecret("inv");
      const id = await insertInvite(parts.db, {
        workspaceId: workspace.id,
        projectId: want.projectId ?? null,
        role: want.role,
        tokenHash: hash,
        expiresAt: want.expiresInHours === undefined ? null : new Date(parts.now() + want.expiresInHours * 3_600_000),
        maxUses: want.maxUses ?? null,
        createdBy: caller.userId,
      });
      const made = await findInvite(parts.db, id);
      if (made === null) throw new Error("an invite that is gone at once");
      return c.json(
        { ...view(made, parts.now()), url: `${originOf(c.req.raw, parts.env)}/invite/${token}`, token },
        201,
      );
    },
  );

  api.openapi(
    createRoute({
      method: "get",
      path: "/workspaces/{id}/invites",
      summary: "The invites of a workspace, newest first",
      security,
      request: { params: ById, query: PageQuery },
      responses: answers(
        200,
        z.object({ invites: z.array(InviteView), cursor: z.string().optional() }),
        "A page of invites, without their tokens",
      ),
    }),
    async (c) => {
      const workspace = await workspaceFor(parts, callerIn(c), c.req.valid("param").id, "manage");
      const { limit, cursor } = c.req.valid("query");
      const before = readCursor(IdCursor, cursor);
      const rows = await listInvites(parts.db, workspace.id, { limit: limit + 1, before });
      const { page, ...next } = pageOf(rows, limit, (last) => last.id);
      return c.json({ invites: page.map((row) => view(row, parts.now())), ...next }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "delete",
      path: "/invites/{id}",
      summary: "Take an invite back",
      security,
      request: { params: ById },
      responses: answers(200, Done, "Nobody can come in by it any more; who came in stays"),
    }),
    async (c) => {
      const invite = await inviteFor(parts, callerIn(c), c.req.valid("param").id);
      await revokeInvite(parts.db, invite.id);
      return c.json({ ok: true as const }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/invites/accept",
      summary: "Come in by an invite",
      security,
      request: jsonBody(z.object({ token: z.string().min(1).max(200) })),
      responses: answers(
        200,
        z.object({ workspaceId: z.string(), projectId: z.string().nullable(), role: Role }),
        "In. Accepting again changes nothing and uses nothing up",
      ),
    }),
    async (c) => {
      const { userId } = callerIn(c);
      parts.inviteLimit.take(c.req.header(addressHeader) ?? "unknown");
      const outcome = await acceptInvite(
        parts.db,
        hashSecret(c.req.valid("json").token),
        userId,
        new Date(parts.now()),
      );
      if (outcome.status === "unknown")
        throw new StudioError("thing/not-found", "This invite link is not one of ours.");
      if (outcome.status === "refused") throw new StudioError("invite/expired", whyNot[outcome.state]);
      const { workspaceId, projectId } = outcome.invite;
      if (outcome.changed)
        announceAccess(parts.bus, projectId === null ? { userId, workspaceId } : { userId, projectId });
      return c.json({ workspaceId, projectId, role: outcome.role }, 200);
    },
  );
}

function view(row: InviteRow, now: number): z.infer<typeof InviteView> {
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    projectId: row.projectId,
    role: row.role,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    maxUses: row.maxUses,
    uses: row.uses,
    state: stateOfInvite(row, new Date(now)),
    createdAt: row.createdAt.toISOString(),
  };
}
