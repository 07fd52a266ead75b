import type { Child } from "./child.ts";
import type { FromProducer, FromWorker, ToProducer, ToWorker } from "./words.ts";

export type ContestantName = "backlot" | "graphile-worker" | "graphile-worker-tuned" | "pg-boss";

/** A job queue as it takes part: how its processes start, and how one sees that nothing is left to do. */
export interface Contestant {
  name: ContestantName;
  title: string;
  /** @param databaseUrl  of this run's own, in the Postgres of all  @param folder  for logs, of this run only */
  open: (databaseUrl: string, folder: string) => Promise<Contender>;
}

/** One started contestant. */
export interface Contender {
  producer: Child<ToProducer, FromProducer>;
  /** Not begun yet: say "begin" to it. */
  worker: Child<ToWorker, FromWorker>;
  /** What else runs for it beside worker, Postgres and broker. */
  helpers: { name: string; pid: number }[];
  /** Where its broker is, if it has one. */
  natsUrl: string | null;
  /** From what table, and under what condition, the jobs are that are not done. */
  openJobs: string;
  close: () => Promise<void>;
}
