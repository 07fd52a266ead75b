import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { takesPage } from "#db/queries/takes.ts";
import { TakeView } from "#domain/jobs/messages/views.ts";
import { projectFor, takeFor } from "../access.ts";
import { editFilm } from "../services/film-edits.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, ById, callerIn, PageQuery, security, type Api } from "./api.ts";
import { IdCursor, pageOf, readCursor } from "./cursor.ts";

export function takeRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "get",
      path: "/projects/{id}/takes",
      summary: "Finished renders, newest first: of one shot, or of all",
      security,
      request: { params: ById, query: PageQuery.extend({ shotId: z.string().optional() }) },
      responses: answers(200, z.object({ takes: z.array(TakeView), cursor: z.string().optional() }), "A page of takes"),
    }),
    async (c) => {
      const project = await projectFor(parts, callerIn(c), c.req.valid("param").id, "read");
      const { limit, cursor, shotId } = c.req.valid("query");
      const before = readCursor(IdCursor, cursor);
      const rows = await takesPage(parts.db, project.id, { limit: limit + 1, before, shotId });
      const { page, ...next } = pageOf(rows, limit, (last) => last.id);
      return c.json({ takes: page, ...next }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/takes/{id}/choose",
      summary: "Play this take wherever its shot is used",
      security,
      request: { params: ById },
      responses: answers(200, z.object({ take: TakeView }), "Chosen"),
    }),
    async (c) => {
      const { take } = await takeFor(parts, callerIn(c), c.req.valid("param").id, "edit");
      await editFilm(parts.bus, take.projectId, { kind: "choose-take", shotId: take.shotId, takeId: take.id });
      return c.json({ take }, 200);
    },
  );
}
