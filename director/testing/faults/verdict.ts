import { JobState, isTerminal } from "#domain/jobs/lifecycle.ts";
import { isPassedOver, turns } from "./fairness.ts";
import type { CalledOff } from "./scene.ts";
import type { JobFact, Snapshot } from "./snapshot.ts";
import type { PlannedJob } from "./workload.ts";

/** What was promised, and who broke it. Pure: it judges what a run left behind. */
export type Check = { promise: string; violations: Violation[] };
export type Violation = { jobId: string | null; what: string };

export type Expectations = {
  /** By the job's shot id, which the runner gives out once per job. */
  planned: ReadonlyMap<string, PlannedJob>;
  /** Titles of runs whose queuing was acknowledged. */
  acknowledged: readonly string[];
  calledOff: ReadonlyMap<string, CalledOff>;
  poisoned: ReadonlySet<string>;
  /** How many jobs can be with the broker at once. */
  released: number;
  /** Ends of processes that nobody asked for. */
  ownEnds: readonly string[];
};

export function judge(left: Snapshot, expected: Expectations): Check[] {
  const view = index(left);
  return [
    { promise: "every job that was acknowledged is there", violations: lost(left, expected) },
    { promise: "every job is in exactly one terminal state", violations: unfinished(left, view) },
    { promise: "a succeeded job's files are there, once, whole", violations: files(left, view) },
    { promise: "no job is both cancelled and succeeded", violations: both(left, view) },
    { promise: "a job has one winning attempt and none left open", violations: attempts(left, view) },
    { promise: "called off means cancelled, or it had succeeded", violations: calledOff(left, expected) },
    { promise: "jobs end as their work says", violations: ends(left, view, expected) },
    { promise: "no workspace waits more than twice the mean", violations: unfair(left) },
    { promise: "no workspace is passed by more often than turns allow", violations: passedOver(left, expected) },
    { promise: "an editor ends up knowing how each job of its film ended", violations: misheard(left, view) },
    { promise: "nobody's events have a hole", violations: left.gaps.map((id) => about(null, `project ${id}`)) },
    { promise: "the broker keeps nothing", violations: remains(left) },
    { promise: "no process ends by itself", violations: expected.ownEnds.map((what) => about(null, what)) },
  ];
}

type View = {
  told: Map<string, string[]>;
  attempts: Map<string, Snapshot["attempts"]>;
  artifacts: Map<string, Snapshot["artifacts"]>;
  takes: Map<string, Snapshot["takes"]>;
  jobs: Map<string, JobFact>;
};

function index(left: Snapshot): View {
  return {
    told: new Map([...groups(left.told, (one) => one.jobId)].map(([id, all]) => [id, all.map(({ state }) => state)])),
    attempts: groups(left.attempts, (one) => one.jobId),
    artifacts: groups(left.artifacts, (one) => one.jobId),
    takes: groups(left.takes, (one) => one.jobId ?? ""),
    jobs: new Map(left.jobs.map((job) => [job.id, job])),
  };
}

const about = (jobId: string | null, what: string): Violation => ({ jobId, what });
const hasEnded = (state: string) => isTerminal(JobState.parse(state));

function lost(left: Snapshot, { acknowledged, planned }: Expectations): Violation[] {
  const titles = groups(left.runTitles, (title) => title);
  const shots = groups(left.jobs, (job) => job.shotId ?? "");
  return [
    ...acknowledged.flatMap((title) => {
      const count = titles.get(title)?.length ?? 0;
      return count === 1 ? [] : [about(null, `run ${title} is there ${count} times`)];
    }),
    ...[...planned.keys()]
      .filter((shot) => (shots.get(shot)?.length ?? 0) > 1)
      .map((shot) => about(null, `${shot} was queued more than once`)),
  ];
}

function unfinished(left: Snapshot, { told }: View): Violation[] {
  return left.jobs.flatMap((job) => {
    if (!hasEnded(job.state)) return [about(job.id, `is still ${job.state}, attempt ${job.attempt}`)];
    const states = told.get(job.id) ?? [];
    const ended = states.filter(hasEnded);
    if (ended.length !== 1 || states.at(-1) !== job.state || !job.isFinished)
      return [about(job.id, `is ${job.state}, and editors were told ${states.join(" → ")}`)];
    return [];
  });
}

function files(left: Snapshot, { artifacts, takes }: View): Violation[] {
  const found = left.jobs.flatMap((job) => {
    const made = artifacts.get(job.id) ?? [];
    const shown = takes.get(job.id) ?? [];
    const roles = made.map(({ role }) => role).sort();
    if (job.state !== "succeeded") {
      return made.length + shown.length > 0
        ? [about(job.id, `is ${job.state} and has ${made.length} files and ${shown.length} takes`)]
        : [];
    }
    if (roles.join() !== "poster,video" || shown.length !== 1)
      return [about(job.id, `succeeded with the files [${roles.join()}] and ${shown.length} takes`)];
    return made
      .filter(({ bytes, storedBytes, hashIsRight }) => bytes !== storedBytes || !hashIsRight)
      .map(({ role, bytes, storedBytes }) =>
        about(job.id, `its ${role} of ${bytes} bytes is ${storedBytes === null ? "not in" : "another in"} the store`),
      );
  });
  return [...found, ...left.strayAssets.map((id) => about(null, `asset ${id} belongs to no job`))];
}

function both(left: Snapshot, { told, attempts: tried }: View): Violation[] {
  return left.jobs.flatMap((job) => {
    const states = told.get(job.id) ?? [];
    const isBoth = states.includes("cancelled") && states.includes("succeeded");
    const won = (tried.get(job.id) ?? []).some(({ outcome }) => outcome === "succeeded");
    if (isBoth) return [about(job.id, `editors were told ${states.join(" → ")}`)];
    return job.state === "cancelled" && won ? [about(job.id, "is cancelled, and an attempt of it succeeded")] : [];
  });
}

function attempts(left: Snapshot, { attempts: tried }: View): Violation[] {
  return left.jobs.flatMap((job) => {
    const all = tried.get(job.id) ?? [];
    const won = all.filter(({ outcome }) => outcome === "succeeded").length;
    const open = all.filter(({ outcome }) => outcome === null).length;
    const claims = all.flatMap(({ claim }) => claim ?? []);
    const wrong = [
      ...(won === (job.state === "succeeded" ? 1 : 0) ? [] : [`is ${job.state} with ${won} attempts that succeeded`]),
      ...(hasEnded(job.state) && open > 0 ? [`has ended with ${open} attempts open`] : []),
      ...(new Set(claims).size === claims.length ? [] : ["has two attempts with one claim"]),
    ];
    return wrong.map((what) => about(job.id, what));
  });
}

function calledOff(left: Snapshot, expected: Expectations): Violation[] {
  return left.jobs.flatMap((job) => {
    const wish = expected.calledOff.get(job.id);
    if (wish?.answered === undefined || wish.answered === null) return [];
    const allowed = wish.answered === "cancelled" ? ["cancelled"] : ["cancelled", "succeeded"];
    if (allowed.includes(job.state)) return [];
    return [about(job.id, `was called off while ${wish.phase}, answered ${wish.answered}, and is ${job.state}`)];
  });
}

/** Failures that say "too many agents were lost on it" are counted, not condemned: see `givenUp`. */
function ends(left: Snapshot, { jobs }: View, expected: Expectations): Violation[] {
  return left.jobs.flatMap((job) => {
    const plan = expected.planned.get(job.shotId ?? "");
    if (plan === undefined) return [about(job.id, "was never planned")];
    if (!hasEnded(job.state) || job.isCancelWished || expected.calledOff.has(job.id)) return [];
    if (expected.poisoned.has(job.id) && (job.state === "failed" || job.state === "succeeded")) return [];
    if ((plan.ends as readonly string[]).includes(job.state) || isGivenUp(job)) return [];
    const cause = job.dependsOn.map((id) => jobs.get(id)?.state);
    if (cause.some((state) => state !== "succeeded" && state === job.state)) return [];
    if (cause.includes("expired") && job.state === "failed") return [];
    return [about(job.id, `should be ${plan.ends.join(" or ")} and is ${job.state} (${job.errorCode ?? "no error"})`)];
  });
}

/** Sound work that the studio gave up after its attempts were used up by faults. */
export function givenUp(left: Snapshot, expected: Pick<Expectations, "planned" | "poisoned">): JobFact[] {
  return left.jobs.filter(
    (job) =>
      isGivenUp(job) &&
      !expected.poisoned.has(job.id) &&
      expected.planned.get(job.shotId ?? "")?.ends.includes("failed") !== true,
  );
}

const isGivenUp = (job: JobFact) =>
  job.state === "failed" &&
  ["job/infrastructure", "job/unknown", "job/retryable", "job/capacity"].includes(job.errorCode ?? "");

export type Waits = { workspace: number; jobs: number; meanMs: number };

/**
 * How long each workspace's jobs waited for their first agent. Jobs that had to wait for another of their run are left
 * out, and those that never began.
 */
export function waits(left: Pick<Snapshot, "jobs" | "attempts">): { meanMs: number; workspaces: Waits[] } {
  const begun = new Map<string, number>();
  for (const { jobId, leasedAt } of left.attempts)
    begun.set(jobId, Math.min(begun.get(jobId) ?? Number.POSITIVE_INFINITY, leasedAt));
  const counted = left.jobs.filter((job) => job.dependsOn.length === 0 && begun.has(job.id));
  const workspaces = [...groups(counted, (job) => job.workspace)].map(([workspace, all]) => ({
    workspace,
    jobs: all.length,
    meanMs: mean(all.map((job) => begun.get(job.id)! - job.createdAt)),
  }));
  return {
    meanMs: mean(workspaces.map((one) => one.meanMs)),
    workspaces: workspaces.sort((a, b) => b.meanMs - a.meanMs),
  };
}

/** The mean of fewer says which outage they met, not how the queue treats them. */
const enoughToJudge = 20;

function unfair(left: Snapshot): Violation[] {
  const { meanMs, workspaces } = waits(left);
  return workspaces
    .filter((one) => one.jobs >= enoughToJudge && one.meanMs > 2 * meanMs)
    .map((one) =>
      about(
        null,
        `workspace ${one.workspace} waited ${Math.round(one.meanMs)} ms, all on average ${Math.round(meanMs)}`,
      ),
    );
}

function passedOver(left: Snapshot, { released }: Expectations): Violation[] {
  return turns(left, released)
    .filter(isPassedOver)
    .map(({ workspace, jobs, passedTooOften }) =>
      about(null, `of workspace ${workspace}'s ${jobs} jobs ${passedTooOften} were passed by too many others`),
    );
}

/** What an editor shows: an end stays, whatever comes late. */
function misheard(left: Snapshot, { jobs }: View): Violation[] {
  const { workspace, heard } = left.editor;
  const known = groups(heard, (one) => one.jobId);
  const strangers = [...known.keys()].filter((id) => jobs.get(id)?.workspace !== workspace);
  const wrong = left.jobs.flatMap((job) => {
    if (job.workspace !== workspace) return [];
    const states = (known.get(job.id) ?? []).map(({ state }) => state);
    const ends = new Set(states.filter(hasEnded));
    const shown = states.find(hasEnded) ?? states.at(-1) ?? "nothing";
    if (ends.size <= 1 && shown === job.state) return [];
    return [about(job.id, `is ${job.state}, and the film's editor came to know ${states.join(" → ") || "nothing"}`)];
  });
  return [...wrong, ...strangers.map((id) => about(id, "is of another film than the editor's, who heard of it"))];
}

function remains(left: Snapshot): Violation[] {
  return [
    ...(left.leftInQueue === 0 ? [] : [about(null, `${left.leftInQueue} messages of jobs that are over`)]),
    ...(left.unrecorded === 0 ? [] : [about(null, `${left.unrecorded} results that nobody has recorded`)]),
  ];
}

/** How many renders ran beside another one of the same job: work done in vain. */
export function doubled(renders: Snapshot["renders"]): number {
  let count = 0;
  for (const all of groups(renders, (one) => one.jobId).values()) {
    const sorted = [...all].sort((a, b) => a.begin - b.begin);
    for (let i = 1; i < sorted.length; i++) {
      const before = sorted[i - 1]!;
      if (before.end !== null && before.end > sorted[i]!.begin) count += 1;
    }
  }
  return count;
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

function groups<T, K>(all: readonly T[], keyOf: (one: T) => K): Map<K, T[]> {
  const found = new Map<K, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const list = found.get(key);
    if (list === undefined) found.set(key, [one]);
    else list.push(one);
  }
  return found;
}
