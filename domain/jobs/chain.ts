import { StudioError } from "#domain/errors.ts";
import type { GraphNode } from "./graph.ts";
import type { AgentInfo, EngineLimits } from "./messages/agent-info.ts";
import type { JoinRequest, VideoRequest } from "./messages/render-request.ts";

/** Most frames of one render where no engine says: what LTX-2's contract promises. 505 = 8 · 63 + 1. */
export const usualLimit = 505;
/** Frames a chunk shares with the one before: 4 latents of 8 frames, (4 − 1) · 8 + 1. */
export const usualOverlap = 25;
/** Chunks of one shot: what one join takes. */
const mostChunks = 1000;
/** Said of every chunk but the first: a continued picture tends to stop moving. */
const againstFreezing = "frozen frame, still image, static pose, repeated motion";

/** Frames [start, start + length) of the shot are rendered; `frames` of them are kept after `trimHead`. */
export type PlannedChunk = { start: number; length: number; trimHead: number; frames: number };

/**
 * Plans a long shot as chunks one render can hold, each sharing frames with the one before. There are
 * 1 + ceil((total − limit) / (limit − overlap)) of them; what is kept of them is [0, total), in order, once.
 * @param total    length of the shot, frames, int >= 1
 * @param limit    most frames per render, frames (from the engine's limits)
 * @param overlap  shared frames, 0 <= overlap < limit
 * @param grid     lengths an engine renders are a multiple of this, plus one: the last chunk may run beyond the end,
 *   and what is beyond is not kept
 * @throws StudioError "chain/overlap-too-large"; "request/invalid" when a join could not take so many chunks
 */
export function planChain(
  total: number,
  { limit = usualLimit, overlap = usualOverlap, grid = 1 }: { limit?: number; overlap?: number; grid?: number } = {},
): PlannedChunk[] {
  const most = onGrid(limit, grid, Math.floor);
  if (overlap < 0 || overlap >= most) {
    throw new StudioError(
      "chain/overlap-too-large",
      `Chunks of ${most} frames cannot share ${overlap} with the one before; at most ${most - 1}.`,
    );
  }
  const step = most - overlap;
  const count = 1 + Math.max(0, Math.ceil((total - most) / step));
  if (count > mostChunks) {
    throw new StudioError(
      "request/invalid",
      `${total} frames would take ${count} renders of ${most}; at most ${mostChunks} make one shot.`,
    );
  }
  return Array.from({ length: count }, (_, index) => {
    const start = index * step;
    const wanted = Math.min(most, total - start);
    const trimHead = index === 0 ? 0 : overlap;
    return { start, length: onGrid(wanted, grid, Math.ceil), trimHead, frames: wanted - trimHead };
  });
}

/** @returns the nearest length that is a multiple of `grid`, plus one; at least 1 */
function onGrid(length: number, grid: number, round: (value: number) => number): number {
  return grid <= 1 ? length : Math.max(1, round((length - 1) / grid) * grid + 1);
}

/** The usual overlap, or a quarter of a render where that is less. @param limit  frames per render */
export function overlapFor(limit: number): number {
  return Math.min(usualOverlap, Math.floor(limit / 4));
}

export type RenderLimits = Pick<EngineLimits, "framesGrid" | "takesPictures" | "takesKeyframes"> & {
  maxFrames: number;
};

/**
 * How long one render may be on this fleet: as long as its ablest engine for the wish allows, so that there are as few
 * seams as can be. An engine that does not say counts as the usual one; so does a fleet that is away.
 */
export function limitsFor(
  agents: readonly Pick<AgentInfo, "engines">[],
  wish: { engine?: string | undefined; model?: string | undefined } = {},
): RenderLimits {
  const able = agents
    .flatMap((agent) => agent.engines)
    .filter(
      (engine) =>
        engine.capabilities.includes("video") &&
        (wish.engine === undefined || engine.id === wish.engine) &&
        (wish.model === undefined || engine.models.includes(wish.model)),
    )
    .map(({ limits }) => ({ ...limits, maxFrames: limits.maxFrames ?? usualLimit }))
    .sort((a, b) => b.maxFrames - a.maxFrames);
  return able[0] ?? { maxFrames: usualLimit };
}

/** What the nodes of one shot have in common. */
export type ShotNode = Pick<
  GraphNode,
  | "key"
  | "lane"
  | "shotId"
  | "priority"
  | "dependsOn"
  | "dependsOnJobs"
  | "engineWanted"
  | "modelWanted"
  | "expiresAt"
  | "madeFrom"
> & {
  kind: "shot";
};

/**
 * The jobs that render a shot: one, or, where it is longer than one render may be, chunks that continue each other and
 * a head that joins them. The head comes first: it is the job people see.
 * @param node  `key` becomes the head's, and its chunks are `<key>/chunk:0` and so on; without one they are `join` and
 *   `chunk:0`
 * @throws StudioError as `planChain`
 */
export function shotNodes(request: VideoRequest, node: ShotNode, limits: RenderLimits): GraphNode[] {
  if (request.frames <= limits.maxFrames) return [{ ...node, request }];
  const { maxFrames: limit, framesGrid: grid } = limits;
  const plan = planChain(request.frames, {
    limit,
    overlap: overlapFor(limit),
    ...(grid === undefined ? {} : { grid }),
  });
  const head = node.key ?? "join";
  const keyOf = (index: number) => `${node.key === undefined ? "" : `${node.key}/`}chunk:${index}`;
  const { dependsOn = [], dependsOnJobs = [], madeFrom, ...rest } = node;
  const chunks = plan.map((chunk, index): GraphNode => ({
    ...rest,
    key: keyOf(index),
    kind: "chunk",
    dependsOn: index === 0 ? dependsOn : [keyOf(index - 1)],
    ...(index === 0 ? { dependsOnJobs } : {}),
    part: { head, index, count: plan.length },
    request: chunkRequest(request, chunk, index, keyOf),
  }));
  const join: JoinRequest = {
    role: "join",
    parts: plan.map(({ trimHead, frames }, index) => ({ name: keyOf(index), trimHead, frames })),
    width: request.width,
    height: request.height,
    fps: request.fps,
    frames: request.frames,
    prompt: request.prompt,
    ...(request.negativePrompt === undefined ? {} : { negativePrompt: request.negativePrompt }),
    seed: request.seed,
  };
  // Joining is nobody's engine of choice: the wish is the chunks'.
  const { engineWanted: _engine, modelWanted: _model, ...shown } = rest;
  const made = madeFrom === undefined ? {} : { madeFrom };
  return [{ ...shown, ...made, key: head, dependsOn: plan.map((_, index) => keyOf(index)), request: join }, ...chunks];
}

/** The first chunk starts from what the person gave; each later one from the end of the one before. */
function chunkRequest(
  request: VideoRequest,
  { start, length, trimHead }: PlannedChunk,
  index: number,
  keyOf: (index: number) => string,
): VideoRequest {
  const { negativePrompt, ...rest } = request;
  const later: Partial<VideoRequest> =
    index === 0
      ? {}
      : {
          negativePrompt: [negativePrompt, againstFreezing].filter(Boolean).join(", "),
          conditioning: [{ input: keyOf(index - 1), frame: 0, strength: 1 }],
        };
  return {
    ...rest,
    ...(negativePrompt === undefined ? {} : { negativePrompt }),
    ...later,
    // The scene stays the shot's own; only what an engine dreams beside it differs from chunk to chunk.
    plan: { ...request.plan, seed: request.seed },
    seed: (request.seed + index) % 2 ** 32,
    chunk: { start, length, overlap: trimHead, total: request.frames, lossless: true },
  };
}
