import { unitsOf } from "#domain/jobs/estimate.ts";
import type { RenderRequest } from "#domain/jobs/messages/render-request.ts";

/** How big a job is, where its request says so: frames, pixels, and units of its capability. */
export type JobSize = { frames: number | null; width: number | null; height: number | null; units: number | null };

export function sizeOfRequest(request: RenderRequest): JobSize {
  // Of a chunk, what it renders itself.
  const frames = request.role === "video" ? (request.chunk?.length ?? request.frames) : null;
  const sized = frames === null ? request : { ...request, frames };
  return {
    frames: "frames" in sized ? sized.frames : null,
    width: "width" in sized ? sized.width : null,
    height: "height" in sized ? sized.height : null,
    units: unitsOf(sized),
  };
}

/** What an attempt keeps of its job, so that history is read without the jobs. */
export function sizeOf(row: JobSize & { capability: string }): JobSize & { capability: string } {
  const { capability, frames, width, height, units } = row;
  return { capability, frames, width, height, units };
}
