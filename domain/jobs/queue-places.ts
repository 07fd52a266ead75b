import type { Id } from "#domain/ids.ts";
import type { Lane } from "./capabilities.ts";
import type { Share } from "./fair-share.ts";

/** What of a capability's queue a place is reckoned from, without putting the whole queue in order. */
export type QueueShape = {
  /** Waiting jobs by lane and workspace. */
  waiting: Record<Lane, ReadonlyMap<Id, number>>;
  shares: ReadonlyMap<Id, Share>;
  /** Jobs that are handed on and that nobody has begun: they come before all that wait. */
  released: number;
};

/** Where a job stands: the job of its workspace and lane that `index` others go before. */
export type Standing = { workspaceId: Id; lane: Lane; index: number };

/** Of four turns, three are the interactive lane's while both wait; see `releaseOrder`. */
const interactivePerBatch = 3;

/**
 * How many jobs of the same capability go before this one, as `releaseOrder` would have it. Turns that go to a
 * workspace's oldest job, and limits, are left aside.
 */
export function jobsAhead(shape: QueueShape, { workspaceId, lane, index }: Standing): number {
  const ahead = aheadInLane(shape.waiting[lane], shape.shares, workspaceId, index);
  const others = total(shape.waiting[lane === "batch" ? "interactive" : "batch"]);
  const between = lane === "batch" ? (ahead + 1) * interactivePerBatch : Math.floor(ahead / interactivePerBatch);
  return shape.released + ahead + Math.min(others, between);
}

/** Every workspace has had its turns up to the moment when this one has its `index`-th from now. */
function aheadInLane(waiting: ReadonlyMap<Id, number>, shares: ReadonlyMap<Id, Share>, own: Id, index: number): number {
  const mine = read(shares.get(own));
  const moment = (mine.inFlight + index) / mine.weight;
  let ahead = index;
  for (const [workspaceId, count] of waiting) {
    if (workspaceId === own) continue;
    const theirs = read(shares.get(workspaceId));
    // Their j-th turn comes at (inFlight + j) / weight; at the same moment, who was served longer ago goes first.
    const turns = moment * theirs.weight - theirs.inFlight;
    const goesFirst = theirs.servedAt < mine.servedAt || (theirs.servedAt === mine.servedAt && workspaceId < own);
    const before = goesFirst ? Math.floor(turns) + 1 : Math.ceil(turns);
    ahead += Math.min(count, Math.max(0, before));
  }
  return ahead;
}

function read(share: Share | undefined): { inFlight: number; weight: number; servedAt: number } {
  return { inFlight: share?.inFlight ?? 0, weight: share?.weight ?? 1, servedAt: share?.servedAt ?? 0 };
}

function total(counts: ReadonlyMap<Id, number>): number {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
}
