import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { changeProject, deleteProject, findProjectFor, listProjectsFor } from "#db/queries/projects.ts";
import { FilmMeta } from "#domain/film/meta.ts";
import { StudioError } from "#domain/errors.ts";
import { filmFor, projectFor, workspaceFor } from "../access.ts";
import { announceAccess } from "../services/access-news.ts";
import { editFilm } from "../services/film-edits.ts";
import { beginProject } from "../services/new-project.ts";
import { beginSampleFilm } from "../services/sample-film.ts";
import { checkScreenplay } from "../services/screenplay-text.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, ById, callerIn, Done, jsonBody, PageQuery, security, type Api } from "./api.ts";
import { projectWithFilm, ProjectView, ProjectWithFilm, viewProject } from "./project-view.ts";

const Title = z.string().trim().min(1, "a film needs a title").max(200);
const NewProject = FilmMeta.partial().extend({
  workspaceId: z.string(),
  title: Title,
  /** Fountain or plain text to begin with. */
  screenplay: z.string().optional(),
});
const Cursor = z.object({ updatedAt: z.iso.datetime(), id: z.guid() });

export function projectRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "get",
      path: "/projects",
      summary: "What the caller may open, last touched first",
      security,
      request: { query: PageQuery.extend({ workspaceId: z.string().optional() }) },
      responses: answers(
        200,
        z.object({ projects: z.array(ProjectView), cursor: z.string().optional() }),
        "A page of projects",
      ),
    }),
    async (c) => {
      const { limit, cursor, workspaceId } = c.req.valid("query");
      const caller = callerIn(c);
      if (workspaceId !== undefined) await workspaceFor(parts, caller, workspaceId, "read");
      const rows = await listProjectsFor(parts.db, caller.userId, {
        workspaceId,
        limit: limit + 1,
        before: readCursor(cursor),
      });
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const more = rows.length > limit && last !== undefined;
      const next = more
        ? Buffer.from(JSON.stringify({ updatedAt: last.updatedAt.toISOString(), id: last.id })).toString("base64url")
        : undefined;
      return c.json({ projects: page.map(viewProject), ...(next === undefined ? {} : { cursor: next }) }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/projects",
      summary: "Begin a film",
      security,
      request: jsonBody(NewProject),
      responses: answers(201, ProjectWithFilm, "Begun"),
    }),
    async (c) => {
      const caller = callerIn(c);
      const { workspaceId, title, screenplay, ...size } = c.req.valid("json");
      const workspace = await workspaceFor(parts, caller, workspaceId, "edit");
      if (screenplay !== undefined) checkScreenplay(screenplay);
      const id = await beginProject(parts, {
        workspaceId: workspace.id,
        createdBy: caller.userId,
        title,
        size,
        screenplay,
      });
      return c.json(await projectWithFilm(parts, await projectFor(parts, caller, id, "read")), 201);
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/projects/sample",
      summary: "Open a copy of the sample film, with its previz takes",
      security,
      request: jsonBody(z.object({ workspaceId: z.string() })),
      responses: answers(201, ProjectWithFilm, "A film that plays at once"),
    }),
    async (c) => {
      const caller = callerIn(c);
      const workspace = await workspaceFor(parts, caller, c.req.valid("json").workspaceId, "edit");
      const id = await beginSampleFilm(parts, { workspaceId: workspace.id, createdBy: caller.userId });
      return c.json(await projectWithFilm(parts, await projectFor(parts, caller, id, "read")), 201);
    },
  );

  api.openapi(
    createRoute({
      method: "get",
      path: "/projects/{id}",
      summary: "A project and its film: the plain, validated snapshot of the document",
      security,
      request: { params: ById },
      responses: answers(200, ProjectWithFilm, "Project and film"),
    }),
    async (c) =>
      c.json(await projectWithFilm(parts, await filmFor(parts, callerIn(c), c.req.valid("param").id, "read")), 200),
  );

  api.openapi(
    createRoute({
      method: "patch",
      path: "/projects/{id}",
      summary: "Change title, size or rate",
      security,
      request: { params: ById, ...jsonBody(FilmMeta.partial().extend({ title: Title.optional() })) },
      responses: answers(200, ProjectWithFilm, "Project and film as they are now"),
    }),
    async (c) => {
      const caller = callerIn(c);
      const project = await filmFor(parts, caller, c.req.valid("param").id, "edit");
      const patch = c.req.valid("json");
      await editFilm(parts.bus, project.id, { kind: "change-meta", patch });
      if (patch.title !== undefined) await changeProject(parts.db, project.id, { title: patch.title });
      return c.json(await projectWithFilm(parts, await projectFor(parts, caller, project.id, "read")), 200);
    },
  );

  api.openapi(
    createRoute({
      method: "delete",
      path: "/projects/{id}",
      summary: "Delete a film",
      security,
      request: { params: ById },
      responses: answers(200, Done, "Gone for everybody; open sockets close"),
    }),
    async (c) => {
      const caller = callerIn(c);
      const project = await findProjectFor(
        parts.db,
        (await projectFor(parts, caller, c.req.valid("param").id, "manage")).id,
        caller.userId,
      );
      if (project === null || !(await deleteProject(parts.db, project.id)))
        throw new StudioError("thing/not-found", "There is no such project.");
      announceAccess(parts.bus, { projectId: project.id });
      return c.json({ ok: true as const }, 200);
    },
  );
}

function readCursor(cursor: string | undefined): z.infer<typeof Cursor> | undefined {
  if (cursor === undefined) return undefined;
  try {
    return Cursor.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch (cause) {
    throw new StudioError("request/invalid", "cursor: not one of ours", { cause });
  }
}
