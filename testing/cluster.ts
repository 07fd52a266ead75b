import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { type Cluster, endLeftoverCluster, startCluster } from "#local/embedded-postgres.ts";
import { findFreePort } from "#local/ports.ts";
import { sendSignal } from "#local/processes.ts";

/** A Postgres of one test's own, for tests that kill it. The others share one; see `postgres.ts`. */
export type TestCluster = {
  /** Address of a database in it. */
  url: (database: string) => string;
  /** Makes an empty database. */
  addDatabase: (name: string) => Promise<void>;
  /** SIGKILL, as a crash would. What was committed stays. */
  kill: () => Promise<void>;
  /** Starts it again on the same port and files, killing it first when it still runs. */
  restart: () => Promise<void>;
  pid: () => number;
  stop: () => Promise<void>;
};

export async function startTestCluster(): Promise<TestCluster> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "backlot-cluster-"));
  // Postgres runs as a user of its own when we are root, and must get through.
  fs.chmodSync(root, 0o711);
  const folder = path.join(root, "data");
  const options = {
    folder,
    port: await findFreePort(),
    password: randomBytes(12).toString("hex"),
    logFile: path.join(root, "postgres.log"),
    // Commits reach the system, which outlives the server; they need not reach the disk.
    settings: ["fsync=off", "full_page_writes=off", "shared_buffers=64MB"],
    hasty: true,
  };
  let cluster: Cluster = await startCluster(options);
  const kill = async () => {
    sendSignal(cluster.pid, "SIGKILL");
    await cluster.ended;
  };
  const restart = async () => {
    await kill();
    for (let left = 20; ; left--) {
      try {
        await endLeftoverCluster(folder);
        cluster = await startCluster(options);
        return;
      } catch (error) {
        // Its helpers notice within moments that it is gone; until then its memory is taken.
        if (left === 0) throw error;
        await sleep(250);
      }
    }
  };
  return {
    url: (database) => cluster.url(database),
    addDatabase: async (name) => {
      const sql = postgres(cluster.url("postgres"), { max: 1, onnotice: () => undefined });
      await sql.unsafe(`create database ${name}`).finally(() => sql.end({ timeout: 5 }));
    },
    kill,
    restart,
    pid: () => cluster.pid,
    stop: async () => {
      await cluster.stop();
      fs.rmSync(root, { recursive: true, force: true });
    },
  };
}
