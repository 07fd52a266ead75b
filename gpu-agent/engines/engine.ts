import type { RenderRequest } from "#domain/jobs/messages.ts";

/**
 * What the agent asks of anything that can render. Engines declare and run; queues, leases and uploads are the
 * agent's. A new engine is one folder beside this file.
 */
export type EngineStatus = {
  /** Request roles it can run now. */
  roles: RenderRequest["role"][];
  ready: boolean;
  version: string;
  /** What it runs on, in words, e.g. the GL renderer. */
  device: string;
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
  /** @returns the local path of an input asset */
  assetPath(assetId: string): Promise<string>;
  /** `fraction` never goes back and ends at 1. */
  progress(progress: RunProgress): void;
  /** A small picture of what is being made: at most 24 KiB, at most two a second. */
  preview(jpeg: Uint8Array): void;
};

export type RenderedFile = {
  role: "video" | "poster" | "audio" | "image" | "metadata";
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

export type EngineErrorKind = "cancelled" | "retryable" | "permanent" | "capacity" | "missing-model" | "licence";

export class EngineError extends Error {
  readonly kind: EngineErrorKind;
  constructor(kind: EngineErrorKind, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = "EngineError";
    this.kind = kind;
  }
}
