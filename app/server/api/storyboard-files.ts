import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { shotListColumns } from "#domain/film/shot-list.ts";
import { StudioError } from "#domain/errors.ts";
import { filmFor } from "../access.ts";
import { fileAnswer } from "../file-answer.ts";
import { boardDocuments, makeBoardDocument } from "../services/documents/board-documents.ts";
import { loadFilm } from "../services/film-reader.ts";
import type { StudioParts } from "../studio-parts.ts";
import { anError, ById, callerIn, security, type Api } from "./api.ts";

const Column = z.enum(shotListColumns);
const listOf = <T>(item: z.ZodType<T, string>) =>
  z
    .string()
    .max(8000)
    .transform((text) => text.split(","))
    .pipe(z.array(item))
    .optional();

export function storyboardFileRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "get",
      path: "/projects/{id}/storyboard",
      summary: "The board as a file: a storyboard to print (pdf), or a shot list (csv)",
      security,
      request: {
        params: ById,
        query: z.object({
          format: z.enum(boardDocuments).default("csv"),
          columns: listOf(Column).describe(`of the shot list, separated by commas: ${shotListColumns.join(", ")}`),
          sceneIds: listOf(z.string().max(64)).describe("only these scenes, separated by commas"),
          paper: z.enum(["letter", "a4"]).default("letter"),
          mark: z
            .enum(["true", "false"])
            .default("false")
            .describe("begin the shot list with the mark by which spreadsheets know UTF-8"),
        }),
      },
      responses: {
        200: {
          description: "The file",
          content: {
            "text/csv": { schema: z.string() },
            "application/pdf": { schema: z.string().openapi({ format: "binary" }) },
          },
        },
        default: anError,
      },
    }),
    async (c) => {
      const project = await filmFor(parts, callerIn(c), c.req.valid("param").id, "read");
      const { format, columns, sceneIds, paper, mark } = c.req.valid("query");
      const film = await loadFilm(parts.db, project.id);
      if (film.shots.length === 0)
        throw new StudioError("thing/conflict", "There are no shots on the board yet. Break the script down first.");
      return fileAnswer(
        await makeBoardDocument(parts, project.id, film, format, {
          ...{ paper, columns, mark: mark === "true" },
          sceneIds: sceneIds === undefined ? undefined : new Set(sceneIds),
        }),
      );
    },
  );
}
