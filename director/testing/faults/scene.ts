import type { NatsConnection } from "nats";
import type { Ground } from "./ground.ts";

/** How somebody called a job off: what it was at then, and what the studio answered; null when the answer was lost. */
export type CalledOff = { phase: string; answered: string | null };

/** Where a fault strikes, and what it leaves for the audit to know. */
export type Scene = {
  ground: Ground;
  random: () => number;
  /** A line of our own to the broker; it comes back by itself. */
  nc: NatsConnection;
  /** Messages heard lately, to be said again. */
  heard: { results: Heard[]; progress: Heard[] };
  calledOff: Map<string, CalledOff>;
  /** Jobs whose request or message was made unreadable. */
  poisoned: Set<string>;
};
export type Heard = { subject: string; data: Uint8Array };

/** Keeps some of what agents say. */
export function listen(nc: NatsConnection, heard: Scene["heard"]): void {
  const keep = (list: Heard[], most: number) => (error: Error | null, msg: Heard) => {
    if (error !== null) return;
    list.push({ subject: msg.subject, data: msg.data.slice() });
    if (list.length > most) list.splice(0, list.length - most);
  };
  nc.subscribe("gpu.result.>", { callback: keep(heard.results, 300) });
  nc.subscribe("gpu.progress.>", { callback: keep(heard.progress, 600) });
}
