import type { EngineLimits } from "#domain/jobs/messages/agent-info.ts";
import type { ArtifactRole } from "#domain/jobs/messages/artifact.ts";
import type { JobInput, PartOf } from "#domain/jobs/messages/job-message.ts";
import type { RenderRequest } from "#domain/jobs/messages/render-request.ts";
import type { FailureKind } from "#domain/jobs/messages/result-message.ts";

/**
 * What the agent asks of anything that can render. Engines declare and run; queues, leases and uploads are the
 * agent's. A new engine is one folder beside this file.
 */
export type EngineStatus = {
  /** Request roles it can run now. */
  roles: RenderRequest["role"][];
  ready: boolean;
  /** Shown beside the engine's id, which it does not say again. */
  version: string;
  /** What it runs on, in words, e.g. the GL renderer. */
  device: string;
  /** Models it has weights of; none unless said. */
  models?: string[];
  limits?: EngineLimits;
  /** One sentence for the operator when something is not as it should be; null when all is well. */
  warning: string | null;
};

export type RunProgress = { stage: string; step?: number; total?: number; fraction: number; message?: string };

export type RunContext = {
  signal: AbortSignal;
  jobId: string;
  attempt: number;
  /** A folder of this run's own; the caller makes it and removes it. */
  scratch: string;
  /** What earlier steps of the run made, by name; none where the job waited for nothing. */
  inputs?: readonly JobInput[];
  /** Which part of a longer job this is. */
  part?: PartOf | undefined;
  /** @returns the local path of an input asset */
  assetPath(assetId: string): Promise<string>;
  /** `fraction` never goes back and ends at 1. */
  progress(progress: RunProgress): void;
  /** A small picture of what is being made: at most 24 KiB, at most two a second. */
  preview(jpeg: Uint8Array): void;
  /** What the run answers beside its files, for steps that wait for it: JSON, at most 64 KiB. The last call counts. */
  answer?(output: unknown): void;
};

export type RenderedFile = {
  role: ArtifactRole;
  /** Tells files of one role apart; the role unless said. */
  name?: string | undefined;
  path: string;
  contentType: string;
  meta: Record<string, number | string>;
};

export interface Engine {
  readonly id: string;
  probe(signal: AbortSignal): Promise<EngineStatus>;
  /** @throws EngineError, and nothing else; after it no file of the run is left in `scratch` */
  run(request: RenderRequest, context: RunContext): Promise<RenderedFile[]>;
  dispose(): Promise<void>;
}

export type EngineErrorKind = FailureKind | "cancelled";

export class EngineError extends Error {
  readonly kind: EngineErrorKind;
  /** For operators: what people are not shown. */
  readonly detail: string | undefined;
  /** @param message  a sentence for people */
  constructor(kind: EngineErrorKind, message: string, options: { cause?: unknown; detail?: string } = {}) {
    super(message, options);
    this.name = "EngineError";
    this.kind = kind;
    this.detail = options.detail;
  }
}
