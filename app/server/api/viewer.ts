import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { renewViewer } from "#db/queries/generations.ts";
import { StudioError } from "#domain/errors.ts";
import { GenerationManifest } from "#domain/generation/manifest.ts";
import { titleOf } from "#domain/generation/title.ts";
import { addressHeader } from "../auth.ts";
import { generationFor } from "../generation-access.ts";
import { linkToFile, readManifest, resultFiles } from "../services/generation-result.ts";
import { generationOfKey, viewerUrl } from "../services/viewer-links.ts";
import type { StudioParts } from "../studio-parts.ts";
import { anError, answers, ById, callerIn, jsonBody, security, type Api } from "./api.ts";
import { finished, StageFile } from "./generation-view.ts";

const ByKey = z.object({ key: z.string().min(1).max(120) });

/** A scene for whoever has its link: no account, no session, one generation. */
export function viewerRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "post",
      path: "/generations/{id}/viewer",
      summary: "The link of a generation's viewer; with `rotate` a new one, and the old one opens nothing any more",
      security,
      request: { params: ById, ...jsonBody(z.object({ rotate: z.boolean().default(false) })) },
      responses: answers(200, z.object({ viewer_url: z.string() }), "Opens without an account"),
    }),
    async (c) => {
      const { rotate } = c.req.valid("json");
      const generation = await generationFor(parts, callerIn(c), c.req.valid("param").id, rotate ? "edit" : "read");
      const params = rotate ? await renewViewer(parts.db, generation.id) : generation.params;
      return c.json({ viewer_url: viewerUrl(parts, { ...generation, params }) }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "get",
      path: "/view/{key}",
      summary: "What a viewer's link opens: the manifest and links to its files. Needs no account",
      request: { params: ByKey },
      responses: answers(
        200,
        z.object({ title: z.string(), manifest: GenerationManifest, files: z.array(StageFile) }),
        "Links that work for an hour or more",
      ),
    }),
    async (c) => {
      parts.viewLimit.take(c.req.header(addressHeader) ?? "unknown");
      const generation = finished(await generationOfKey(parts, c.req.valid("param").key));
      const manifest = await readManifest(parts, generation);
      const { files } = await resultFiles(parts, generation, manifest);
      c.header("Referrer-Policy", "no-referrer");
      return c.json({ title: titleOf(manifest.prompt), manifest, files }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "get",
      path: "/view/{key}/files/{name}",
      summary: "A file of it, by a redirect to a signed link made anew each time",
      request: { params: ByKey.extend({ name: z.string().min(1).max(80) }) },
      responses: { 302: { description: "To a signed link" }, default: anError },
    }),
    async (c) => {
      parts.viewLimit.take(c.req.header(addressHeader) ?? "unknown");
      const { key, name } = c.req.valid("param");
      const generation = finished(await generationOfKey(parts, key));
      const url = await linkToFile(parts, generation, await readManifest(parts, generation), name);
      if (url === null) throw new StudioError("thing/not-found", `There is no ${name} in this scene.`);
      c.header("Cache-Control", "private, max-age=300");
      c.header("Referrer-Policy", "no-referrer");
      return c.redirect(url, 302);
    },
  );
}
