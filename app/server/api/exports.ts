import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { createRun } from "#db/queries/runs.ts";
import { listTakes } from "#db/queries/takes.ts";
import { StudioError } from "#domain/errors.ts";
import { ExportFormat, exportFormatNames, exportFormats } from "#domain/jobs/export-formats.ts";
import { JobView } from "#domain/jobs/messages/views.ts";
import { filmFor } from "../access.ts";
import { exportRequestFor } from "../services/export-request.ts";
import { loadFilm } from "../services/film-reader.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, ById, callerIn, jsonBody, security, type Api } from "./api.ts";

/** Documents are not rendered: what has them and how they are asked for. */
const documents = {
  pdf: { what: "screenplay", contentType: "application/pdf" },
  fountain: { what: "screenplay", contentType: "text/plain" },
  fdx: { what: "screenplay", contentType: "application/xml" },
  txt: { what: "screenplay", contentType: "text/plain" },
  csv: { what: "storyboard", contentType: "text/csv" },
  storyboard: { what: "storyboard", contentType: "application/pdf" },
} as const;
type DocumentName = keyof typeof documents;
const documentNames = Object.keys(documents) as [DocumentName, ...DocumentName[]];

/** Those that nothing makes yet are named too: their answer says what works. */
const Format = z.enum([...exportFormatNames, ...documentNames, "otio", "edl", "fcpxml", "package", "project"]);
const isDocument = (format: string): format is DocumentName => Object.hasOwn(documents, format);

const MadeDocument = z.object({
  file: z.object({
    /** Where it is, made when it is fetched. */
    url: z.string(),
    contentType: z.string(),
  }),
});

export function exportRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "post",
      path: "/projects/{id}/exports",
      summary:
        "Make a file of the film: mp4, webm, gif, png (one frame), wav or mp3 as a job; documents of script and board (pdf, fdx, fountain, txt, csv, storyboard) are there at once",
      security,
      request: {
        params: ById,
        ...jsonBody(
          z.object({
            format: Format,
            /** Which picture a PNG shows, counted from 0, which it is unless said. */
            frame: z.number().int().min(0).max(100_000_000).optional(),
          }),
        ),
      },
      responses: {
        ...answers(202, z.object({ job: JobView }), "Queued; the file is the job's artifact"),
        ...answers(200, MadeDocument, "A document, to be fetched from there"),
      },
    }),
    async (c) => {
      const caller = callerIn(c);
      // Who may see a film may take a copy of it, but rendering one costs machine time.
      const project = await filmFor(parts, caller, c.req.valid("param").id, "edit");
      const { format, frame } = c.req.valid("json");
      if (isDocument(format)) {
        const { what, contentType } = documents[format];
        const as = format === "storyboard" ? "pdf" : format;
        return c.json({ file: { url: `/v1/projects/${project.id}/${what}?format=${as}`, contentType } }, 200);
      }
      const made = ExportFormat.safeParse(format);
      if (!made.success) {
        const works = exportFormatNames.map((name) => exportFormats[name].name).join(", ");
        throw new StudioError(
          "capability/missing",
          `Nothing here makes ${format} files yet. These work: ${works}, and documents: ${documentNames.join(", ")}.`,
        );
      }
      const [film, takes] = await Promise.all([loadFilm(parts.db, project.id), listTakes(parts.db, project.id)]);
      const { jobs } = await createRun(parts.db, {
        workspaceId: project.workspaceId,
        projectId: project.id,
        kind: "export",
        createdBy: caller.userId,
        nodes: [{ kind: "export", lane: "interactive", request: exportRequestFor(film, takes, made.data, frame) }],
      });
      const [job] = jobs;
      if (job === undefined) throw new Error("a run without jobs");
      return c.json({ job }, 202);
    },
  );
}
