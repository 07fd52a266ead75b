import { z } from "zod";
import { stepOfBeat } from "#domain/episode/plan.ts";
import { RiskProfile, type Budget } from "#domain/episode/budget.ts";
import { shotIdOf } from "#domain/episode/film-of-plan.ts";
import { beatState, BeatState, EpisodeState } from "#domain/episode/states.ts";
import { PlannerName } from "#domain/episode/plan.ts";
import { WorldSource } from "#domain/episode/world.ts";
import type { JobView, TakeView } from "#domain/jobs/messages/views.ts";
import { idsOf, type EpisodeNow } from "../services/episodes.ts";

const Artefact = z.object({
  type: z.enum(["video", "poster"]),
  uri: z.string(),
  /** Counts up with every render of the beat's shot. */
  version: z.number().int(),
});
export const BeatView = z.object({
  /** Its place in the run. */
  beat_id: z.string(),
  number: z.number().int(),
  /** The shot it is in the film. */
  shot_id: z.string(),
  state: BeatState,
  /** As planned; people may have changed the shot since. */
  description: z.string(),
  seconds: z.number(),
  job_id: z.string().optional(),
  /** 0 to 1 */
  progress: z.number(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  artefacts: z.array(Artefact),
});
export const BudgetView = z.object({
  risk: RiskProfile,
  /** Of all its jobs together; null: no limit. */
  attempts: z.number().int().nullable(),
  /** Seconds of rendering, of all attempts together; null: no limit. */
  gpu_seconds: z.number().nullable(),
});
export const EpisodeSummary = z.object({
  episode_id: z.string(),
  state: EpisodeState,
  world_id: z.string(),
  intent: z.string(),
  title: z.string().optional(),
  workspace_id: z.string(),
  /** The film that its beats are shots of; people can open and change it at any time. */
  project_id: z.string(),
  run_id: z.string().optional(),
  /** Who planned it: rules, or a language model. */
  planner: PlannerName.optional(),
  beat_count: z.number().int(),
  accepted_count: z.number().int(),
  /** Why it was terminated, or abandoned. */
  terminated_reason: z.string().optional(),
  /** What its run may cost; absent: as much as the workspace allows. */
  budget: BudgetView.optional(),
  created_at: z.string(),
  updated_at: z.string(),
});
export const EpisodeView = EpisodeSummary.extend({
  /** The language model's name, where one planned. */
  model: z.string().optional(),
  /** Why it was not planned otherwise. */
  planner_note: z.string().optional(),
  /** What was known of the world when it was planned. */
  world: z.object({ source: WorldSource, elements: z.number().int(), note: z.string().optional() }).optional(),
  beats: z.array(BeatView),
});

export function summarise({ episode, jobs, state }: EpisodeNow): z.infer<typeof EpisodeSummary> {
  const { kept } = episode;
  return {
    episode_id: episode.id,
    state,
    world_id: episode.worldKey,
    intent: episode.intent,
    workspace_id: episode.workspaceId,
    project_id: episode.projectId,
    ...(episode.runId === null ? {} : { run_id: episode.runId }),
    ...(kept === null ? {} : { title: kept.plan.title, planner: kept.by.planner }),
    beat_count: kept?.plan.beats.length ?? 0,
    accepted_count: jobs.filter((job) => job.state === "succeeded").length,
    ...(episode.terminatedReason === null ? {} : { terminated_reason: episode.terminatedReason }),
    ...(episode.budget === null ? {} : { budget: viewBudget(episode.budget) }),
    created_at: episode.createdAt.toISOString(),
    updated_at: episode.updatedAt.toISOString(),
  };
}

export function viewBudget({ risk, attempts, gpuSeconds }: Budget): z.infer<typeof BudgetView> {
  return { risk, attempts, gpu_seconds: gpuSeconds };
}

/** @param takes  of the film's shots; those of other shots are passed over */
export function viewEpisode(now: EpisodeNow, takes: readonly TakeView[]): z.infer<typeof EpisodeView> {
  const { kept } = now.episode;
  const idFor = idsOf(now.episode.id);
  return {
    ...summarise(now),
    ...(kept?.by.model === undefined ? {} : { model: kept.by.model }),
    ...(kept?.by.note === undefined ? {} : { planner_note: kept.by.note }),
    ...(kept === null ? {} : { world: { ...kept.world, elements: kept.plan.elements.length } }),
    beats: (kept?.plan.beats ?? []).map((beat, index) => {
      const number = index + 1;
      const shotId = shotIdOf(number, idFor);
      const job = now.jobs.find((each) => each.stepKey === stepOfBeat(number));
      return {
        beat_id: stepOfBeat(number),
        number,
        shot_id: shotId,
        state: job === undefined && isPast(now) ? ("CANCELLED" as const) : beatState(job?.state ?? null),
        description: beat.description,
        seconds: beat.seconds,
        progress: job?.progress ?? 0,
        ...jobFields(job),
        artefacts: takes.filter((take) => take.shotId === shotId).flatMap(artefactsOf),
      };
    }),
  };
}

/** Whatever has no job by then will have none: its shot was taken out of the film, or the episode was ended before. */
const isPast = ({ episode }: EpisodeNow) =>
  (["EXECUTING", "ABANDONED", "TERMINATED"] as EpisodeState[]).includes(episode.state);

function jobFields(job: JobView | undefined): { job_id?: string; error?: { code: string; message: string } } {
  if (job === undefined) return {};
  return { job_id: job.id, ...(job.error === undefined ? {} : { error: job.error }) };
}

function artefactsOf(take: TakeView): z.infer<typeof Artefact>[] {
  const version = take.number;
  return [
    { type: "video", uri: take.videoUrl, version },
    ...(take.posterUrl === undefined ? [] : [{ type: "poster" as const, uri: take.posterUrl, version }]),
  ];
}
