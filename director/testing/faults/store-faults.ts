import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "./fault.ts";

/** What everything stands on goes away and comes back: the broker, Postgres, the object store. */
export const storeFaults: readonly Fault[] = [
  {
    name: "broker killed and restarted",
    strike: async ({ ground, random }) => {
      await ground.nats.kill();
      await sleep(100 + random() * 2500);
      await ground.nats.restart();
    },
  },
  { name: "broker wiped", strike: ({ ground }) => ground.nats.wipe() },
  {
    name: "Postgres killed and restarted",
    strike: async ({ ground, random }) => {
      await ground.cluster.kill();
      await sleep(100 + random() * 2000);
      await ground.cluster.restart();
    },
  },
  {
    name: "uploads refused",
    strike: async ({ ground, random }) => {
      const { mood } = ground.store;
      mood.refuses = random() < 0.4 ? "unavailable" : random() < 0.5 ? "cut" : "forbidden";
      await sleep(800 + random() * 2500);
      mood.refuses = "nothing";
    },
  },
  {
    name: "uploads slow",
    strike: async ({ ground, random }) => {
      const { mood } = ground.store;
      mood.delayMs = 100 + random() * 300;
      await sleep(1500 + random() * 2500);
      mood.delayMs = 0;
    },
  },
];
