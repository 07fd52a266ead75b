/**
 * A real broker behind a bad line, as one server sees it: what is said arrives in order but late, some of it never, and
 * for a while nothing does. The subjects get a prefix, so that scenarios beside each other do not hear one another.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { NatsConnection, SubscriptionOptions } from "nats";
import type { Bus } from "#bus/connection.ts";
import type { Dice } from "./dice.ts";
import { Lane } from "./lane.ts";

export interface BusWeather {
  dice: Dice;
  longestMs: number;
  /** Whether the next message gets lost. */
  loses: () => boolean;
  /** The largest message, bytes. */
  mostBytes: number;
}

export interface UnreliableBus {
  bus: Bus;
  /** Whether this server is cut off from the broker. */
  setAway: (isAway: boolean) => void;
  kill: () => void;
  close: () => Promise<void>;
}

export function unreliableBus(real: Bus, prefix: string, weather: BusWeather): UnreliableBus {
  const { dice, longestMs, loses, mostBytes } = weather;
  let isAway = false;
  const saying = new Lane<{ subject: string; data: Uint8Array }>(dice.fork(), longestMs, ({ subject, data }) => {
    if (!real.nc.isClosed()) real.nc.publish(subject, data);
  });
  const subscribe = (subject: string, options: SubscriptionOptions = {}) => {
    const { callback } = options;
    if (callback === undefined) return real.nc.subscribe(`${prefix}.${subject}`, options);
    return real.nc.subscribe(`${prefix}.${subject}`, {
      ...options,
      callback: (error, message) => {
        if (!isAway) callback(error, message);
      },
    });
  };
  const nc = {
    get info() {
      return { ...real.nc.info, max_payload: mostBytes };
    },
    isClosed: () => real.nc.isClosed(),
    publish: (subject: string, data: Uint8Array) => {
      if (data.length > mostBytes) throw new Error("more than the broker carries");
      if (!isAway && !loses()) saying.put({ subject: `${prefix}.${subject}`, data: data.slice() });
    },
    subscribe,
  };
  return {
    bus: { ...real, nc: nc as unknown as NatsConnection, connected: () => !isAway && real.connected() },
    setAway: (away) => {
      isAway = away;
    },
    kill: () => {
      saying.cut();
      void real.nc.close();
    },
    close: async () => {
      // What was said last is still on its way.
      await sleep(longestMs + 2);
      saying.cut();
      await real.close();
    },
  };
}
