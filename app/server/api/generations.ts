import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { insertGeneration, listGenerationsFor } from "#db/queries/generations.ts";
import { listWorkspaces } from "#db/queries/workspaces.ts";
import { GenerationManifest } from "#domain/generation/manifest.ts";
import { rulesPlanner } from "#domain/generation/plan-by-rules.ts";
import { planGeneration } from "#domain/generation/plan-graph.ts";
import { StudioError } from "#domain/errors.ts";
import { defaultMeta, draftSize } from "#domain/film/meta.ts";
import { hashText } from "#domain/screenplay/seeded.ts";
import { workspaceFor } from "../access.ts";
import type { Caller } from "../auth.ts";
import { generationFor } from "../generation-access.ts";
import { askForBrief, heldForBrief } from "../services/generation-brief.ts";
import { takeModelTurn } from "../services/model-turns.ts";
import { readManifest, resultFiles } from "../services/generation-result.ts";
import { viewerUrl } from "../services/viewer-links.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, ById, callerIn, jsonBody, PageQuery, security, type Api } from "./api.ts";
import { IdCursor, pageOf, readCursor } from "./cursor.ts";
import { finished, GenerationState, StageFile, viewGeneration } from "./generation-view.ts";

const longestSeconds = 120;
const usualSeconds = 6;

const NewGeneration = z.object({
  prompt: z
    .string()
    .trim()
    .min(1, "say in a sentence what there is to see")
    .max(20_000, "a prompt is at most 20,000 characters long"),
  seed: z.number().int().min(0).max(0xffffffff).optional(),
  seconds: z.number().min(0.5).max(longestSeconds).default(usualSeconds),
  workspaceId: z.string().optional(),
});
const Queued = z.object({ job_id: z.string(), status: z.literal("queued") });
const Result = z.object({
  job_id: z.string(),
  /** A page for people; whoever has the address needs no account. */
  viewer_url: z.string(),
  manifest_url: z.string(),
  downloads: z.array(StageFile),
});

export function generationRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "post",
      path: "/generations",
      summary: "A whole scene from one sentence. The same prompt and seed give the same scene",
      security,
      request: jsonBody(NewGeneration),
      responses: answers(202, Queued, "Queued; ask for its status"),
    }),
    async (c) => {
      const caller = callerIn(c);
      const { prompt, seconds, workspaceId, ...wish } = c.req.valid("json");
      const workspace = await workspaceFor(parts, caller, workspaceId ?? (await ownWorkspace(parts, caller)), "edit");
      takeModelTurn(parts, caller);
      const seed = wish.seed ?? hashText(prompt);
      const order = { prompt, seed, seconds, ...draftSize(defaultMeta) };
      const id = await insertGeneration(parts.db, {
        workspaceId: workspace.id,
        createdBy: caller.userId,
        title: prompt.slice(0, 200),
        params: parts.env.llm === undefined ? { ...order, planner: rulesPlanner } : order,
        nodes: planGeneration({ ...order, fps: defaultMeta.fps }),
        heldUntil: heldForBrief(parts),
      });
      void askForBrief(parts, id, order);
      return c.json({ job_id: id, status: "queued" as const }, 202);
    },
  );

  api.openapi(
    createRoute({
      method: "get",
      path: "/generations",
      summary: "Generations of the caller's workspaces, newest first",
      security,
      request: { query: PageQuery.extend({ workspaceId: z.string().optional() }) },
      responses: answers(
        200,
        z.object({ generations: z.array(GenerationState), cursor: z.string().optional() }),
        "A page of generations",
      ),
    }),
    async (c) => {
      const caller = callerIn(c);
      const { limit, cursor, workspaceId } = c.req.valid("query");
      if (workspaceId !== undefined) await workspaceFor(parts, caller, workspaceId, "read");
      const before = readCursor(IdCursor, cursor);
      const rows = await listGenerationsFor(parts.db, caller.userId, { workspaceId, limit: limit + 1, before });
      const { page, ...more } = pageOf(rows, limit, (last) => last.id);
      return c.json({ generations: page.map(viewGeneration), ...more }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "get",
      path: "/generations/{id}/status",
      summary: "How a generation is getting on, stage by stage",
      security,
      request: { params: ById },
      responses: answers(200, GenerationState, "Its stages with what each has made so far"),
    }),
    async (c) => c.json(viewGeneration(await generationFor(parts, callerIn(c), c.req.valid("param").id, "read")), 200),
  );

  api.openapi(
    createRoute({
      method: "get",
      path: "/generations/{id}/result",
      summary: "What a generation made; 409 generation/not-ready before it is done",
      security,
      request: { params: ById },
      responses: answers(200, Result, "Links that work for an hour or more"),
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      const generation = finished(await generationFor(parts, callerIn(c), id, "read"));
      const manifest = await readManifest(parts, generation);
      const { manifestUrl, files } = await resultFiles(parts, generation, manifest);
      return c.json(
        { job_id: id, viewer_url: viewerUrl(parts, generation), manifest_url: manifestUrl, downloads: files },
        200,
      );
    },
  );

  api.openapi(
    createRoute({
      method: "get",
      path: "/generations/{id}/manifest",
      summary: "The manifest of a generation with links to its files",
      security,
      request: { params: ById },
      responses: answers(
        200,
        z.object({ manifest: GenerationManifest, files: z.array(StageFile) }),
        "Every file with its bytes and SHA-256",
      ),
    }),
    async (c) => {
      const generation = finished(await generationFor(parts, callerIn(c), c.req.valid("param").id, "read"));
      const manifest = await readManifest(parts, generation);
      return c.json({ manifest, files: (await resultFiles(parts, generation, manifest)).files }, 200);
    },
  );
}

/** Where work goes when no workspace is named: the caller's own. */
async function ownWorkspace(parts: StudioParts, caller: Caller): Promise<string> {
  const [own] = await listWorkspaces(parts.db, caller.userId);
  if (own === undefined) throw new StudioError("request/invalid", "You are in no workspace yet; name one.");
  return own.id;
}
