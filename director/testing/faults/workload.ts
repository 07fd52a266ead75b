import type { JobState } from "#domain/jobs/lifecycle.ts";
import type { Behaviour } from "../video-request.ts";

/** What a seed asks of the studio: which workspace queues what, and when. Pure, so that a seed means the same work. */
export type PlannedJob = {
  behaviour: Behaviour;
  /** How it may end when nobody calls it off and every fault is survived. */
  ends: readonly JobState[];
  /** It waits for the job before it in its run. */
  waits: boolean;
  priority: number;
};
export type PlannedRun = {
  /** Unique; how the run is found again when the answer to queuing it was lost. */
  title: string;
  workspace: number;
  /** Milliseconds after the begin. */
  at: number;
  jobs: PlannedJob[];
};

export type WorkloadSize = { jobs: number; workspaces: number; spreadMs: number };

const mostInRun = 8;

export function planWorkload(random: () => number, { jobs, workspaces, spreadMs }: WorkloadSize): PlannedRun[] {
  const runs: PlannedRun[] = [];
  for (let workspace = 0; workspace < workspaces; workspace++) {
    // Everybody the same number: then a wait that differs is the queue's doing.
    let left = Math.floor(jobs / workspaces) + (workspace < jobs % workspaces ? 1 : 0);
    for (let count = 0; left > 0; count++) {
      const size = Math.min(left, 1 + Math.floor(random() * mostInRun));
      left -= size;
      runs.push({
        title: `${workspace}-${count}`,
        workspace,
        at: Math.floor(random() * spreadMs),
        jobs: Array.from({ length: size }, (_, index) => planJob(random, index)),
      });
    }
  }
  return runs.sort((a, b) => a.at - b.at);
}

function planJob(random: () => number, index: number): PlannedJob {
  const { behaviour, ends } = kinds[Math.floor(random() * kinds.length)]!(random);
  return {
    behaviour: { ...behaviour, bytes: behaviour.bytes ?? 64 + 32 * Math.floor(random() * 8) },
    ends,
    waits: index > 0 && random() < 0.08,
    priority: random() < 0.1 ? 1 : 0,
  };
}

type Kind = (random: () => number) => { behaviour: Behaviour; ends: readonly JobState[] };

const between = (random: () => number, least: number, most: number) => Math.round(least + random() * (most - least));
const well: readonly JobState[] = ["succeeded"];

const sound: Kind = (random) => ({ behaviour: { ms: between(random, 5, 80) }, ends: well });
const long: Kind = (random) => ({ behaviour: { ms: between(random, 300, 900) }, ends: well });
const deaf: Kind = (random) => ({ behaviour: { ms: between(random, 200, 500), deaf: true }, ends: well });
const large: Kind = (random) => ({ behaviour: { ms: between(random, 5, 40), bytes: 192 * 1024 }, ends: well });
const stumbles: Kind = (random) => ({
  behaviour: { ms: between(random, 5, 40), fail: "retryable", failUpTo: 1 },
  ends: well,
});
const full: Kind = (random) => ({
  behaviour: { ms: between(random, 5, 40), fail: "capacity", failUpTo: 1 },
  ends: well,
});
const crashes: Kind = (random) => ({ behaviour: { ms: between(random, 20, 60), crashUpTo: 1 }, ends: well });
const hopeless: Kind = (random) => ({ behaviour: { ms: between(random, 5, 40), fail: "permanent" }, ends: ["failed"] });
/** Somebody has to call it off. */
const hangs: Kind = () => ({ behaviour: { hang: true }, ends: ["cancelled"] });

/** Drawn from evenly: most jobs are sound. */
const kinds: readonly Kind[] = [
  ...Array.from({ length: 29 }, () => sound),
  ...Array.from({ length: 3 }, () => long),
  ...Array.from({ length: 2 }, () => stumbles),
  deaf,
  large,
  full,
  crashes,
  hopeless,
  hangs,
];
