/**
 * What a contestant's processes and the bench say to each other, over the channel that node gives a child. A producer
 * queues empty jobs, a worker does them. Times are milliseconds since the epoch with fractions, of one machine's clock.
 */
export type ToProducer =
  | { type: "one"; id: string }
  /** So many, spread evenly over so many workspaces, where the contestant knows such a thing. */
  | { type: "many"; count: number; workspaces: number };
export type FromProducer =
  | { type: "ready" }
  | { type: "queued"; id: string; askedAt: number; doneAt: number; job?: string }
  /** How long that took, without making the workspaces. */
  | { type: "queued-many"; ms: number };

/** The first word a worker hears. @property tells  whether it says of every job when it begins */
export type ToWorker = { type: "begin"; slots: number; tells: boolean } | { type: "count" };
export type FromWorker =
  | { type: "ready" }
  | { type: "started"; id: string; at: number }
  /** How many since the last time, and when the first of them began. */
  | { type: "counted"; count: number; firstAt: number | null };

export const now = () => performance.timeOrigin + performance.now();
