import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "./fault.ts";
import { canMountOwn, type Disk, type Part } from "./part.ts";
import type { Scene } from "./scene.ts";

/** Directors, agents and the collab server are killed, asked to go, or stand still and go on as if nothing had been. */
export const processFaults: readonly Fault[] = [
  {
    name: "agent killed",
    strike: ({ ground, random }) => killed(one(ground.agents, random), random),
  },
  {
    name: "agent asked to stop",
    strike: async ({ ground, random }) => {
      const agent = one(ground.agents, random);
      await agent.kill("SIGTERM");
      await sleep(200 + random() * 800);
      agent.start();
    },
  },
  {
    // Its lease passes to another; then it goes on with a late acknowledgement and a late result.
    name: "agent frozen beyond its lease",
    strike: ({ ground, random }) => frozen(one(ground.agents, random), random, ground.leaseSeconds * 1000),
  },
  {
    // Of one kind not a byte fits, of the other only large files do not.
    name: "agent whose files may not grow",
    strike: ({ ground, random }) =>
      onSmallDisk(one(ground.agents, random), random, { fileKiB: random() < 0.5 ? 0 : 32 }),
  },
  {
    name: "agent whose disk is full",
    strike: async ({ ground, random }) => {
      if (!canMountOwn()) return false;
      await onSmallDisk(one(ground.agents, random), random, { folderKiB: random() < 0.5 ? 4 : 96 });
    },
  },
  {
    name: "director killed",
    strike: ({ ground, random }) => killed(one(ground.directors, random), random),
  },
  {
    name: "both directors killed",
    strike: async ({ ground, random }) => {
      await Promise.all(ground.directors.map((director) => director.kill("SIGKILL")));
      await sleep(300 + random() * 2000);
      for (const director of ground.directors) director.start();
    },
  },
  {
    name: "director frozen",
    strike: ({ ground, random }) => frozen(one(ground.directors, random), random, ground.leaseSeconds * 1000),
  },
  {
    name: "director asked to stop",
    strike: async ({ ground, random }) => {
      const director = one(ground.directors, random);
      await director.kill("SIGTERM");
      director.start();
    },
  },
  { name: "collab server killed", strike: ({ ground, random }) => killed(ground.collab, random) },
  { name: "collab server frozen", strike: ({ ground, random }) => frozen(ground.collab, random, 1000) },
];

const one = (parts: readonly Part[], random: Scene["random"]): Part => parts[Math.floor(random() * parts.length)]!;

async function killed(part: Part, random: Scene["random"]): Promise<void> {
  await part.kill("SIGKILL");
  await sleep(100 + random() * 2400);
  part.start();
}

async function onSmallDisk(agent: Part, random: Scene["random"], disk: Disk): Promise<void> {
  await agent.kill("SIGKILL");
  agent.start(disk);
  await sleep(2500 + random() * 2000);
  await agent.kill("SIGKILL");
  agent.start();
}

async function frozen(part: Part, random: Scene["random"], unitMs: number): Promise<void> {
  part.freeze(random() < 0.5);
  await sleep(unitMs * (1.6 + random() * 1.4));
  part.thaw();
}
