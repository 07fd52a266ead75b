/**
 * What people do with an episode. Each call looks its answer up in the table of `domain/episode/states.ts`, under the
 * episode's lock where it decides something, so that calls that come twice or at once are carried out once.
 */
import { v5 } from "uuid";
import {
  beatJobs,
  changeEpisode,
  insertEpisode,
  lockEpisode,
  findEpisode,
  type EpisodeRow,
} from "#db/queries/episodes.ts";
import { spentBy } from "#db/queries/episode-budgets.ts";
import { requestCancel } from "#db/queries/jobs.ts";
import { forgetProjects, insertProject } from "#db/queries/projects.ts";
import { retryRun } from "#db/queries/run-retry.ts";
import { createRun } from "#db/queries/runs.ts";
import { addToWorld } from "#db/queries/worlds.ts";
import type { DbOrTx } from "#db/client.ts";
import { budgetFor, tooSmall, type Budget, type BudgetWish } from "#domain/episode/budget.ts";
import { filmOfPlan, shotIdOf, type IdFor } from "#domain/episode/film-of-plan.ts";
import { defaultBeatSeconds, stepOfBeat, titleOf, type KeptPlan } from "#domain/episode/plan.ts";
import { callTable, episodeState, refusal, type EpisodeCall, type EpisodeState } from "#domain/episode/states.ts";
import { growWorld } from "#domain/episode/world.ts";
import { StudioError } from "#domain/errors.ts";
import { defaultMeta } from "#domain/film/meta.ts";
import { limitsFor } from "#domain/jobs/chain.ts";
import { isTerminal } from "#domain/jobs/lifecycle.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import { storable } from "#domain/storable-text.ts";
import type { Caller } from "../auth.ts";
import type { StudioParts } from "../studio-parts.ts";
import { editFilm } from "./film-edits.ts";
import { loadFilm } from "./film-reader.ts";
import { fleetNow } from "./fleet.ts";
import { planEpisode } from "./planner.ts";
import { orderShots, type OrderedShot } from "./shot-order.ts";
import { takesFor } from "./shot-pictures.ts";
import { worldFor } from "./worlds.ts";

/** An episode with the jobs that stand for its beats now, and the state that follows from them. */
export interface EpisodeNow {
  episode: EpisodeRow;
  jobs: JobView[];
  state: EpisodeState;
}

/** Everything an episode puts into its film has an id that follows from its own: what comes twice is there once. */
export function idsOf(episodeId: string): IdFor {
  return (name) => v5(name, episodeId);
}

/** @returns what each of these episodes is at the moment */
export async function episodesNow(db: DbOrTx, rows: readonly EpisodeRow[]): Promise<EpisodeNow[]> {
  const jobs = await beatJobs(
    db,
    rows.flatMap((row) => row.runId ?? []),
  );
  return rows.map((episode) => {
    const own = jobs.filter((job) => job.runId === episode.runId);
    return { episode, jobs: own, state: episodeState(episode.state, own) };
  });
}

/**
 * Makes the episode and the film that its beats will be shots of.
 * @throws StudioError "document/unavailable" when the film's document cannot be begun; then there is no episode either
 */
export async function beginEpisode(
  parts: StudioParts,
  order: { workspaceId: string; createdBy: string; worldKey: string; intent: string },
): Promise<EpisodeRow> {
  const episode = await parts.db.transaction(async (tx) => {
    const { workspaceId, createdBy } = order;
    const { id: projectId } = await insertProject(tx, { workspaceId, createdBy, title: titleOf(order.intent) });
    return insertEpisode(tx, { ...order, projectId });
  });
  try {
    await beginFilm(parts, episode);
  } catch (error) {
    await forgetProjects(parts.db, [episode.projectId]);
    throw error;
  }
  return episode;
}

/**
 * Plans an episode that has no plan yet and puts the plan into its film.
 * @param wish  how many beats and how long each, seconds
 * @throws StudioError "episode/wrong-state" once it is being rendered
 */
export async function planTheEpisode(
  parts: StudioParts,
  episode: EpisodeRow,
  wish: { beats?: number | undefined; seconds?: number | undefined },
): Promise<EpisodeRow> {
  if ((await answerTo("plan", parts, episode)) === "same") return putIntoFilm(parts, episode);
  const { workspaceId, projectId, worldKey: key, intent } = episode;
  const known = await worldFor(parts, { workspaceId, projectId, key });
  const { plan, by } = await planEpisode(parts, {
    intent,
    seconds: wish.seconds ?? defaultBeatSeconds,
    world: known.elements,
    ...(wish.beats === undefined ? {} : { beats: wish.beats }),
  });
  // What is known of the world goes along: the film has all of it, whatever becomes of the world later.
  const kept: KeptPlan = storable({
    plan: { ...plan, elements: growWorld(known.elements, plan.elements) },
    by,
    world: known.world,
  });
  const planned = await parts.db.transaction(async (tx) => {
    const now = await lockEpisode(tx, episode.id);
    // Somebody else's plan was faster: that one counts.
    if ((await answerTo("plan", { db: tx }, now)) === "same") return now;
    const source = known.world.source === "extracted" ? "extracted" : "stored";
    await addToWorld(tx, { workspaceId, key, found: kept.plan.elements, source });
    return changeEpisode(tx, episode.id, { state: "PLANNED", kept });
  });
  return putIntoFilm(parts, planned);
}

/**
 * Submits every beat whose shot is in the film, once. One that was abandoned goes on with what did not succeed.
 * @param wish  what the run may cost
 * @throws StudioError "episode/wrong-state" without a plan or after the end; "thing/conflict" when no shot is left;
 *   "request/invalid" for a budget that is too small for one attempt each
 */
export async function executeEpisode(
  parts: StudioParts,
  episode: EpisodeRow,
  caller: Caller,
  wish: BudgetWish,
): Promise<EpisodeRow> {
  if ((await answerTo("execute", parts, episode)) === "same") return episode;
  if (episode.state === "ABANDONED") return goOn(parts, episode, caller, wish);
  await putIntoFilm(parts, episode);
  const [film, agents] = await Promise.all([loadFilm(parts.db, episode.projectId), fleetNow(parts)]);
  const idFor = idsOf(episode.id);
  return parts.db.transaction(async (tx) => {
    const now = await lockEpisode(tx, episode.id);
    if ((await answerTo("execute", { db: tx }, now)) === "same") return now;
    const beats = now.kept?.plan.beats ?? [];
    const ordered = beats.flatMap((_, index): OrderedShot[] => {
      const shot = film.shots.find((each) => each.id === shotIdOf(index + 1, idFor));
      if (shot === undefined) return [];
      return [{ shot, node: { kind: "shot", lane: "batch", shotId: shot.id, key: stepOfBeat(index + 1) } }];
    });
    const limits = limitsFor(agents);
    const nodes = orderShots(film, ordered, { limits, takes: await takesFor(tx, now.projectId, limits) });
    if (nodes.length === 0)
      throw new StudioError(
        "thing/conflict",
        "None of the episode's shots is in the film any more; there is nothing to render.",
      );
    const budget = budgetFor(wish, nodes.length);
    needEnough(budget, nodes.length);
    // The project's row is locked by the run's events: the episode's comes first and is only written to after.
    const { runId } = await createRun(tx, {
      workspaceId: now.workspaceId,
      projectId: now.projectId,
      kind: "episode",
      title: (now.kept?.plan.title ?? now.intent).slice(0, 200),
      params: { episodeId: now.id },
      createdBy: caller.userId,
      nodes,
    });
    return changeEpisode(tx, episode.id, { state: "EXECUTING", runId, budget });
  });
}

/** What did not succeed is done again, within a larger budget or, where none is named, without one. */
async function goOn(parts: StudioParts, episode: EpisodeRow, caller: Caller, wish: BudgetWish): Promise<EpisodeRow> {
  return parts.db.transaction(async (tx) => {
    const now = await lockEpisode(tx, episode.id);
    if ((await answerTo("execute", { db: tx }, now)) === "same" || now.runId === null) return now;
    const run = await retryRun(tx, now.runId, caller.userId);
    const open = (run?.jobs ?? []).filter((job) => !isTerminal(job.state)).length;
    const { attempts, gpuSeconds } = (await spentBy(tx, [now.runId])).get(now.runId) ?? { attempts: 0, gpuSeconds: 0 };
    const budget = budgetFor(wish, open, attempts);
    needEnough(budget, open, { attempts, gpuSeconds });
    return changeEpisode(tx, episode.id, { state: "EXECUTING", budget, terminatedReason: null });
  });
}

/** @throws StudioError "request/invalid" */
function needEnough(budget: Budget | null, jobs: number, spent = { attempts: 0, gpuSeconds: 0 }): void {
  const problem = budget === null ? null : tooSmall(budget, jobs, spent);
  if (problem !== null) throw new StudioError("request/invalid", `budget: ${problem}`);
}

/**
 * Ends an episode: what waits never starts, what is at work stops within seconds, what is done stays.
 * @throws StudioError "episode/wrong-state" when it has ended by itself
 */
export async function terminateEpisode(
  parts: StudioParts,
  episode: EpisodeRow,
  reason: string | null,
): Promise<EpisodeRow> {
  const ended = await parts.db.transaction(async (tx) => {
    const now = await lockEpisode(tx, episode.id);
    // The first reason stays.
    if ((await answerTo("terminate", { db: tx }, now)) === "same") return now;
    return changeEpisode(tx, episode.id, { state: "TERMINATED", terminatedReason: reason });
  });
  // Each in a transaction of its own; a call that comes again finishes what one that broke off began.
  for (const job of await beatJobs(parts.db, ended.runId === null ? [] : [ended.runId])) {
    if (isTerminal(job.state)) continue;
    await requestCancel(parts.db, job.id).catch((error: unknown) => {
      // It was faster.
      if (!(error instanceof StudioError && error.code === "job/wrong-state")) throw error;
    });
  }
  return ended;
}

/** @throws StudioError "episode/wrong-state" with a sentence, where the table says no */
async function answerTo(call: EpisodeCall, { db }: { db: DbOrTx }, episode: EpisodeRow): Promise<"do" | "same"> {
  const [now] = await episodesNow(db, [episode]);
  const state = now?.state ?? episode.state;
  const answer = callTable[call][state];
  if (answer !== "no") return answer;
  throw new StudioError("episode/wrong-state", refusal(call, state), { details: { state } });
}

/** Both edits have ids that follow from the episode's: whoever finds them undone does them, and they happen once. */
async function putIntoFilm(parts: StudioParts, episode: EpisodeRow): Promise<EpisodeRow> {
  const { kept, projectId } = episode;
  if (kept === null) return episode;
  await beginFilm(parts, episode);
  const idFor = idsOf(episode.id);
  const { meta } = await loadFilm(parts.db, projectId);
  const film = filmOfPlan(kept.plan, kept.plan.elements, { fps: meta.fps, idFor });
  await editFilm(parts.bus, projectId, { kind: "add-planned", ...film }, idFor("edit:plan"));
  return (await findEpisode(parts.db, episode.id)) ?? episode;
}

async function beginFilm(parts: StudioParts, episode: EpisodeRow): Promise<void> {
  const meta = { ...defaultMeta, title: titleOf(episode.intent) };
  await editFilm(parts.bus, episode.projectId, { kind: "begin", meta }, idsOf(episode.id)("edit:begin"));
}
