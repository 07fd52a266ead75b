import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import type { DbOrTx } from "#db/client.ts";
import { inProjectTurn } from "#db/queries/project-turn.ts";
import { createRun, getRun } from "#db/queries/runs.ts";
import { listTakes } from "#db/queries/takes.ts";
import { shotsUnderWay } from "#db/queries/thumbnails.ts";
import { DurationFrames, type Shot } from "#domain/film/shot.ts";
import type { Film } from "#domain/film/snapshot.ts";
import { staleShots } from "#domain/film/staleness.ts";
import { StudioError } from "#domain/errors.ts";
import type { Id } from "#domain/ids.ts";
import { limitsFor } from "#domain/jobs/chain.ts";
import type { GraphNode } from "#domain/jobs/graph.ts";
import { JobView } from "#domain/jobs/messages/views.ts";
import { passNames } from "#domain/jobs/passes.ts";
import { tiers } from "#domain/jobs/tiers.ts";
import { hashText } from "#domain/screenplay/seeded.ts";
import { FrameRate } from "#domain/time.ts";
import { filmFor } from "../access.ts";
import { fleetNow, needEngine } from "../services/fleet.ts";
import { loadFilm } from "../services/film-reader.ts";
import { scoreRequestFor, shotIn, stillRequestFor } from "../services/render-requests.ts";
import { needCamera, needPictures, takesFor } from "../services/shot-pictures.ts";
import { orderShots } from "../services/shot-order.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, ById, callerIn, optionalBody, security, type Api } from "./api.ts";
import { RunAnswer, told } from "./runs.ts";

export const Priority = z.number().int().min(-100).max(100);
const Side = z
  .number()
  .int()
  .min(64, "a side is at least 64 pixels")
  .max(4320, "a side is at most 4320 pixels")
  .multipleOf(2, "a side is an even number of pixels");
const Rate = z.union([
  z
    .number()
    .int()
    .min(1)
    .max(240)
    .transform((num) => ({ num, den: 1 })),
  FrameRate,
]);

const ShotWish = z.object({
  prompt: z.string().max(20_000).optional(),
  negativePrompt: z.string().max(10_000).optional(),
  seed: z.number().int().min(0).max(0xffffffff).optional(),
  width: Side.optional(),
  height: Side.optional(),
  frames: DurationFrames.optional(),
  fps: Rate.optional(),
  /** For engines that have such a thing; the built-in one does not. */
  steps: z.number().int().min(1).max(500).optional(),
  guidance: z.number().min(0).max(50).optional(),
  /** How much care the picture takes; as suits its height unless said. */
  tier: z.enum(tiers).optional(),
  /** Pictures beside it, from the same camera, that guide a model; those set on the shot unless said. */
  passes: z.array(z.enum(passNames)).max(passNames.length).optional(),
  /** Pictures of the project that the shot starts from or passes through. Absent: the end of the shot before. */
  conditioning: z
    .array(
      z.object({
        assetId: z.string().min(1).max(64),
        frame: z.number().int().min(0),
        strength: z.number().min(0).max(1).default(1),
        /** A picture the shot goes through, or which pass of a frame it is; absent: one it starts from. */
        use: z.enum(["keyframe", ...passNames]).optional(),
      }),
    )
    .max(20)
    .optional(),
  engine: z.string().max(60).optional(),
  model: z.string().max(200).optional(),
  priority: Priority.optional(),
});
/** What one request may name. */
export const ShotIds = z.array(z.string().max(64)).max(5000, "at most 5000 shots at once; name none for all");
const ShotPath = ById.extend({ shotId: z.string().min(1).max(64) });

export function generateRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "post",
      path: "/projects/{id}/shots/{shotId}/generate",
      summary:
        "Render one shot. Its own length, the film's rate and draft size (360 lines) unless said; `frames` 1 makes a picture",
      security,
      request: { params: ShotPath, ...optionalBody(ShotWish) },
      responses: answers(202, z.object({ job: JobView }), "Queued"),
    }),
    async (c) => {
      const caller = callerIn(c);
      const { id, shotId } = c.req.valid("param");
      const project = await filmFor(parts, caller, id, "edit");
      const { engine, model, priority, ...wishes } = c.req.valid("json");
      const isStill = wishes.frames === 1;
      await needEngine(parts, { capability: isStill ? "image" : "video", engine, model });
      const limits = limitsFor(await fleetNow(parts), { engine, model });
      const film = await loadFilm(parts.db, project.id);
      const shot = shotIn(film, shotId);
      await needPictures(parts.db, project.id, wishes.conditioning ?? [], {
        ...limits,
        ...(isStill ? { takesPictures: false, takesKeyframes: false } : {}),
        frames: wishes.frames ?? shot.durationFrames,
      });
      needCamera(wishes, shot);
      const node = {
        lane: "interactive" as const,
        shotId,
        ...(priority === undefined ? {} : { priority }),
        ...(engine === undefined ? {} : { engineWanted: engine }),
        ...(model === undefined ? {} : { modelWanted: model }),
      };
      const nodes: GraphNode[] = isStill
        ? [{ ...node, kind: "image", request: stillRequestFor(film, shot, wishes) }]
        : orderShots(
            film,
            [{ shot, node: { ...node, kind: "shot" } }],
            { limits, takes: await takesFor(parts.db, project.id, limits) },
            wishes,
          );
      const { jobs } = await createRun(parts.db, {
        workspaceId: project.workspaceId,
        projectId: project.id,
        kind: isStill ? "image" : "shot",
        createdBy: caller.userId,
        nodes,
      });
      return c.json({ job: first(jobs) }, 202);
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/projects/{id}/generate",
      summary:
        "Render shots: those named, or all; with `stale`, only those of them that no take shows as they are now though they have some",
      security,
      request: {
        params: ById,
        ...optionalBody(z.object({ shotIds: ShotIds.optional(), stale: z.boolean().optional() })),
      },
      responses: answers(202, z.object({ run: RunAnswer }), "Queued; shots that are under way already are left out"),
    }),
    async (c) => {
      const caller = callerIn(c);
      const project = await filmFor(parts, caller, c.req.valid("param").id, "edit");
      const { shotIds, stale } = c.req.valid("json");
      const film = await loadFilm(parts.db, project.id);
      const named = shotIds === undefined ? film.shots : [...new Set(shotIds)].map((id) => shotIn(film, id));
      if (named.length === 0)
        throw new StudioError("thing/conflict", "There are no shots to render yet. Put the script on the board first.");
      const limits = limitsFor(await fleetNow(parts));
      // Two clicks, or two people: the second leaves out what the first has asked for.
      const { runId } = await inProjectTurn(parts.db, project.id, async (tx) => {
        const busy = await shotsUnderWay(tx, project.id, "shot");
        const old = stale === true ? new Set(await toShootAnew(tx, project.id, film)) : null;
        const wanted = named.filter((shot) => !busy.has(shot.id) && (old === null || old.has(shot)));
        if (wanted.length === 0)
          throw new StudioError("thing/conflict", "Every one of these shots is being rendered or is up to date.");
        return createRun(tx, {
          workspaceId: project.workspaceId,
          projectId: project.id,
          kind: "shots",
          createdBy: caller.userId,
          nodes: orderShots(
            film,
            wanted.map((shot, index) => ({
              shot,
              node: { key: `shot:${index}`, kind: "shot", lane: "batch", shotId: shot.id },
            })),
            { limits, takes: await takesFor(tx, project.id, limits) },
          ),
        });
      });
      const run = await getRun(parts.db, runId);
      if (run === null) throw new Error("a run that is gone at once");
      return c.json({ run: told(run) }, 202);
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/projects/{id}/score",
      summary: "Make music and ambience for the cut, or for the board when nothing is cut yet",
      security,
      request: { params: ById },
      responses: answers(202, z.object({ job: JobView }), "Queued; it is laid on the sound track when it is there"),
    }),
    async (c) => {
      const caller = callerIn(c);
      const project = await filmFor(parts, caller, c.req.valid("param").id, "edit");
      const film = await loadFilm(parts.db, project.id);
      const { jobs } = await createRun(parts.db, {
        workspaceId: project.workspaceId,
        projectId: project.id,
        kind: "score",
        createdBy: caller.userId,
        nodes: [{ kind: "score", lane: "interactive", request: scoreRequestFor(film, hashText(`42 ${project.id}`)) }],
      });
      return c.json({ job: first(jobs) }, 202);
    },
  );
}

/** Shots that have takes, none of which shows them as they are now. */
export async function toShootAnew(db: DbOrTx, projectId: Id, film: Film): Promise<Shot[]> {
  const stale = staleShots(film, await listTakes(db, projectId));
  return stale.flatMap(({ shot, fitting }) => (fitting === null ? [shot] : []));
}

function first(jobs: JobView[]): JobView {
  const [job] = jobs;
  if (job === undefined) throw new Error("a run without jobs");
  return job;
}
