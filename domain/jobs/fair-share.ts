import type { Id } from "#domain/ids.ts";

/** A queued job as the scheduler sees it. Times in milliseconds since the epoch. */
export type Waiting = { id: Id; workspaceId: Id; priority: number; seq: number; createdAt: number };

export type Shares = {
  /** Jobs of each workspace that are released or running now. */
  inFlight: ReadonlyMap<Id, number>;
  /** When a job of each workspace was last released. */
  lastServedAt: ReadonlyMap<Id, number>;
  /** How many turns a workspace gets when another with weight 1 gets one; 1 unless said. */
  weights?: ReadonlyMap<Id, number>;
};

/**
 * In which order waiting jobs are released: weighted round robin between workspaces, so that a thousand jobs of one
 * never hold up the first job of another. The workspace with the fewest jobs in flight for its weight has the turn;
 * among equals the one that has waited longest for a turn (ageing). Within a workspace: priority, then age.
 * @param limit  how many to return at most
 */
export function releaseOrder(waiting: readonly Waiting[], shares: Shares, limit = Number.POSITIVE_INFINITY): Waiting[] {
  const queues = new Map<Id, Waiting[]>();
  for (const job of waiting) {
    const queue = queues.get(job.workspaceId);
    if (queue === undefined) queues.set(job.workspaceId, [job]);
    else queue.push(job);
  }
  const lines = [...queues].map(([workspaceId, queue]) => ({
    queue: queue.sort((a, b) => b.priority - a.priority || a.seq - b.seq),
    next: 0,
    turns: shares.inFlight.get(workspaceId) ?? 0,
    weight: shares.weights?.get(workspaceId) ?? 1,
    waitingSince: Math.max(shares.lastServedAt.get(workspaceId) ?? 0, Math.min(...queue.map((job) => job.createdAt))),
  }));
  const order: Waiting[] = [];
  let turn = Date.UTC(9999, 0); // later than any real moment: whoever was served in this round waits behind the rest
  while (order.length < limit) {
    let best: (typeof lines)[number] | undefined;
    for (const line of lines) {
      if (line.next >= line.queue.length) continue;
      if (best === undefined || goesBefore(line, best)) best = line;
    }
    if (best === undefined) break;
    order.push(best.queue[best.next++]!);
    best.turns += 1;
    best.waitingSince = turn++;
  }
  return order;
}

type Line = { queue: Waiting[]; next: number; turns: number; weight: number; waitingSince: number };

function goesBefore(a: Line, b: Line): boolean {
  const share = a.turns / a.weight - b.turns / b.weight;
  if (share !== 0) return share < 0;
  if (a.waitingSince !== b.waitingSince) return a.waitingSince < b.waitingSince;
  const [first, second] = [a.queue[a.next]!, b.queue[b.next]!];
  return first.priority !== second.priority ? first.priority > second.priority : first.seq < second.seq;
}
