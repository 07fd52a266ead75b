import type { Id } from "#domain/ids.ts";
import type { Lane } from "./capabilities.ts";

/** A queued job as the scheduler sees it. `place`: where it stands among those of its priority; `seq`: its arrival. */
export type Waiting = { id: Id; workspaceId: Id; lane: Lane; priority: number; place: number; seq: number };

/** What a workspace has had and may have. */
export type Share = {
  /** Jobs of it that are released or running now. */
  inFlight: number;
  /** How many it may have so at once; absent: no limit. */
  limit?: number | undefined;
  /** How many turns it gets when another with weight 1 gets one; 1 unless said. */
  weight?: number | undefined;
  /** When it last had a turn, milliseconds since the epoch; 0: never. */
  servedAt?: number | undefined;
  /** How many turns it has had in its life. */
  turns?: number | undefined;
};

export type Shares = ReadonlyMap<Id, Share>;

/** One turn in so many goes to what nobody waits in front of, also while somebody waits elsewhere. */
const batchEvery = 4;
/** One of a workspace's turns in so many goes to its oldest job, however urgent the others are. */
const oldestEvery = 8;

/** Whether the studio's n-th turn, counted from 0, belongs to the batch lane first. */
export function isBatchTurn(turn: number): boolean {
  return turn % batchEvery === batchEvery - 1;
}

/** Whether one of the workspace's next `count` turns belongs to its oldest job. */
export function comesOldestTurn(share: Pick<Share, "turns"> | undefined, count: number): boolean {
  return ((share?.turns ?? 0) % oldestEvery) + count >= oldestEvery;
}

/**
 * Who would have the next turns if every workspace had jobs without end: what has to be looked up to release `room` jobs.
 * @returns turns by workspace; who gets none is left out
 */
export function turnsAhead(workspaceIds: Iterable<Id>, shares: Shares, room: number): Map<Id, number> {
  const lines = [...workspaceIds].map((workspaceId) => openLine(workspaceId, shares.get(workspaceId)));
  const given = new Map<Id, number>();
  for (let turn = 0; turn < room; turn++) {
    const line = nextLine(lines);
    if (line === undefined) break;
    given.set(line.workspaceId, (given.get(line.workspaceId) ?? 0) + 1);
    serve(line, turn);
  }
  return given;
}

export type OrderOptions = {
  /** How many to choose at most. */
  limit?: number;
  /** How many turns the studio has given before: which of the next ones belong to the batch lane. */
  turn?: number;
  /** Asked once for each job whose turn it is: whether somebody has room for it now. A job that is refused waits on. */
  accepts?: (job: Waiting) => boolean;
};

/**
 * In which order waiting jobs are released. What somebody waits in front of goes first, but every fourth turn belongs to
 * the batch lane. Within a lane workspaces take turns by weight, so that a thousand jobs of one never hold up the first
 * job of another: whoever has the fewest jobs in flight for its weight, among equals whoever has waited longest for a
 * turn. Within a workspace: priority, then place; every eighth turn goes to its oldest job.
 */
export function releaseOrder<Job extends Waiting>(
  waiting: readonly Job[],
  shares: Shares,
  options: Omit<OrderOptions, "accepts"> & { accepts?: (job: Job) => boolean } = {},
): Job[] {
  const { limit = Number.POSITIVE_INFINITY, turn: firstTurn = 0, accepts = () => true } = options;
  const lines = new Map<Id, Line & { queues: Record<Lane, Queue<Job>> }>();
  for (const job of waiting) {
    let line = lines.get(job.workspaceId);
    if (line === undefined) {
      line = {
        ...openLine(job.workspaceId, shares.get(job.workspaceId)),
        queues: { interactive: openQueue(), batch: openQueue() },
      };
      lines.set(job.workspaceId, line);
    }
    line.queues[job.lane].jobs.push(job);
  }
  for (const line of lines.values())
    for (const queue of Object.values(line.queues))
      queue.jobs.sort((a, b) => b.priority - a.priority || a.place - b.place);
  const inLane = {
    interactive: [...lines.values()].filter((line) => line.queues.interactive.jobs.length > 0),
    batch: [...lines.values()].filter((line) => line.queues.batch.jobs.length > 0),
  };
  const order: Job[] = [];
  while (order.length < limit) {
    const lanes: Lane[] = isBatchTurn(firstTurn + order.length) ? ["batch", "interactive"] : ["interactive", "batch"];
    const chosen = takeFrom(lanes[0]!) ?? takeFrom(lanes[1]!);
    if (chosen === null) break;
    order.push(chosen);
  }
  return order;

  function takeFrom(lane: Lane): Job | null {
    for (;;) {
      const open = inLane[lane].filter((line) => hasMore(line.queues[lane]));
      inLane[lane] = open;
      const line = nextLine(open);
      if (line === undefined) return null;
      const job = takeJob(line.queues[lane], comesOldestTurn(line, 1));
      if (!accepts(job)) continue;
      serve(line, order.length);
      return job;
    }
  }
}

type Line = {
  workspaceId: Id;
  given: number;
  inFlight: number;
  limit: number;
  weight: number;
  servedAt: number;
  turns: number;
};

/** Later than any real moment: whoever was served in this round waits behind the rest. */
const thisRound = Date.UTC(9999, 0);

function openLine(workspaceId: Id, share: Share | undefined): Line {
  return {
    workspaceId,
    given: 0,
    inFlight: share?.inFlight ?? 0,
    limit: share?.limit ?? Number.POSITIVE_INFINITY,
    weight: share?.weight ?? 1,
    servedAt: share?.servedAt ?? 0,
    turns: share?.turns ?? 0,
  };
}

function serve(line: Line, turn: number): void {
  line.given += 1;
  line.turns += 1;
  line.servedAt = thisRound + turn;
}

function nextLine<L extends Line>(lines: readonly L[]): L | undefined {
  let best: L | undefined;
  for (const line of lines) {
    if (line.inFlight + line.given >= line.limit) continue;
    if (best === undefined || goesBefore(line, best)) best = line;
  }
  return best;
}

function goesBefore(a: Line, b: Line): boolean {
  const share = (a.inFlight + a.given) / a.weight - (b.inFlight + b.given) / b.weight;
  return share === 0 ? a.servedAt < b.servedAt : share < 0;
}

/** `jobs` in order; those before `next`, and those in `taken`, are gone. */
type Queue<Job> = { jobs: Job[]; next: number; taken: Set<Id> };

function openQueue<Job>(): Queue<Job> {
  return { jobs: [], next: 0, taken: new Set() };
}

function hasMore(queue: Queue<Waiting>): boolean {
  while (queue.next < queue.jobs.length && queue.taken.has(queue.jobs[queue.next]!.id)) queue.next += 1;
  return queue.next < queue.jobs.length;
}

function takeJob<Job extends Waiting>(queue: Queue<Job>, oldest: boolean): Job {
  let job = queue.jobs[queue.next]!;
  if (oldest)
    for (const other of queue.jobs.slice(queue.next))
      if (other.seq < job.seq && !queue.taken.has(other.id)) job = other;
  queue.taken.add(job.id);
  return job;
}
