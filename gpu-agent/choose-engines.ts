import type { Capability } from "#domain/jobs/capabilities.ts";
import type { EngineLimits } from "#domain/jobs/messages/agent-info.ts";
import type { EngineWish } from "#domain/jobs/messages/job-message.ts";
import type { RenderRequest } from "#domain/jobs/messages/render-request.ts";

export type Candidate = { id: string; capabilities: Capability[]; models: string[]; limits: EngineLimits };

/**
 * The engines that can do a job, in the order in which they should try: those that had no room for it before come last.
 */
export function chooseEngines<T extends Candidate>(
  engines: readonly T[],
  job: { request: RenderRequest; want?: EngineWish | undefined },
): T[] {
  const { request, want } = job;
  const able = engines.filter(
    (engine) =>
      engine.capabilities.includes(request.role) &&
      (want?.engine === undefined || want.engine === engine.id) &&
      (want?.model === undefined || engine.models.includes(want.model)) &&
      isWithin(engine.limits, request),
  );
  const hadNoRoom = (engine: T) => want?.notEngines.includes(engine.id) === true;
  return [...able.filter((engine) => !hadNoRoom(engine)), ...able.filter(hadNoRoom)];
}

function isWithin(limits: EngineLimits, request: RenderRequest): boolean {
  // A join is as long as its shot, whatever can be rendered at once.
  const frames = request.role === "video" ? (request.chunk?.length ?? request.frames) : 0;
  const pixels = request.role === "video" || request.role === "image" ? request.width * request.height : 0;
  const seconds = request.role.startsWith("audio.") && "seconds" in request ? request.seconds : 0;
  return (
    frames <= (limits.maxFrames ?? Number.POSITIVE_INFINITY) &&
    pixels <= (limits.maxPixels ?? Number.POSITIVE_INFINITY) &&
    seconds <= (limits.maxSeconds ?? Number.POSITIVE_INFINITY)
  );
}
