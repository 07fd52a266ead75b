import { openAgentControls } from "#bus/agent-control.ts";
import { openKeptProgress } from "#bus/kept-progress.ts";
import { type DepthRow, queueDepth } from "#db/queries/queue-depth.ts";
import { visibleJobs } from "#db/queries/visible-jobs.ts";
import { StudioError } from "#domain/errors.ts";
import type { Id } from "#domain/ids.ts";
import type { AgentView, Depth, FleetView, QueueView, RunningJob } from "#domain/jobs/fleet-view.ts";
import type { AgentInfo } from "#domain/jobs/messages/agent-info.ts";
import type { ProgressMessage } from "#domain/jobs/messages/progress-message.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import type { Caller } from "../auth.ts";
import { runsStudio, whoRunsStudio } from "../studio-admins.ts";
import type { StudioParts } from "../studio-parts.ts";
import { openShotNumbers } from "./shot-numbers.ts";

export type FleetViews = {
  /** @throws StudioError service/unavailable when the broker does not say */
  fleet: (caller: Caller) => Promise<FleetView>;
  queue: (caller: Caller) => Promise<QueueView>;
  /** @throws StudioError auth/forbidden, thing/not-found, service/unavailable */
  control: (caller: Caller, agentId: Id, drain: boolean) => Promise<AgentView>;
};

/** The fleet and its queue as one person may see them. */
export function openFleetViews(parts: StudioParts): FleetViews {
  const controls = openAgentControls(parts.bus);
  const kept = openKeptProgress(parts.bus);
  const shotNumbers = openShotNumbers(parts.db, parts.now);

  const see = async (caller: Caller, agents: AgentInfo[]): Promise<AgentView[]> => {
    const jobIds = agents.flatMap((agent) => agent.running.map(({ jobId }) => jobId));
    const [visible, wishes] = await Promise.all([
      visibleJobs(parts.db, caller.userId, jobIds),
      fromBroker(controls.list),
    ]);
    const seen = new Map(
      await Promise.all(
        visible.map(async ({ job, projectTitle }) => {
          const [live, numbers] = await Promise.all([
            kept.read(job.projectId, job.id).catch(() => null),
            job.shotId === undefined ? null : shotNumbers(job.projectId),
          ]);
          const number = job.shotId === undefined ? undefined : numbers?.get(job.shotId);
          return [job.id, describe(job, live, projectTitle, number)] as const;
        }),
      ),
    );
    return agents
      .map(({ v: _v, running, ...agent }) => {
        const control = wishes.get(agent.id);
        return {
          ...agent,
          jobs: running.length,
          running: running.map(({ jobId, ...one }) => {
            const job = seen.get(jobId);
            return { ...one, ...(job === undefined ? {} : { job }) };
          }),
          ...(control === undefined ? {} : { control }),
        };
      })
      .sort((a, b) => a.id.localeCompare(b.id, "en", { numeric: true }));
  };
  const here = () => fromBroker(() => parts.agents.list());

  return {
    fleet: async (caller) => {
      const mayControl = runsStudio(parts.env, caller);
      const agents = await see(caller, await here());
      return { agents, mayControl, ...(mayControl ? {} : { whyNot: whoRunsStudio }) };
    },
    queue: async (caller) => {
      const [rows, agents] = await Promise.all([queueDepth(parts.db, caller.userId), here().catch(() => [])]);
      return viewQueue(rows, agents, runsStudio(parts.env, caller));
    },
    control: async (caller, agentId, drain) => {
      if (!runsStudio(parts.env, caller)) throw new StudioError("auth/forbidden", whoRunsStudio);
      const agent = (await here()).find(({ id }) => id === agentId);
      if (agent === undefined)
        throw new StudioError("thing/not-found", `No agent called ${agentId} has been heard of in the last 15 s.`);
      const control = { drain, by: caller.name, at: new Date(parts.now()).toISOString() };
      await fromBroker(() => controls.set(agentId, control));
      const [view] = await see(caller, [agent]);
      return view!;
    },
  };
}

async function fromBroker<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    throw new StudioError(
      "service/unavailable",
      "The studio's message broker does not answer, so nobody can say which agents are here. It comes back by itself.",
      { cause },
    );
  }
}

type SeenJob = NonNullable<RunningJob["job"]>;

/** The row is a second behind at most; what its agent said last is newer, if it is of the same attempt. */
function describe(
  job: JobView,
  live: ProgressMessage | null,
  projectTitle: string,
  shotNumber: string | undefined,
): SeenJob {
  const { id, projectId, shotId, state, stage, step, total, progress, etaSeconds, message, attempt } = job;
  const stored = { stage, step, total, progress, etaSeconds, message };
  const isNewer = live !== null && live.attempt === attempt && live.state === state && live.fraction >= progress;
  const now = isNewer
    ? {
        stage: live.stage,
        step: live.step,
        total: live.total,
        progress: live.fraction,
        etaSeconds: live.etaSeconds,
        message: live.message,
      }
    : stored;
  return {
    id,
    projectId,
    projectTitle,
    state,
    attempt,
    progress: now.progress,
    ...(shotId === undefined ? {} : { shotId }),
    ...(shotNumber === undefined ? {} : { shotNumber }),
    ...(now.stage === undefined ? {} : { stage: now.stage }),
    ...(now.step === undefined ? {} : { step: now.step }),
    ...(now.total === undefined ? {} : { total: now.total }),
    ...(now.etaSeconds === undefined ? {} : { etaSeconds: now.etaSeconds }),
    ...(now.message === undefined ? {} : { message: now.message }),
    ...(live?.preview === undefined
      ? {}
      : { previewUrl: `/v1/jobs/${id}/preview?at=${Math.round(live.fraction * 1e4)}` }),
  };
}

/** Folds the rows by capability and by workspace. Whose workspaces are not the caller's stay one nameless sum. */
export function viewQueue(
  rows: readonly DepthRow[],
  agents: readonly Pick<AgentInfo, "engines" | "slots" | "state">[],
  seesAll: boolean,
): QueueView {
  const own = rows.filter((row) => row.isOwn || seesAll);
  const others = rows.filter((row) => !row.isOwn && !seesAll);
  const capabilities = [...new Set(rows.map((row) => row.capability))];
  const workspaces = new Map(own.map((row) => [row.workspaceId, row.workspaceName]));
  return {
    ...sum(rows),
    capabilities: capabilities
      .map((capability) => ({
        capability,
        slots: slotsFor(capability, agents),
        ...sum(rows.filter((row) => row.capability === capability)),
      }))
      .sort((a, b) => b.waiting - a.waiting || b.running - a.running || a.capability.localeCompare(b.capability)),
    workspaces: [...workspaces]
      .map(([id, name]) => ({ id, name, ...sum(own.filter((row) => row.workspaceId === id)) }))
      .sort((a, b) => b.waiting - a.waiting || b.running - a.running || a.name.localeCompare(b.name)),
    others: { workspaces: new Set(others.map((row) => row.workspaceId)).size, ...sum(others) },
  };
}

function slotsFor(capability: string, agents: readonly Pick<AgentInfo, "engines" | "slots" | "state">[]): number {
  return agents
    .filter(({ state }) => state === "idle" || state === "busy")
    .filter(({ engines }) => engines.some((engine) => engine.capabilities.some((one) => one === capability)))
    .reduce((slots, agent) => slots + agent.slots, 0);
}

function sum(rows: readonly Depth[]): Depth {
  const ages = rows.flatMap((row) => (row.oldestSeconds === null ? [] : [row.oldestSeconds]));
  const add = (of: (row: Depth) => number) => rows.reduce((total, row) => total + of(row), 0);
  return {
    waiting: add((row) => row.waiting),
    held: add((row) => row.held),
    running: add((row) => row.running),
    oldestSeconds: ages.length === 0 ? null : Math.max(...ages),
  };
}
