import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { assetIsInUse, listAssets, toAssetView } from "#db/queries/assets.ts";
import { UploadRequest } from "#domain/assets/asset.ts";
import { StudioError } from "#domain/errors.ts";
import { AssetView } from "#domain/jobs/messages/views.ts";
import { assetFor, isUuid, projectFor } from "../access.ts";
import { linkTo } from "../services/asset-links.ts";
import { beginUpload, completeUpload, removeAsset } from "../services/uploads.ts";
import type { StudioParts } from "../studio-parts.ts";
import { anError, answers, ById, callerIn, Done, jsonBody, PageQuery, security, type Api } from "./api.ts";

const Upload = z.object({
  method: z.literal("PUT"),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  expiresAt: z.string(),
});

/** The library: what people brought and engines made. */
export function assetRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "post",
      path: "/projects/{id}/assets",
      summary: "Begin an upload: PUT the bytes to the link, then complete",
      security,
      request: { params: ById, ...jsonBody(UploadRequest) },
      responses: answers(201, z.object({ asset: AssetView, upload: Upload }), "Where to put the bytes"),
    }),
    async (c) => {
      const caller = callerIn(c);
      const project = await projectFor(parts, caller, c.req.valid("param").id, "edit");
      const begun = await beginUpload(parts, {
        ...c.req.valid("json"),
        workspaceId: project.workspaceId,
        projectId: project.id,
        createdBy: caller.userId,
      });
      return c.json(begun, 201);
    },
  );

  api.openapi(
    createRoute({
      method: "get",
      path: "/projects/{id}/assets",
      summary: "The library of a film, newest first",
      security,
      request: {
        params: ById,
        query: PageQuery.extend({ kind: z.enum(["video", "image", "audio", "other"]).optional() }),
      },
      responses: answers(
        200,
        z.object({ assets: z.array(AssetView), cursor: z.string().optional() }),
        "A page of assets",
      ),
    }),
    async (c) => {
      const project = await projectFor(parts, callerIn(c), c.req.valid("param").id, "read");
      const { limit, cursor, kind } = c.req.valid("query");
      if (cursor !== undefined && !isUuid(cursor)) throw new StudioError("request/invalid", "cursor: not one of ours");
      const rows = await listAssets(parts.db, project.id, { kind, limit: limit + 1, beforeId: cursor });
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return c.json(
        { assets: page.map(toAssetView), ...(rows.length > limit && last !== undefined ? { cursor: last.id } : {}) },
        200,
      );
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/assets/{id}/complete",
      summary: "Say that the bytes are there; they are looked at",
      security,
      request: { params: ById },
      responses: answers(200, z.object({ asset: AssetView }), "Ready to use"),
    }),
    async (c) => {
      const { asset } = await assetFor(parts, callerIn(c), c.req.valid("param").id, "edit");
      return c.json({ asset: await completeUpload(parts, asset) }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "get",
      path: "/assets/{id}",
      summary: "The bytes, by a redirect to a signed link; ranges work",
      security,
      request: { params: ById, query: z.object({ download: z.enum(["0", "1"]).optional() }) },
      responses: { 302: { description: "To a signed link" }, default: anError },
    }),
    async (c) => {
      const { asset } = await assetFor(parts, callerIn(c), c.req.valid("param").id, "read");
      if (asset.state !== "ready") throw new StudioError("asset/incomplete", `${asset.name} is not here yet.`);
      const link = await linkTo(parts, asset, { download: c.req.valid("query").download === "1" });
      c.header("Cache-Control", "private, max-age=300");
      return c.redirect(link, 302);
    },
  );

  api.openapi(
    createRoute({
      method: "delete",
      path: "/assets/{id}",
      summary: "Take a file out of the library",
      security,
      request: { params: ById },
      responses: answers(200, Done, "Gone"),
    }),
    async (c) => {
      const { asset } = await assetFor(parts, callerIn(c), c.req.valid("param").id, "edit");
      if (await assetIsInUse(parts.db, asset.id))
        throw new StudioError("thing/conflict", `${asset.name} belongs to a take, and takes are kept.`);
      await removeAsset(parts, asset);
      return c.json({ ok: true as const }, 200);
    },
  );
}
