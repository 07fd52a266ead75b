import type { Id } from "#domain/ids.ts";
import type { Capability, Lane } from "./capabilities.ts";

/** Names on NATS. A capability's dots become dashes, because a dot splits a subject. */
export const token = (capability: Capability): string => capability.replaceAll(".", "-");

export const jobsStream = "GPU_JOBS";
export const resultsStream = "GPU_RESULTS";
/** Advisories about messages of the work queue that nobody will get any more. */
export const deadStream = "GPU_DEAD";
export const leaseBucket = "lease";
export const agentsBucket = "agents";
export const cancelBucket = "cancel";
/** The newest `ProgressMessage` of each job under way, with its newest picture, by `<project>.<job>`. */
export const progressBucket = "job-progress";
/** Which of several processes does what only one of them shall do. */
export const turnBucket = "turn";
/** What operators want of an agent: `AgentControl` by agent id. */
export const agentControlBucket = "agent-control";

export const subjects = {
  job: (capability: Capability, lane: Lane, workspaceId: Id) => `gpu.job.${token(capability)}.${lane}.${workspaceId}`,
  jobsOf: (capability: Capability, lane: Lane) => `gpu.job.${token(capability)}.${lane}.*`,
  allJobs: "gpu.job.>",
  result: (projectId: Id, jobId: Id) => `gpu.result.${projectId}.${jobId}`,
  allResults: "gpu.result.>",
  progress: (projectId: Id, jobId: Id) => `gpu.progress.${projectId}.${jobId}`,
  progressOfProject: (projectId: Id) => `gpu.progress.${projectId}.*`,
  allProgress: "gpu.progress.>",
  cancel: (jobId: Id) => `gpu.cancel.${jobId}`,
  allCancels: "gpu.cancel.>",
  /** A shout that `agent-control.<id>` has changed. */
  agentControl: (agentId: Id) => `agent.control.${agentId}`,
  /** The broker gave up delivering a job, or an agent refused it for good. */
  deadJobs: [
    "$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.GPU_JOBS.*",
    "$JS.EVENT.ADVISORY.CONSUMER.MSG_TERMINATED.GPU_JOBS.*",
  ],
  /** Job, take and asset events of one project, from the director and the app to every editor. */
  projectEvents: (projectId: Id) => `film.event.${projectId}`,
  allProjectEvents: "film.event.*",
  /** Who lost its connection asks to be told again what happened meanwhile: `{seconds}`. */
  eventsMissed: "film.missed",
  edit: (projectId: Id) => `film.edit.${projectId}`,
  allEdits: "film.edit.*",
  /** What collab-servers tell each other about one film, in bytes (`domain/collab/backplane.ts`). */
  filmBytes: (projectId: Id) => `film.bytes.${projectId}`,
  /** Each collab-server says that it lives. */
  collabAlive: "collab.alive",
  /** Somebody's role changed or a project was deleted: open sockets look again. */
  accessChanged: "film.access",
  sign: "storage.sign",
  directorPing: "director.ping",
  collabPing: "collab.ping",
} as const;

export const consumerName = (capability: Capability, lane: Lane): string => `${token(capability)}-${lane}`;
