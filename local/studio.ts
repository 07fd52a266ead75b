import type { Socket } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { migrate } from "#db/migrate.ts";
import { type RunningChild, startChild } from "./child.ts";
import { openDataFolder } from "./data-folder.ts";
import type { Settings } from "./env.ts";
import { type FrontDoor, openFrontDoor, type UpgradeMessage } from "./front-door.ts";
import { keepRunning, type Kept, type Part } from "./keep-running.ts";
import { recordProcesses } from "./leftovers.ts";
import { describeParts, type Mode, sourcesOf } from "./parts.ts";
import { findFreePort } from "./ports.ts";
import { sendSignal } from "./processes.ts";
import { askReadiness, waitingWords } from "./readiness.ts";
import { clearLeftovers, startNats, startPostgres } from "./servers.ts";
import { say } from "./terminal.ts";
import { watchFolders } from "./watch-folders.ts";

/** A whole studio on this machine. */
export type Studio = {
  /** Resolves when `/readyz` says that every part answers. @throws Error naming the parts that don't */
  ready: () => Promise<void>;
  /** Ends every part in order: those who make work first, those who keep it last. */
  stop: () => Promise<void>;
  /** Ends everything at once, for an impatient person. */
  kill: () => void;
  origin: string;
};

/** Starts every part. @throws FolderInUse, Error with code EADDRINUSE, Error of a part that can't start */
export async function openStudio(settings: Settings, mode: Mode, root: string): Promise<Studio> {
  const folder = openDataFolder(settings.dataFolder);
  /** In the order of starting; ended from the last to the first. */
  const kept: { name: string; part: Kept }[] = [];
  const pids = new Set<number>();
  let door: FrontDoor | null = null;
  let stopped: Promise<void> | null = null;
  const stop = () =>
    (stopped ??= (async () => {
      for (const { name, part } of kept.toReversed()) {
        await part.stop();
        if (name === "app") await door?.close();
      }
      await door?.close();
      folder.release();
    })());
  const kill = () => {
    for (const pid of pids) sendSignal(-pid, "SIGKILL");
  };

  const add = async <T extends Kept>(name: string, part: T): Promise<T> => {
    kept.push({ name, part });
    await part.started;
    if (stopped !== null) await part.stop();
    return part;
  };

  try {
    const appPort = await findFreePort();
    const collab: { part: Kept<RunningChild> | null } = { part: null };
    const handOver = (message: UpgradeMessage, socket: Socket) => send(collab.part?.current() ?? null, message, socket);
    door = await openFrontDoor({ ...settings, appPort, handOver });
    const origin = originOf(settings.host, door.port);

    const record = recordProcesses(await clearLeftovers(folder));
    const report = (event: { part: string; text: string }) => say(`${event.part} ${event.text}`, "warn");
    const keep = <T extends { ended: Promise<string>; pid: number; stop: () => Promise<void> }>(part: Part<T>) =>
      keepRunning(
        {
          name: part.name,
          start: async () => {
            const running = await part.start();
            pids.add(running.pid);
            record.add(running.pid);
            void running.ended.then(() => {
              pids.delete(running.pid);
              record.remove(running.pid);
            });
            return running;
          },
        },
        report,
      );

    const [databaseUrl, natsUrl] = await Promise.all([
      settings.databaseUrl ?? startPostgres(folder, (part) => add("postgres", keep(part))),
      settings.natsUrl ?? startNats(folder, settings, (part) => add("nats", keep(part))),
    ]);
    // Postgres ends last of all, whichever came up first.
    kept.sort((a, b) => Number(b.name === "postgres") - Number(a.name === "postgres"));
    await migrate(databaseUrl);
    say("The database and the message broker answer.");

    const addresses = {
      databaseUrl,
      natsUrl,
      sessionSecret: settings.sessionSecret ?? folder.secret("session-secret"),
      appPort,
      collabPort: Number(settings.passedOn["COLLAB_PORT"] ?? (await findFreePort())),
    };
    const commands = describeParts(settings, addresses, mode, root);
    const tell = (name: string, text: string, tone: "warn" | "bad") => say(`${name}: ${text}`, tone);
    const leash = path.join(root, "local/leash.mjs");
    await Promise.all(
      commands.map(async (command) => {
        const logFile = folder.inside("logs", `${command.name}.log`);
        const start = async () => {
          const child = await startChild(command, { logFile, cwd: root, leash, tell });
          return Object.assign(child, { pid: child.process.pid ?? 0 });
        };
        const part = keep<RunningChild & { pid: number }>({ name: command.name, start });
        if (command.name === "collab") collab.part = part;
        // The app reloads itself through Vite.
        if (mode === "development" && command.name !== "app") {
          watchFolders(
            sourcesOf(command.name).map((name) => path.join(root, name)),
            () => {
              say(`${command.name} changed; starting it again.`);
              void part.restart();
            },
          );
        }
        await add(command.name, part);
      }),
    );
    sortForStopping(kept);
    return { ready: () => waitUntilReady(origin, settings.agents === 0), stop, kill, origin };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Those who keep the work first and those who make it last: the order of starting, the reverse of stopping. */
const startOrder = ["postgres", "nats", "collab", "app", "director"];

function sortForStopping(kept: { name: string }[]): void {
  const rank = (name: string) => (startOrder.includes(name) ? startOrder.indexOf(name) : startOrder.length);
  kept.sort((a, b) => rank(a.name) - rank(b.name));
}

/** @returns false when collab-server is not there: the editor then tries again by itself */
function send(collab: RunningChild | null, message: UpgradeMessage, socket: Socket): boolean {
  if (collab === null || !collab.process.connected) return false;
  collab.process.send(message, socket, (error) => {
    if (error !== null) socket.destroy();
  });
  return true;
}

/** @param withoutAgents  the person wants none here: those from elsewhere may come later */
async function waitUntilReady(origin: string, withoutAgents: boolean, patienceMs = 180_000): Promise<void> {
  const begin = Date.now();
  let toldAt = begin;
  for (;;) {
    const { ready, waitingFor } = await askReadiness(origin);
    if (ready || (withoutAgents && waitingFor.join() === "agents")) return;
    if (Date.now() - begin > patienceMs) throw new Error(`These parts do not answer: ${waitingFor.join(", ")}.`);
    if (Date.now() - toldAt > 15_000) {
      toldAt = Date.now();
      say(waitingWords(waitingFor, toldAt - begin));
    }
    await sleep(100);
  }
}

/** The address a person on this machine opens. */
function originOf(host: string, port: number): string {
  const anywhere = ["0.0.0.0", "::", "localhost", "127.0.0.1"].includes(host);
  return `http://${anywhere ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host}:${port}`;
}
