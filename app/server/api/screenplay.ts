import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { writeLineEnds } from "#domain/screenplay/line-ends.ts";
import { filmFor } from "../access.ts";
import { editFilm } from "../services/film-edits.ts";
import { loadFilm } from "../services/film-reader.ts";
import { readScreenplay } from "../services/screenplay-text.ts";
import type { StudioParts } from "../studio-parts.ts";
import { anError, answers, ById, callerIn, security, type Api } from "./api.ts";

const text = { "text/plain": { schema: z.string() } };

export function screenplayRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "put",
      path: "/projects/{id}/screenplay",
      summary: "Replace the screenplay by a minimal edit: carets and other people's changes outside it survive",
      security,
      request: { params: ById, body: { required: true, content: text } },
      responses: answers(
        200,
        z.object({ ok: z.literal(true), length: z.number().int() }),
        "Stored; everybody who writes sees it",
      ),
    }),
    async (c) => {
      const project = await filmFor(parts, callerIn(c), c.req.valid("param").id, "edit");
      const { text: screenplay, eol, bom } = readScreenplay(new Uint8Array(await c.req.arrayBuffer()));
      await editFilm(parts.bus, project.id, { kind: "replace-screenplay", text: screenplay, eol, bom });
      return c.json({ ok: true as const, length: screenplay.length }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "get",
      path: "/projects/{id}/screenplay",
      summary: "The screenplay as Fountain; a file whose lines all ended alike comes out byte for byte as it came in",
      security,
      request: { params: ById },
      responses: { 200: { description: "Fountain", content: text }, default: anError },
    }),
    async (c) => {
      const project = await filmFor(parts, callerIn(c), c.req.valid("param").id, "read");
      const film = await loadFilm(parts.db, project.id);
      return c.text(writeLineEnds(film.screenplay, film.meta), 200, { "Content-Type": "text/plain; charset=utf-8" });
    },
  );
}
