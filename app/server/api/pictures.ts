import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { findAsset } from "#db/queries/assets.ts";
import { createRun } from "#db/queries/runs.ts";
import { StudioError } from "#domain/errors.ts";
import type { Capability } from "#domain/jobs/capabilities.ts";
import { JobView } from "#domain/jobs/messages/views.ts";
import { isUuid, projectFor } from "../access.ts";
import { needCapability, needEngine } from "../services/fleet.ts";
import { loadFilm } from "../services/film-reader.ts";
import { pictureRequestFor } from "../services/picture-request.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, ById, callerIn, jsonBody, security, type Api } from "./api.ts";

const Prompt = z.string().trim().min(1, "say what there is to see").max(20_000);
const Side = z.number().int().min(64).max(4096).multipleOf(2, "a side is an even number of pixels");
const Seed = z.number().int().min(0).max(0xffffffff);
const PictureWish = z.object({
  prompt: Prompt,
  seed: Seed.optional(),
  width: Side.optional(),
  height: Side.optional(),
  engine: z.string().max(60).optional(),
  model: z.string().max(200).optional(),
});

const AssetId = z.string().min(1).max(64);
/** In pixels of the picture, from its top left corner; `inside: false` says that it is not part of the thing. */
const Point = z.object({ x: z.number().min(0), y: z.number().min(0), inside: z.boolean().default(true) });
const Confidence = z.number().min(0).max(1).default(0.5);

/** What is done to a picture that is there, S1-C: what it takes, who can do it, and what to say while nobody can. */
const edits = [
  {
    name: "segment",
    summary: "A mask of what lies under points of a picture",
    capability: "segment",
    body: z.object({ assetId: AssetId, points: z.array(Point).min(1).max(100) }),
    missing: "No engine here finds the outlines of things in pictures.",
  },
  {
    name: "segment-text",
    summary: "A mask of what words name in a picture",
    capability: "segment",
    body: z.object({ assetId: AssetId, text: z.string().trim().min(1).max(1000), confidence: Confidence }),
    missing: "No engine here finds the outlines of things in pictures.",
  },
  {
    name: "detect",
    summary: "Masks, boxes and scores of everything in a picture",
    capability: "segment",
    body: z.object({ assetId: AssetId, confidence: Confidence }),
    missing: "No engine here finds things in pictures.",
  },
  {
    name: "inpaint",
    summary: "Paint anew what a mask covers",
    capability: "image.inpaint",
    body: z.object({
      assetId: AssetId,
      maskAssetId: AssetId,
      prompt: Prompt,
      negativePrompt: z.string().max(10_000).optional(),
      seed: Seed.optional(),
      strength: z.number().min(0).max(1).optional(),
    }),
    missing: "No engine here paints into pictures.",
  },
] as const satisfies { name: string; summary: string; capability: Capability; body: z.ZodType; missing: string }[];

export function pictureRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "post",
      path: "/projects/{id}/images",
      summary: "Make one picture from words; the film's own size unless said",
      security,
      request: { params: ById, ...jsonBody(PictureWish) },
      responses: answers(202, z.object({ job: JobView }), "Queued; the picture is the job's artifact"),
    }),
    async (c) => {
      const caller = callerIn(c);
      const project = await projectFor(parts, caller, c.req.valid("param").id, "edit");
      const { engine, model, ...wish } = c.req.valid("json");
      await needEngine(parts, { capability: "image", engine, model });
      const film = await loadFilm(parts.db, project.id);
      const { jobs } = await createRun(parts.db, {
        workspaceId: project.workspaceId,
        projectId: project.id,
        kind: "image",
        createdBy: caller.userId,
        nodes: [
          {
            kind: "image",
            lane: "interactive",
            ...(engine === undefined ? {} : { engineWanted: engine }),
            ...(model === undefined ? {} : { modelWanted: model }),
            request: pictureRequestFor(film.meta, wish),
          },
        ],
      });
      const [job] = jobs;
      if (job === undefined) throw new Error("a run without jobs");
      return c.json({ job }, 202);
    },
  );

  for (const { name, summary, capability, body, missing } of edits) {
    api.openapi(
      createRoute({
        method: "post",
        path: `/projects/{id}/edit/${name}`,
        summary: `${summary}; 409 \`capability/missing\` while no engine can`,
        security,
        request: { params: ById, ...jsonBody(body) },
        responses: answers(202, z.object({ job: JobView }), "Queued; masks and pictures are the job's artifacts"),
      }),
      async (c) => {
        const project = await projectFor(parts, callerIn(c), c.req.valid("param").id, "edit");
        const wish = c.req.valid("json");
        await pictureOf(parts, project.id, wish.assetId);
        if ("maskAssetId" in wish) await pictureOf(parts, project.id, wish.maskAssetId);
        await needCapability(parts, capability, missing);
        throw new StudioError(
          "capability/missing",
          "An agent here offers this, but its way of being asked is newer than this studio. Update the studio.",
        );
      },
    );
  }
}

/** @throws StudioError "thing/not-found", and "request/invalid" for what is no picture */
async function pictureOf(parts: StudioParts, projectId: string, assetId: string): Promise<void> {
  const asset = isUuid(assetId) ? await findAsset(parts.db, assetId) : null;
  if (asset === null || asset.projectId !== projectId)
    throw new StudioError("thing/not-found", "There is no such picture in this film's library.");
  if (asset.kind !== "image") throw new StudioError("request/invalid", `${asset.name} is not a picture.`);
}
