import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { StudioError } from "#domain/errors.ts";
import { layOutPages } from "#domain/screenplay/pages/pages.ts";
import { lexScript } from "#domain/screenplay/fountain/relex.ts";
import { writeLineEnds } from "#domain/screenplay/fountain/line-ends.ts";
import { filmFor } from "../access.ts";
import { createRateLimit } from "../rate-limit.ts";
import { sceneNumberChoices } from "../services/documents/script-pdf.ts";
import { makeScriptDocument, scriptDocuments } from "../services/documents/script-documents.ts";
import { scriptFormats } from "../services/documents/read-script.ts";
import { openScriptDesk } from "../services/documents/script-desk.ts";
import { editFilm } from "../services/film-edits.ts";
import { loadFilm } from "../services/film-reader.ts";
import { withoutEmphasis } from "#domain/screenplay/fountain/emphasis.ts";
import { readTitlePage } from "#domain/screenplay/fountain/title-page.ts";
import { fileAnswer } from "../file-answer.ts";
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
      summary:
        "The screenplay as Fountain, or as a document; a file whose lines all ended alike comes out byte for byte as it came in",
      security,
      request: { params: ById, query: DocumentQuery },
      responses: {
        200: {
          description: "Fountain, plain text, Final Draft or PDF",
          content: {
            ...text,
            "application/xml": { schema: z.string() },
            "application/pdf": { schema: z.string().openapi({ format: "binary" }) },
          },
        },
        default: anError,
      },
    }),
    async (c) => {
      const project = await filmFor(parts, callerIn(c), c.req.valid("param").id, "read");
      const { format, paper, sceneNumbers } = c.req.valid("query");
      const film = await loadFilm(parts.db, project.id);
      if (format === undefined)
        return c.text(writeLineEnds(film.screenplay, film.meta), 200, { "Content-Type": "text/plain; charset=utf-8" });
      const made = await makeScriptDocument(film, format, { paper, sceneNumbers });
      return fileAnswer(made);
    },
  );

  const desk = openScriptDesk();
  const importLimit = createRateLimit(importsPerMinute, parts.now);
  api.openapi(
    createRoute({
      method: "post",
      path: "/screenplay/import",
      summary: "Read a file (Fountain, plain text, Final Draft, PDF) as Fountain; nothing is stored",
      security,
      request: {
        query: z.object({ name: z.string().max(300).default("").describe("the file's name; its ending is a hint") }),
        body: {
          required: true,
          content: { "application/octet-stream": { schema: z.string().openapi({ format: "binary" }) } },
        },
      },
      responses: answers(200, ImportedScript, "What the file says, as Fountain"),
    }),
    async (c) => {
      const caller = callerIn(c);
      importLimit.take(caller.userId);
      const bytes = new Uint8Array(await c.req.arrayBuffer());
      if (bytes.length === 0) throw new StudioError("screenplay/empty", "The file is empty.");
      const file = await desk.read({ bytes, name: c.req.valid("query").name });
      const { lines } = lexScript(file.text);
      const title = readTitlePage(lines).find(({ key }) => /^title$/i.test(key));
      return c.json(
        {
          ...file,
          ...(title && title.values.length > 0 ? { title: withoutEmphasis(title.values.join(" ")).slice(0, 200) } : {}),
          scenes: lines.filter((line) => line.kind === "scene-heading").length,
          pages: layOutPages(lines, { paper: "letter" }).length,
        },
        200,
      );
    },
  );
}

/** Reading a file costs up to seconds; nobody brings one every second. */
const importsPerMinute = 30;

const DocumentQuery = z.object({
  format: z.enum(scriptDocuments).optional().describe("without it: Fountain as text, not as a file"),
  sceneNumbers: z.enum(sceneNumberChoices).default("none"),
  paper: z.enum(["letter", "a4"]).default("letter"),
});

const ImportedScript = z.object({
  format: z.enum(scriptFormats),
  encoding: z.string(),
  text: z.string(),
  title: z.string().optional(),
  eol: z.enum(["\n", "\r\n"]),
  bom: z.boolean(),
  notes: z.array(z.string()),
  scenes: z.number().int(),
  pages: z.number().int(),
});
