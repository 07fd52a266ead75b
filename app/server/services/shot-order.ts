import { madeFrom } from "#domain/film/staleness.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Film } from "#domain/film/snapshot.ts";
import { shotNodes, type RenderLimits, type ShotNode } from "#domain/jobs/chain.ts";
import type { GraphNode } from "#domain/jobs/graph.ts";
import { videoRequestFor, type ShotWishes } from "./render-requests.ts";

/**
 * The jobs that render a shot as it is now; its take will know what it was made from.
 * @throws StudioError as `shotNodes`
 */
export function orderShot(
  film: Film,
  shot: Shot,
  node: ShotNode,
  limits: RenderLimits,
  wishes: ShotWishes = {},
): GraphNode[] {
  const request = videoRequestFor(film, shot, wishes);
  const { engineWanted, modelWanted } = node;
  const made = madeFrom(film, shot, { seed: request.seed, engineWanted, modelWanted });
  return shotNodes(request, { ...node, madeFrom: made }, limits);
}
