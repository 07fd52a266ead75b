import fs from "node:fs";
import path from "node:path";
import type { DataFolder } from "./data-folder.ts";
import { ensureDatabase } from "./database.ts";
import { endLeftoverCluster, startCluster } from "./embedded-postgres.ts";
import type { Settings } from "./env.ts";
import type { Part } from "./keep-running.ts";
import { endLeftoverProcesses } from "./leftovers.ts";
import { rotate } from "./log-files.ts";
import { endLeftoverNats, startNatsServer } from "./nats-server.ts";
import { findFreePort } from "./ports.ts";
import { say } from "./terminal.ts";

/** Ends what an earlier studio on this folder left running. @returns the file in which to record processes */
export async function clearLeftovers(folder: DataFolder): Promise<string> {
  const file = folder.inside("processes.json");
  const count = await endLeftoverProcesses(file);
  const [postgres, nats] = [
    await endLeftoverCluster(folder.inside("postgres")),
    await endLeftoverNats(folder.inside("nats")),
  ];
  if (count > 0 || postgres || nats)
    say("An earlier studio on this folder did not end in order; ended what it left running.");
  return file;
}

/** A server of somebody else's making, as a part to keep running. */
export type StartedServer = { ended: Promise<string>; pid: number; stop: () => Promise<void> };

/** Starts Postgres as a part that is kept running. @returns the address of the studio's database */
export async function startPostgres(
  folder: DataFolder,
  keep: (part: Part<StartedServer>) => Promise<unknown>,
): Promise<string> {
  const port = await findFreePort();
  const logFile = folder.inside("logs", "postgres.log");
  const files = folder.inside("postgres");
  rotate(logFile);
  if (!fs.existsSync(path.join(files, "PG_VERSION"))) say("Making the database (once).");
  const password = folder.secret("postgres-password");
  let url: (database: string) => string = () => "";
  const start = async () => {
    const cluster = await startCluster({ folder: files, port, password, logFile });
    url = cluster.url;
    return { ...cluster, ended: cluster.ended.then(() => "see logs/postgres.log") };
  };
  await keep({ name: "postgres", start });
  await ensureDatabase(url("postgres"), "backlot");
  return url("backlot");
}

/** Starts nats-server as a part that is kept running. @returns its address, login included */
export async function startNats(
  folder: DataFolder,
  settings: Settings,
  keep: (part: Part<StartedServer>) => Promise<unknown>,
): Promise<string> {
  const port = await findFreePort();
  const logFile = folder.inside("logs", "nats.log");
  rotate(logFile);
  const login = { user: "backlot", password: folder.secret("nats-password") };
  let url = "";
  const start = async () => {
    const server = await startNatsServer({
      program: settings.natsServerPath,
      folder: folder.inside("nats"),
      port,
      logFile,
      login,
    });
    url = server.url;
    return { ...server, ended: server.ended.then(() => "see logs/nats.log") };
  };
  await keep({ name: "nats", start });
  return url;
}
