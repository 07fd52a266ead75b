import { maxMessageBytes, releaseJob } from "#bus/job-queue.ts";
import { inputsFor } from "#db/queries/job-inputs.ts";
import { endJob } from "#db/queries/job-lease.ts";
import type { JobRow } from "#db/queries/job-views.ts";
import { type QueuedAt, readQueueNotice } from "#db/queries/queue-notice.ts";
import { gpuSecondsSpent, studioLimits } from "#db/queries/quota.ts";
import {
  type LineWish,
  listLines,
  listOutJobs,
  markReleased,
  type OutJob,
  type ReadyJob,
  readLines,
  readTurns,
  recordTurns,
  takeReleasing,
  type WorkspaceTurns,
} from "#db/queries/release.ts";
import type { Id } from "#domain/ids.ts";
import { Lane } from "#domain/jobs/capabilities.ts";
import { comesOldestTurn, releaseOrder, type Share, type Shares, turnsAhead } from "#domain/jobs/fair-share.ts";
import type { AgentInfo } from "#domain/jobs/messages/agent-info.ts";
import { type JobInput, JobMessage } from "#domain/jobs/messages/job-message.ts";
import { protocolVersion } from "#domain/jobs/messages/protocol-version.ts";
import { openRoom, type Room } from "#domain/jobs/room.ts";
import type { Fleet } from "./fleet.ts";
import type { Parts } from "./parts.ts";
import { recallJobs } from "./recall.ts";
import { openWaitingLines } from "./waiting-lines.ts";

/** Released jobs per slot: one at work and one that waits beside it. What lies deeper can still be reordered. */
const releasedPerSlot = 2;
/** The whole queue is looked through this rarely; notices say what is new before. It also ends pauses between attempts. */
const lookEveryMs = 1000;
/** Weights and limits that somebody has changed hold after this at the latest. */
const turnsKeptMs = 5000;

export type Round = {
  released: number;
  /** Jobs that somebody has called off and that have not ended. */
  cancelling: number;
  /** Something waits or is out: look again soon, also without a notice. */
  isBusy: boolean;
  /** There is room and there are jobs: another round is worth it at once. */
  hasMore: boolean;
  /** All agents have as much as they take: what is free by and by is handed out together. */
  isFull: boolean;
  /** Another director releases at this moment. */
  isOthers: boolean;
};

const quiet = { released: 0, hasMore: false, isFull: false };

export type Releaser = {
  /** Takes a notice of the jobs channel. @returns whether it says that the order is another */
  hear: (notice: string) => boolean;
  /** The queue has to be looked through: notices may have been lost. */
  forget: () => void;
  /** Hands queued jobs to the work queue, fairly and only as far as agents have room for them. */
  round: () => Promise<Round>;
};

type Known = WorkspaceTurns & { readAt: number; isSpent: boolean };

/** So little is read on trust, and only so much of it. */
const fewLines = 4;
const fewJobs = 8;

export function openReleaser(parts: Parts, fleet: Fleet): Releaser {
  const lines = openWaitingLines();
  const workspaces = new Map<Id, Known>();
  let lookedAt = Number.NEGATIVE_INFINITY;
  let turn = 0;
  /** More waits than was asked for, or than there was room for. */
  let isBacklog = false;

  return {
    hear: (notice) => {
      const { lines: joined, isReordered } = readQueueNotice(notice);
      for (const line of joined) lines.add(line);
      if (joined.length === 0) lookedAt = Number.NEGATIVE_INFINITY;
      return isReordered;
    },
    forget: () => (lookedAt = Number.NEGATIVE_INFINITY),
    round: async () => {
      const agents = await fleet.list();
      if (lines.list().length === 0) await lookThrough();
      const waiting = lines.list();
      const ids = new Set(waiting.map((line) => line.workspaceId));
      await knowWorkspaces([...ids].filter((id) => !workspaces.has(id)));
      if (waiting.length === 0) return tell(await listOutJobs(parts.db), quiet);
      const mark = lines.mark();
      // After a quiet round little waits and there is room for it: it is read along with what is out.
      const early = isBacklog || waiting.length > fewLines ? null : waiting.map((line) => wishFor(line, fewJobs));
      const chosen = await parts.db.transaction(async (tx) => {
        // Sent one behind the other, without waiting in between.
        const [isOurs, out, read] = await Promise.all([
          takeReleasing(tx),
          listOutJobs(tx),
          early === null ? [] : readLines(tx, early, openRoom(agents, releasedPerSlot).offers()),
        ]);
        if (!isOurs) return null;
        const room = roomBeside(agents, out);
        const shares = sharesBeside(out);
        const open = waiting.filter((line) => room.hasFor(line.capability));
        const left = room.left();
        const wishes = left === 0 ? [] : (early ?? wishesOf(open, shares, left));
        const jobs = early === null ? await readLines(tx, wishes, room.offers()) : read;
        const order = releaseOrder(jobs, shares, { limit: left, turn, accepts: room.take });
        const isDeep = dropEmpty(wishes, jobs, order, mark);
        const rows = await markReleased(
          tx,
          order.map((job) => job.id),
        );
        return { out, rows, left, isDeep };
      });
      if (chosen === null) return { ...quiet, cancelling: 0, isBusy: true, isOthers: true };
      const { out, rows, left, isDeep } = chosen;
      const isFull = rows.length === left;
      isBacklog = isFull || isDeep;
      // What was told is handed on first; whether it was all, and still so, is looked up beside that.
      await Promise.all([handOn(rows), lookThrough(), knowWorkspaces([...ids].filter(isStale))]);
      return tell(out, { released: rows.length, isFull, hasMore: rows.length > 0 && !isFull });
    },
  };

  /** The round's outcome, and what else there is to see to among what is out. */
  async function tell(out: readonly OutJob[], round: Pick<Round, "released" | "hasMore" | "isFull">): Promise<Round> {
    const back = await recallJobs(
      parts,
      out.filter((job) => job.isRecalled && job.state === "queued"),
    );
    if (back.size > 0) lookedAt = Number.NEGATIVE_INFINITY;
    return {
      ...round,
      hasMore: round.hasMore || back.size > 0,
      cancelling: out.filter((job) => job.state === "cancelling").length,
      isBusy: out.length > 0 || round.released > 0 || lines.list().length > 0,
      isOthers: false,
    };
  }

  function roomBeside(agents: readonly AgentInfo[], jobs: readonly OutJob[]): Room {
    const beside = openRoom(agents, releasedPerSlot);
    // Places of those at work are taken for sure; those that wait can still go to this agent or that.
    const isAtWork = (job: OutJob) => job.state !== "queued" && job.agentId !== null;
    for (const job of jobs) if (isAtWork(job)) beside.occupy(job.agentId!);
    for (const job of jobs) if (!isAtWork(job)) beside.take(job);
    return beside;
  }

  function sharesBeside(jobs: readonly OutJob[]): Map<Id, Share> {
    const counts = new Map<Id, number>();
    for (const job of jobs) counts.set(job.workspaceId, (counts.get(job.workspaceId) ?? 0) + 1);
    return new Map(
      [...workspaces.values()].map((known) => [
        known.workspaceId,
        {
          inFlight: counts.get(known.workspaceId) ?? 0,
          weight: known.weight,
          servedAt: known.servedAt,
          turns: known.turns,
          limit: known.isSpent ? 0 : (known.maxRunning ?? studioLimits().maxRunning),
        },
      ]),
    );
  }

  /** As many jobs of each line as its workspace may get turns. */
  function wishesOf(open: readonly QueuedAt[], shares: Shares, left: number): LineWish[] {
    return Lane.options.flatMap((lane) => {
      const own = open.filter((line) => line.lane === lane);
      const turns = turnsAhead(new Set(own.map((line) => line.workspaceId)), shares, left);
      return own.flatMap((line) => {
        const take = turns.get(line.workspaceId) ?? 0;
        return take === 0 ? [] : [wishFor(line, take)];
      });
    });
  }

  function wishFor({ capability, lane, projectId, workspaceId }: QueuedAt, take: number): LineWish {
    return { capability, lane, projectId, take, withOldest: comesOldestTurn(workspaces.get(workspaceId), take) };
  }

  /**
   * Lines that gave less than was asked for, all of which goes now, have nothing more.
   * @returns whether some line has more than was asked for
   */
  function dropEmpty(
    wishes: readonly LineWish[],
    jobs: readonly ReadyJob[],
    order: readonly ReadyJob[],
    mark: number,
  ): boolean {
    let isDeep = false;
    const isChosen = new Set(order.map((job) => job.id));
    for (const wish of wishes) {
      const read = jobs.filter(
        (job) => job.capability === wish.capability && job.lane === wish.lane && job.projectId === wish.projectId,
      );
      if (read.length >= wish.take) isDeep = true;
      else if (read.every((job) => isChosen.has(job.id))) lines.drop(wish, mark);
    }
    return isDeep;
  }

  async function lookThrough(): Promise<void> {
    const now = performance.now();
    if (now - lookedAt < lookEveryMs) return;
    lookedAt = now;
    const mark = lines.mark();
    lines.replace(await listLines(parts.db), mark);
  }

  function isStale(id: Id): boolean {
    return performance.now() - (workspaces.get(id)?.readAt ?? Number.NEGATIVE_INFINITY) > turnsKeptMs;
  }

  async function knowWorkspaces(wanted: readonly Id[]): Promise<void> {
    if (wanted.length === 0) return;
    const now = performance.now();
    // Whoever has nothing in the queue any more is forgotten.
    if (workspaces.size > 10_000) workspaces.clear();
    const found = await readTurns(parts.db, wanted);
    const limitOf = (one: WorkspaceTurns) => one.gpuSecondsPerDay ?? studioLimits().gpuSecondsPerDay;
    const limited = found.filter((one) => limitOf(one) !== undefined).map((one) => one.workspaceId);
    const spent = await gpuSecondsSpent(parts.db, limited);
    for (const one of found) {
      const limit = limitOf(one);
      const isSpent = limit !== undefined && (spent.get(one.workspaceId) ?? 0) >= limit;
      workspaces.set(one.workspaceId, { ...one, isSpent, readAt: now });
    }
  }

  /** Hands on jobs that are marked as out. One whose message does not arrive is brought back by the sweep. */
  async function handOn(rows: readonly JobRow[]): Promise<void> {
    if (rows.length === 0) return;
    turn += rows.length;
    const given = new Map<Id, number>();
    for (const { workspaceId } of rows) given.set(workspaceId, (given.get(workspaceId) ?? 0) + 1);
    for (const [id, count] of given) {
      const known = workspaces.get(id);
      if (known !== undefined) workspaces.set(id, { ...known, servedAt: Date.now(), turns: known.turns + count });
    }
    const inputs = await inputsFor(parts.db, rows);
    const results = await Promise.allSettled([
      recordTurns(parts.db, given),
      ...rows.map((row) => publish(row, inputs.get(row.id) ?? [])),
    ]);
    const failed = results.find((result) => result.status === "rejected");
    if (failed !== undefined)
      parts.log.warn({ err: failed.reason as unknown }, "a released job could not be handed on; it comes back");
  }

  async function publish(row: JobRow, inputs: JobInput[]): Promise<void> {
    const message = describe(row, inputs, parts.leaseSeconds);
    if (!message.success) return giveUp(row, "The job's request cannot be read by this version.");
    if (JSON.stringify(message.data).length > maxMessageBytes(parts.bus) - 4096)
      return giveUp(row, "The job is too large to hand to an agent: fewer clips, or a shorter script.");
    const releaseId = `${row.id}:${row.releasedAt?.getTime() ?? 0}`;
    await releaseJob(parts.bus, message.data, releaseId, row.avoidAgents);
  }

  async function giveUp(row: JobRow, message: string): Promise<void> {
    await endJob(parts.db, row.id, { state: "failed", code: "job/permanent", message });
  }
}

function describe(row: JobRow, inputs: JobInput[], leaseSeconds: number) {
  return JobMessage.safeParse({
    v: protocolVersion,
    jobId: row.id,
    projectId: row.projectId,
    workspaceId: row.workspaceId,
    ...(row.shotId === null ? {} : { shotId: row.shotId }),
    kind: row.kind,
    capability: row.capability,
    lane: row.lane,
    attemptsSoFar: row.attempt,
    handovers: row.handovers,
    ...(row.parentId === null
      ? {}
      : { part: { headJobId: row.parentId, index: row.partIndex ?? 0, count: row.partCount ?? 1 } }),
    want: {
      ...(row.engineWanted === null ? {} : { engine: row.engineWanted }),
      ...(row.modelWanted === null ? {} : { model: row.modelWanted }),
      notEngines: row.enginesTried,
    },
    leaseSeconds,
    inputs,
    request: row.request,
  });
}
