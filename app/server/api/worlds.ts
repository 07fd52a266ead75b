import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { findWorld, keepWorld, listWorlds, type WorldRow } from "#db/queries/worlds.ts";
import { WorldElements, WorldKey, WorldSource } from "#domain/episode/world.ts";
import { StudioError } from "#domain/errors.ts";
import { workspaceOf } from "../episode-access.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, callerIn, jsonBody, PageQuery, security, type Api } from "./api.ts";
import { pageOf, readCursor } from "./cursor.ts";

const WorldView = z.object({
  world_id: z.string(),
  /** How it began: written down by a person or a plan, or read out of reference pictures. */
  source: WorldSource,
  elements: WorldElements,
  updated_at: z.string(),
});
const ByKey = z.object({ world_id: WorldKey });
const InWorkspace = z.object({ workspaceId: z.string().optional() });

/** Worlds: what a workspace keeps of the people, places and things that its episodes play with. */
export function worldRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "get",
      path: "/worlds",
      summary: "The worlds a workspace keeps, by name; the caller's own workspace unless one is named",
      security,
      request: { query: PageQuery.extend(InWorkspace.shape) },
      responses: answers(
        200,
        z.object({ worlds: z.array(WorldView), cursor: z.string().optional() }),
        "A page of worlds",
      ),
    }),
    async (c) => {
      const { limit, cursor, workspaceId } = c.req.valid("query");
      const workspace = await workspaceOf(parts, callerIn(c), workspaceId, "read");
      const rows = await listWorlds(parts.db, workspace.id, { limit: limit + 1, after: readCursor(WorldKey, cursor) });
      const { page, ...next } = pageOf(rows, limit, (last) => last.key);
      return c.json({ worlds: page.map(viewWorld), ...next }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "get",
      path: "/worlds/{world_id}",
      summary: "One world with its elements",
      security,
      request: { params: ByKey, query: InWorkspace },
      responses: answers(200, WorldView, "As the next episode in it will be planned"),
    }),
    async (c) => {
      const workspace = await workspaceOf(parts, callerIn(c), c.req.valid("query").workspaceId, "read");
      const row = await findWorld(parts.db, workspace.id, c.req.valid("param").world_id);
      if (row === null) throw new StudioError("thing/not-found", "Nothing is kept of this world yet.");
      return c.json(viewWorld(row), 200);
    },
  );

  api.openapi(
    createRoute({
      method: "put",
      path: "/worlds/{world_id}",
      summary: "Say what a world holds; films that were planned in it before stay as they are",
      security,
      request: { params: ByKey, query: InWorkspace, ...jsonBody(z.object({ elements: WorldElements })) },
      responses: answers(200, WorldView, "Kept"),
    }),
    async (c) => {
      const workspace = await workspaceOf(parts, callerIn(c), c.req.valid("query").workspaceId, "edit");
      const key = c.req.valid("param").world_id;
      const { elements } = c.req.valid("json");
      return c.json(
        viewWorld(await keepWorld(parts.db, { workspaceId: workspace.id, key, elements, source: "stored" })),
        200,
      );
    },
  );
}

function viewWorld(row: WorldRow): z.infer<typeof WorldView> {
  return { world_id: row.key, source: row.source, elements: row.elements, updated_at: row.updatedAt.toISOString() };
}
