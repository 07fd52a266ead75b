import type { VideoRequest } from "#domain/jobs/messages/render-request.ts";
import type { FailureKind } from "#domain/jobs/messages/result-message.ts";
import { aVideoRequest as anyRequest } from "#domain/jobs/testing/video-request.ts";

/**
 * What the test engine shall do: words of its own schema, `gpu-agent/testing/test-engine.ts`, which says what each means.
 * Processes never import each other, so they are here once more.
 */
export type Behaviour = {
  ms?: number;
  fail?: FailureKind;
  failUpTo?: number;
  failOn?: string;
  inChunk?: number;
  crashUpTo?: number;
  hang?: boolean;
  deaf?: boolean;
  bytes?: number;
};

/** A render request that tells the test engine what to do. */
export const aVideoRequest = (behaviour: Behaviour = {}): VideoRequest =>
  anyRequest({ prompt: JSON.stringify(behaviour) });
