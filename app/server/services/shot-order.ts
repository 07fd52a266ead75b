import { takesByShot } from "#domain/film/playing-take.ts";
import { madeFrom } from "#domain/film/staleness.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Film } from "#domain/film/snapshot.ts";
import { stagingOf } from "#domain/film/staging-of.ts";
import { shotNodes, type RenderLimits, type ShotNode } from "#domain/jobs/chain.ts";
import type { GraphNode } from "#domain/jobs/graph.ts";
import type { Conditioning } from "#domain/jobs/messages/render-request.ts";
import type { TakeView } from "#domain/jobs/messages/views.ts";
import { startsFrom } from "#domain/prompt/pictures.ts";
import { videoRequestFor, type ShotWishes } from "./render-requests.ts";

/** A shot and its place in the run. */
export interface OrderedShot {
  shot: Shot;
  node: ShotNode;
}
/** What is there: on what it will be rendered, and what it may go on from. */
export interface OrderedFrom {
  limits: RenderLimits;
  takes: readonly TakeView[];
}

/**
 * The jobs that render shots as they are now; each take will know what it was made from. Where an engine starts from
 * pictures, a shot goes on from the end of the one before in its scene, and waits for it if it is asked for as well.
 * @throws StudioError as `shotNodes`
 */
export function orderShots(
  film: Film,
  ordered: readonly OrderedShot[],
  { limits, takes }: OrderedFrom,
  wishes: ShotWishes = {},
): GraphNode[] {
  const takesOf = takesByShot(takes);
  const keys = new Map(ordered.flatMap(({ shot, node }) => (node.key === undefined ? [] : [[shot.id, node.key]])));
  const asked = new Set(keys.keys());
  return ordered.flatMap(({ shot, node }) => {
    const request = videoRequestFor(film, shot, wishes);
    const { engineWanted, modelWanted, dependsOn = [] } = node;
    const made = madeFrom(film, shot, { seed: request.seed, engineWanted, modelWanted });
    const given =
      request.conditioning === undefined && limits.takesPictures === true ? snappedOf(film, shot, request) : [];
    const isStarted = given.some(({ frame, use }) => frame === 0 && use === "keyframe");
    const start =
      limits.takesPictures && request.conditioning === undefined && !isStarted
        ? startsFrom(film, shot, asked, takesOf)
        : null;
    const waits = start !== null && "shotId" in start ? [keys.get(start.shotId)!] : [];
    const from: Conditioning[] = [
      ...(start === null
        ? []
        : [{ ...("assetId" in start ? start : { input: waits[0]! }), frame: 0, strength: wholeStrength }]),
      ...given,
    ];
    return shotNodes(
      from.length === 0 ? request : { ...request, conditioning: from },
      { ...node, ...(waits.length === 0 ? {} : { dependsOn: [...dependsOn, ...waits] }), madeFrom: made },
      limits,
    );
  });
}
const wholeStrength = 1;

/** Frames that people have snapped in the set: what the shot goes through and is guided by, as many as a request takes. */
function snappedOf(film: Film, shot: Shot, { frames }: { frames: number }): Conditioning[] {
  return stagingOf(film, shot)
    .frames.flatMap(({ assetId, frame, strength, use }): Conditioning[] =>
      use === "reference" || frame >= frames ? [] : [{ assetId, frame, strength, use }],
    )
    .slice(0, mostSnapped);
}
/** One less than a request holds: the end of the shot before may come first. */
const mostSnapped = 19;
