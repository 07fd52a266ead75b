/**
 * A real Postgres with its default settings, so that a commit waits for the disk, and a real broker. They serve all runs
 * of a bench; each run has a database of its own.
 */
import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { migrate } from "#db/migrate.ts";
import { endLeftoverCluster, startCluster } from "#local/embedded-postgres.ts";
import { startNatsServer } from "#local/nats-server.ts";
import { findFreePort } from "#local/ports.ts";
import { sendSignal } from "#local/processes.ts";
import { findPrograms } from "../../../local/programs.mjs";
import { atExit } from "../../measure/clean-up.ts";
import { familyOf, readUsage } from "../../measure/usage.ts";

export interface Stores {
  natsUrl: string;
  /** @returns the address of a new, migrated database */
  addDatabase: (name: string) => Promise<string>;
  dropDatabase: (name: string) => Promise<void>;
  postgresCpuSeconds: () => number;
  /** SIGKILL, as a crash of the machine it runs on would. */
  killBroker: () => Promise<void>;
  /** SIGKILL to the server and all its helpers at once. */
  killPostgres: () => Promise<void>;
  /** Starts again what was killed, on the same files and ports. */
  mend: () => Promise<void>;
  close: () => Promise<void>;
}

const template = "bench_template";

/** @param folder  where the files go; made when absent */
export async function openStores(folder: string): Promise<Stores> {
  // Postgres runs as a user of its own when we are root, and must get through.
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o711);
  const password = randomBytes(12).toString("hex");
  const [postgresPort, natsPort] = [await findFreePort(), await findFreePort()];
  const program = findNatsServer();
  const openPostgres = () =>
    startCluster({ folder: join(folder, "postgres"), port: postgresPort, password, logFile: join(folder, "pg.log") });
  const openBroker = () =>
    startNatsServer({ program, folder: join(folder, "nats"), port: natsPort, logFile: join(folder, "nats.log") });
  let [cluster, broker] = await Promise.all([openPostgres(), openBroker()]);
  let [hasPostgres, hasBroker] = [true, true];
  const forget = atExit(() => {
    sendSignal(cluster.pid, "SIGQUIT");
    sendSignal(broker.pid, "SIGKILL");
  });
  const ask = async (text: string) => {
    const sql = postgres(cluster.url("postgres"), { max: 1, onnotice: () => undefined });
    await sql.unsafe(text).finally(() => sql.end({ timeout: 5 }));
  };
  await ask(`create database ${template}`);
  await migrate(cluster.url(template));
  return {
    natsUrl: broker.url,
    addDatabase: async (name) => {
      await ask(`create database ${name} template ${template}`);
      return cluster.url(name);
    },
    dropDatabase: async (name) => {
      await ask(`drop database ${name} with (force)`);
      // Written out now, so that the next run does not pay for this one.
      await ask("checkpoint");
    },
    postgresCpuSeconds: () => readUsage([cluster.pid]).cpuSeconds,
    killBroker: async () => {
      sendSignal(broker.pid, "SIGKILL");
      await broker.ended;
      hasBroker = false;
    },
    killPostgres: async () => {
      for (const pid of familyOf([cluster.pid])) sendSignal(pid, "SIGKILL");
      await cluster.ended;
      hasPostgres = false;
    },
    mend: async () => {
      if (!hasBroker) broker = await openBroker();
      hasBroker = true;
      if (hasPostgres) return;
      await endLeftoverCluster(join(folder, "postgres"));
      cluster = await openPostgres();
      hasPostgres = true;
    },
    close: async () => {
      await Promise.all([cluster.stop(), broker.stop()]);
      forget();
    },
  };
}

/** @throws Error that says what to do when there is none */
function findNatsServer(): string {
  const program = findPrograms()["nats-server"];
  if (program === null) throw new Error("nats-server is missing: `npm start` installs it or says how, then try again");
  return program;
}
