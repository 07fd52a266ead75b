import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import {
  changeMember,
  createWorkspace,
  listMembers,
  listWorkspaces,
  type WorkspaceRow,
} from "#db/queries/workspaces.ts";
import { Role } from "#domain/collab/access.ts";
import { StudioError } from "#domain/errors.ts";
import { workspaceFor } from "../access.ts";
import { announceAccess } from "../services/access-news.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, ById, callerIn, Done, jsonBody, PageQuery, security, type Api } from "./api.ts";
import { pageOf, readCursor } from "./cursor.ts";

export const WorkspaceView = z.object({
  id: z.string(),
  name: z.string(),
  role: Role,
  /** Made when the person came in. */
  personal: z.boolean(),
  createdAt: z.string(),
});
const MemberView = z.object({
  userId: z.string(),
  name: z.string(),
  color: z.string(),
  isGuest: z.boolean(),
  role: Role,
  joinedAt: z.string(),
});
const WorkspacePlace = z.object({ personal: z.boolean(), id: z.uuid() });
const MemberPlace = z.object({ at: z.number().int(), userId: z.string().max(64) });
const MemberPath = ById.extend({ userId: z.string().min(1).max(64) });

export function viewWorkspace(row: WorkspaceRow): z.infer<typeof WorkspaceView> {
  return { ...row, createdAt: row.createdAt.toISOString() };
}

export function workspaceRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "get",
      path: "/workspaces",
      summary: "The caller's workspaces, their own first",
      security,
      request: { query: PageQuery },
      responses: answers(
        200,
        z.object({ workspaces: z.array(WorkspaceView), cursor: z.string().optional() }),
        "A page of workspaces",
      ),
    }),
    async (c) => {
      const { limit, cursor } = c.req.valid("query");
      const after = readCursor(WorkspacePlace, cursor);
      const rows = await listWorkspaces(parts.db, callerIn(c).userId, { limit: limit + 1, after });
      const { page, ...next } = pageOf(rows, limit, ({ personal, id }) => ({ personal, id }));
      return c.json({ workspaces: page.map(viewWorkspace), ...next }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/workspaces",
      summary: "Make a workspace for a team",
      security,
      request: jsonBody(z.object({ name: z.string().trim().min(1).max(120) })),
      responses: answers(201, z.object({ workspace: WorkspaceView }), "Made; the caller owns it"),
    }),
    async (c) => {
      const row = await createWorkspace(parts.db, { name: c.req.valid("json").name, ownerId: callerIn(c).userId });
      return c.json({ workspace: viewWorkspace(row) }, 201);
    },
  );

  api.openapi(
    createRoute({
      method: "get",
      path: "/workspaces/{id}/members",
      summary: "Who is in a workspace, and as what",
      security,
      request: { params: ById, query: PageQuery },
      responses: answers(
        200,
        z.object({ members: z.array(MemberView), cursor: z.string().optional() }),
        "A page of members, in the order they came",
      ),
    }),
    async (c) => {
      const workspace = await workspaceFor(parts, callerIn(c), c.req.valid("param").id, "read");
      const { limit, cursor } = c.req.valid("query");
      const after = readCursor(MemberPlace, cursor);
      const rows = await listMembers(parts.db, workspace.id, { limit: limit + 1, after });
      const { page, ...next } = pageOf(rows, limit, (last) => last.place);
      const members = page.map(({ joinedAt, place: _place, ...member }) => ({
        ...member,
        joinedAt: joinedAt.toISOString(),
      }));
      return c.json({ members, ...next }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "patch",
      path: "/workspaces/{id}/members/{userId}",
      summary: "Give a member another role",
      security,
      request: { params: MemberPath, ...jsonBody(z.object({ role: Role })) },
      responses: answers(200, Done, "Changed; open sockets look again"),
    }),
    async (c) => {
      const { id, userId } = c.req.valid("param");
      const workspace = await workspaceFor(parts, callerIn(c), id, "manage");
      await change(parts, workspace.id, userId, c.req.valid("json").role);
      return c.json({ ok: true as const }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "delete",
      path: "/workspaces/{id}/members/{userId}",
      summary: "Remove a member, or leave",
      security,
      request: { params: MemberPath },
      responses: answers(200, Done, "Removed; their sockets close"),
    }),
    async (c) => {
      const { id, userId } = c.req.valid("param");
      const caller = callerIn(c);
      // Anybody may leave.
      const workspace = await workspaceFor(parts, caller, id, userId === caller.userId ? "read" : "manage");
      await change(parts, workspace.id, userId, null);
      return c.json({ ok: true as const }, 200);
    },
  );
}

async function change(parts: StudioParts, workspaceId: string, userId: string, role: Role | null): Promise<void> {
  const outcome = await changeMember(parts.db, workspaceId, userId, role);
  if (outcome === "no-such-member") throw new StudioError("thing/not-found", "There is no such member.");
  if (outcome === "last-owner")
    throw new StudioError("thing/conflict", "A workspace keeps at least one owner. Make somebody else an owner first.");
  announceAccess(parts.bus, { userId, workspaceId });
}
