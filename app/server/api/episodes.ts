import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { spentBy } from "#db/queries/episode-budgets.ts";
import { attemptsOf, listEpisodesFor, type EpisodeRow } from "#db/queries/episodes.ts";
import { listTakes } from "#db/queries/takes.ts";
import { RiskProfile } from "#domain/episode/budget.ts";
import { maxBeats } from "#domain/episode/plan.ts";
import { EpisodeState } from "#domain/episode/states.ts";
import { suggestionsFor } from "#domain/episode/suggestions.ts";
import { WorldKey } from "#domain/episode/world.ts";
import { workspaceFor } from "../access.ts";
import { episodeFor, workspaceOf } from "../episode-access.ts";
import {
  beginEpisode,
  episodesNow,
  executeEpisode,
  planTheEpisode,
  terminateEpisode,
  type EpisodeNow,
} from "../services/episodes.ts";
import { fleetNow } from "../services/fleet.ts";
import { takeModelTurn } from "../services/model-turns.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, ById, callerIn, jsonBody, optionalBody, PageQuery, security, type Api } from "./api.ts";
import { pageOf, readCursor } from "./cursor.ts";
import { BudgetView, EpisodeSummary, EpisodeView, summarise, viewBudget, viewEpisode } from "./episode-view.ts";

const NewEpisode = z.object({
  /** The caller's own name for where it plays; a workspace keeps what is known of it. Unknown: an empty world. */
  world_id: WorldKey,
  intent: z.string().trim().min(1, "say in a sentence or two what there is to see").max(8000),
  workspaceId: z.string().optional(),
});
const PlanWish = z.object({
  /** Absent: a script's own shots, else 3. */
  beats: z.number().int().min(1).max(maxBeats).optional(),
  /** Length of each beat, seconds; 5 unless said. A script's shots have their own. */
  seconds: z.number().min(0.5).max(60).optional(),
});
/** None named: only the workspace's own limits count. A profile alone allows so many attempts a job. */
const ExecuteWish = z.object({
  risk: RiskProfile.optional(),
  budget: z
    .object({
      /** Of all jobs of the run together. */
      attempts: z.number().int().min(1).max(100_000).optional(),
      /** Seconds of rendering, of all attempts together. */
      gpu_seconds: z.number().min(0).max(100_000_000).optional(),
    })
    .optional(),
});
const Diagnosis = z.object({
  episode_id: z.string(),
  state: EpisodeState,
  terminated_reason: z.string().optional(),
  budget: BudgetView.optional(),
  /** What its run has cost by now. */
  spent: z.object({ attempts: z.number().int(), gpu_seconds: z.number() }),
  planner_note: z.string().optional(),
  world_note: z.string().optional(),
  /** Agents that take videos now. */
  agents: z.number().int(),
  beats: z.array(
    z.object({
      beat_id: z.string(),
      state: z.string(),
      job_id: z.string().optional(),
      /** Of retried jobs and of the parts of a long beat, too. */
      attempts: z.array(
        z.object({
          job_id: z.string(),
          step: z.string(),
          attempt: z.number().int(),
          outcome: z.string().optional(),
          error: z.object({ code: z.string(), message: z.string() }).optional(),
          engine: z.string().optional(),
          model: z.string().optional(),
          seconds: z.number().optional(),
          started_at: z.string(),
          finished_at: z.string().optional(),
        }),
      ),
    }),
  ),
  /** What a person can do about it, the most particular first. */
  suggestions: z.array(z.string()),
});
const Cursor = z.object({ createdAt: z.iso.datetime(), id: z.guid() });

export function episodeRoutes(api: Api, parts: StudioParts): void {
  const now = async (row: EpisodeRow): Promise<EpisodeNow> => {
    const [one] = await episodesNow(parts.db, [row]);
    if (one === undefined) throw new Error("an episode that is nowhere");
    return one;
  };
  // Two clicks ask a language model once; over several apps the first plan that is kept counts.
  const planning = new Map<string, Promise<EpisodeRow>>();
  const plan = (row: EpisodeRow, wish: z.infer<typeof PlanWish>): Promise<EpisodeRow> => {
    const under = planning.get(row.id) ?? planTheEpisode(parts, row, wish).finally(() => planning.delete(row.id));
    planning.set(row.id, under);
    return under;
  };
  const view = async (row: EpisodeRow): Promise<z.infer<typeof EpisodeView>> => {
    const takes = row.runId === null ? [] : await listTakes(parts.db, row.projectId);
    return viewEpisode(await now(row), takes);
  };

  api.openapi(
    createRoute({
      method: "post",
      path: "/episodes",
      summary: "Begin an episode: an intent in a world, and a film for its beats",
      security,
      request: jsonBody(NewEpisode),
      responses: answers(
        201,
        z.object({ episode_id: z.string(), state: z.literal("CREATED"), project_id: z.string() }),
        "Begun; reference pictures can be brought to its film now, then plan it",
      ),
    }),
    async (c) => {
      const caller = callerIn(c);
      const { world_id: worldKey, intent, workspaceId } = c.req.valid("json");
      const workspace = await workspaceOf(parts, caller, workspaceId, "edit");
      const episode = await beginEpisode(parts, {
        workspaceId: workspace.id,
        createdBy: caller.userId,
        worldKey,
        intent,
      });
      return c.json({ episode_id: episode.id, state: "CREATED" as const, project_id: episode.projectId }, 201);
    },
  );

  api.openapi(
    createRoute({
      method: "get",
      path: "/episodes",
      summary: "Episodes the caller may see, newest first",
      security,
      request: { query: PageQuery.extend({ workspaceId: z.string().optional() }) },
      responses: answers(
        200,
        z.object({ episodes: z.array(EpisodeSummary), cursor: z.string().optional() }),
        "A page of episodes",
      ),
    }),
    async (c) => {
      const caller = callerIn(c);
      const { limit, cursor, workspaceId } = c.req.valid("query");
      if (workspaceId !== undefined) await workspaceFor(parts, caller, workspaceId, "read");
      const rows = await listEpisodesFor(parts.db, caller.userId, {
        workspaceId,
        limit: limit + 1,
        before: readCursor(Cursor, cursor),
      });
      const { page, ...next } = pageOf(rows, limit, (last) => ({
        createdAt: last.createdAt.toISOString(),
        id: last.id,
      }));
      return c.json({ episodes: (await episodesNow(parts.db, page)).map(summarise), ...next }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "get",
      path: "/episodes/{id}",
      summary: "One episode with its beats and what they have become",
      security,
      request: { params: ById },
      responses: answers(200, EpisodeView, "As it is now; artefacts' addresses redirect to the file"),
    }),
    async (c) => {
      const { episode } = await episodeFor(parts, callerIn(c), c.req.valid("param").id, "read");
      return c.json(await view(episode), 200);
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/episodes/{id}/plan",
      summary: "Plan the beats and put them into the film as scenes and shots; planned already, answers with that plan",
      security,
      request: { params: ById, ...optionalBody(PlanWish) },
      responses: answers(200, EpisodeView, "Planned; `planner` says by whom, `world.source` from what"),
    }),
    async (c) => {
      const caller = callerIn(c);
      const { episode } = await episodeFor(parts, caller, c.req.valid("param").id, "edit");
      takeModelTurn(parts, caller);
      return c.json(await view(await plan(episode, c.req.valid("json"))), 200);
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/episodes/{id}/execute",
      summary:
        "Render the beats, within a budget; asked again, answers with the same run, and one that was abandoned goes on",
      security,
      request: { params: ById, ...optionalBody(ExecuteWish) },
      responses: answers(202, EpisodeView, "Submitted once; follow the film's events or ask again"),
    }),
    async (c) => {
      const caller = callerIn(c);
      const { episode } = await episodeFor(parts, caller, c.req.valid("param").id, "edit");
      const { risk, budget } = c.req.valid("json");
      const wish = { risk, attempts: budget?.attempts, gpuSeconds: budget?.gpu_seconds };
      return c.json(await view(await executeEpisode(parts, episode, caller, wish)), 202);
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/episodes/{id}/terminate",
      summary: "End an episode: what waits never starts, what is done stays. Asking twice is harmless",
      security,
      request: { params: ById, ...optionalBody(z.object({ reason: z.string().trim().min(1).max(1000).optional() })) },
      responses: answers(200, EpisodeView, "Terminated; a beat at work stops within seconds"),
    }),
    async (c) => {
      const { episode } = await episodeFor(parts, callerIn(c), c.req.valid("param").id, "edit");
      return c.json(await view(await terminateEpisode(parts, episode, c.req.valid("json").reason ?? null)), 200);
    },
  );

  api.openapi(
    createRoute({
      method: "get",
      path: "/episodes/{id}/diagnostics",
      summary: "Why an episode is where it is: every attempt at its beats, and what can be done",
      security,
      request: { params: ById },
      responses: answers(200, Diagnosis, "Every attempt, in order"),
    }),
    async (c) => {
      const { episode } = await episodeFor(parts, callerIn(c), c.req.valid("param").id, "read");
      return c.json(await diagnose(parts, await now(episode)), 200);
    },
  );
}

async function diagnose(parts: StudioParts, now: EpisodeNow): Promise<z.infer<typeof Diagnosis>> {
  const { kept, runId, budget, terminatedReason } = now.episode;
  const { beats } = viewEpisode(now, []);
  const [attempts, spentByRun, fleet] = await Promise.all([
    runId === null ? [] : attemptsOf(parts.db, runId),
    spentBy(parts.db, runId === null ? [] : [runId]),
    fleetNow(parts),
  ]);
  const spent = runId === null ? undefined : spentByRun.get(runId);
  const agents = fleet.filter((agent) => agent.engines.some((engine) => engine.capabilities.includes("video"))).length;
  const plannerNote = kept?.by.note;
  return {
    episode_id: now.episode.id,
    state: now.state,
    ...(terminatedReason === null ? {} : { terminated_reason: terminatedReason }),
    ...(budget === null ? {} : { budget: viewBudget(budget) }),
    spent: { attempts: spent?.attempts ?? 0, gpu_seconds: spent?.gpuSeconds ?? 0 },
    ...(plannerNote === undefined ? {} : { planner_note: plannerNote }),
    ...(kept?.world.note === undefined ? {} : { world_note: kept.world.note }),
    agents,
    beats: beats.map(({ beat_id, state, job_id }) => ({
      beat_id,
      state,
      ...(job_id === undefined ? {} : { job_id }),
      attempts: attempts
        .filter((one) => one.stepKey.split("/")[0] === beat_id)
        .map((one) => ({
          job_id: one.jobId,
          step: one.stepKey,
          attempt: one.attempt,
          ...(one.outcome === null ? {} : { outcome: one.outcome }),
          ...(one.errorKind === null
            ? {}
            : { error: { code: `job/${one.errorKind}`, message: one.errorMessage ?? "" } }),
          ...(one.engine === null ? {} : { engine: one.engine }),
          ...(one.model === null ? {} : { model: one.model }),
          ...(one.seconds === null ? {} : { seconds: one.seconds }),
          started_at: one.startedAt.toISOString(),
          ...(one.finishedAt === null ? {} : { finished_at: one.finishedAt.toISOString() }),
        })),
    })),
    suggestions: suggestionsFor({
      state: now.state,
      failures: now.jobs.flatMap((job) => (job.state === "failed" ? (job.error?.code ?? "job/unknown") : [])),
      waiting: now.jobs.filter((job) => job.state === "queued").length,
      agents,
      removed:
        now.state === "TERMINATED" || now.state === "ABANDONED"
          ? 0
          : beats.filter((beat) => beat.job_id === undefined && beat.state === "CANCELLED").length,
      plannerNote,
    }),
  };
}
