import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { changeUser } from "#db/queries/users.ts";
import { listWorkspaces } from "#db/queries/workspaces.ts";
import { PeerColor } from "#domain/collab/presence.ts";
import { callerOf } from "../auth.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, callerIn, jsonBody, security, type Api } from "./api.ts";
import { UserView } from "./guests.ts";
import { viewWorkspace, WorkspaceView } from "./workspaces.ts";

const MeView = z.object({ user: UserView, workspaces: z.array(WorkspaceView) });

export function meRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "get",
      path: "/me",
      summary: "Who asks, and their workspaces",
      security,
      responses: answers(200, MeView, "The caller"),
    }),
    async (c) => {
      const { userId, name, color, isGuest, email } = callerIn(c);
      const workspaces = await listWorkspaces(parts.db, userId);
      return c.json(
        { user: { id: userId, name, color, isGuest, email }, workspaces: workspaces.map(viewWorkspace) },
        200,
      );
    },
  );

  api.openapi(
    createRoute({
      method: "patch",
      path: "/me",
      summary: "Change one's own name or colour",
      security,
      request: jsonBody(z.object({ name: z.string().trim().min(1).max(60).optional(), color: PeerColor.optional() })),
      responses: answers(200, z.object({ user: UserView }), "The caller as they are now"),
    }),
    async (c) => {
      const caller = callerIn(c);
      const { name, color } = c.req.valid("json");
      const row = await changeUser(parts.db, caller.userId, {
        ...(name === undefined ? {} : { name }),
        ...(color === undefined ? {} : { color }),
      });
      const now = row === null ? caller : callerOf(row, caller.by);
      return c.json(
        { user: { id: now.userId, name: now.name, color: now.color, isGuest: now.isGuest, email: now.email } },
        200,
      );
    },
  );
}
