import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { filmFor } from "../access.ts";
import { editFilm } from "../services/film-edits.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, ById, callerIn, optionalBody, security, type Api } from "./api.ts";
import { projectWithFilm, ProjectWithFilm } from "./project-view.ts";

export function timelineRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "post",
      path: "/projects/{id}/timeline/assemble",
      summary: "Put the board's shots on the first video track in order, replacing what assemble put there before",
      security,
      request: { params: ById, ...optionalBody(z.object({ sceneIds: z.array(z.string()).max(1000).optional() })) },
      responses: answers(200, ProjectWithFilm, "Project and film as they are now"),
    }),
    async (c) => {
      const project = await filmFor(parts, callerIn(c), c.req.valid("param").id, "edit");
      const { sceneIds } = c.req.valid("json");
      await editFilm(parts.bus, project.id, { kind: "assemble", ...(sceneIds === undefined ? {} : { sceneIds }) });
      return c.json(await projectWithFilm(parts, project), 200);
    },
  );
}
