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

/** Those that no engine makes yet are named too: their answer says what works. */
const Format = z.enum([
  ...exportFormatNames,
  "otio",
  "edl",
  "fcpxml",
  "pdf",
  "fountain",
  "fdx",
  "csv",
  "package",
  "project",
]);

export function exportRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "post",
      path: "/projects/{id}/exports",
      summary: "Make a file of the film: mp4, webm, gif, png (one frame), wav or mp3 now, the others as engines come",
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
      responses: answers(202, z.object({ job: JobView }), "Queued; the file is the job's artifact"),
    }),
    async (c) => {
      const caller = callerIn(c);
      // Who may see a film may take a copy of it, but rendering one costs machine time.
      const project = await filmFor(parts, caller, c.req.valid("param").id, "edit");
      const { format, frame } = c.req.valid("json");
      if (format === "fountain") {
        throw new StudioError(
          "capability/missing",
          "The screenplay needs no export: GET /v1/projects/:id/screenplay gives it as Fountain.",
        );
      }
      const made = ExportFormat.safeParse(format);
      if (!made.success) {
        const works = exportFormatNames.map((name) => exportFormats[name].name).join(", ");
        throw new StudioError("capability/missing", `No engine here makes ${format} files yet. These work: ${works}.`);
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
