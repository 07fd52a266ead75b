import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type DbHandle, openDb } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";
import { findFreePort } from "#local/ports.ts";
import { sendSignal } from "#local/processes.ts";
import { startNats, type TestNats } from "#testing/nats.ts";
import { startTestCluster, type TestCluster } from "#testing/cluster.ts";
import { startStoreServer, type StoreServer } from "../store-server.ts";
import type { Programs } from "./bundle.ts";
import { openPart, type Part } from "./part.ts";

/** A whole studio as processes, each of which may be hurt: Postgres, broker, store, directors, agents, collab server. */
export type Ground = {
  cluster: TestCluster;
  nats: TestNats;
  store: StoreServer;
  /** Ours, for queuing, calling off and looking; it is cut like everybody's when Postgres goes. */
  handle: DbHandle;
  directors: Part[];
  agents: Part[];
  collab: Part;
  /** Where it listens, every time it is started. */
  collabPort: number;
  leaseSeconds: number;
  /** What the engines did: {@link LedgerLine}s. */
  ledgerFile: string;
  /** Every line of every process that says `text`, oldest first, with the process's name. */
  linesAbout: (text: string, most: number) => string[];
  folder: string;
  stop: (keepFolder: boolean) => Promise<void>;
};

export type GroundOptions = { programs: Programs; leaseSeconds: number; slots: number; logLevel: string };

export async function openGround(options: GroundOptions): Promise<Ground> {
  const { programs, leaseSeconds } = options;
  const folder = mkdtempSync(path.join(tmpdir(), "backlot-faults-"));
  const [cluster, nats, store] = await Promise.all([startTestCluster(), startNats(), startStoreServer()]);
  // Interrupted, nobody stops them in order; the others end with us.
  const endInHaste = () => {
    sendSignal(cluster.pid(), "SIGQUIT");
    sendSignal(nats.pid(), "SIGKILL");
  };
  process.once("exit", endInHaste);
  await cluster.addDatabase("studio");
  const databaseUrl = cluster.url("studio");
  await migrate(databaseUrl);
  const ledgerFile = path.join(folder, "ledger.jsonl");
  writeFileSync(ledgerFile, "");
  const logOf = (name: string) => path.join(folder, `${name}.log`);
  const common = {
    NATS_URL: nats.url,
    LEASE_SECONDS: String(leaseSeconds),
    LOG_LEVEL: options.logLevel,
    SESSION_SECRET: store.secret,
    TMPDIR: folder,
  };
  const director = (name: string) =>
    openPart({
      name,
      script: programs.director,
      logFile: logOf(name),
      env: { ...common, DATABASE_URL: databaseUrl, BACKLOT_DATA: store.dataFolder, PUBLIC_URL: store.origin },
    });
  const agent = (name: string) => {
    const own = path.join(folder, name);
    mkdirSync(own);
    return openPart({
      name,
      folder: own,
      script: programs.agent,
      logFile: logOf(name),
      env: {
        ...common,
        AGENT_ID: name,
        AGENT_ENGINES: "none",
        AGENT_SLOTS: String(options.slots),
        BACKLOT_DATA: own,
        TEST_ENGINE_LEDGER: ledgerFile,
      },
    });
  };
  const collabPort = await findFreePort();
  const collab = openPart({
    name: "collab",
    script: programs.collab,
    logFile: logOf("collab"),
    env: { ...common, DATABASE_URL: databaseUrl, COLLAB_PORT: String(collabPort) },
  });
  const directors = ["director-1", "director-2"].map(director);
  const agents = ["agent-1", "agent-2", "agent-3"].map(agent);
  const parts = [...directors, ...agents, collab];
  for (const part of parts) part.start();
  const handle = openDb(databaseUrl, { name: "fault runner", max: 6 });
  return {
    cluster,
    nats,
    store,
    handle,
    directors,
    agents,
    collab,
    collabPort,
    leaseSeconds,
    ledgerFile,
    folder,
    linesAbout: (text, most) => linesAbout(folder, text).slice(-most),
    stop: async (keepFolder) => {
      for (const part of parts) part.thaw();
      await Promise.all(parts.map((part) => part.kill("SIGKILL")));
      await handle.close().catch(() => undefined);
      process.removeListener("exit", endInHaste);
      await Promise.all([nats.stop(), store.stop(), cluster.stop()]);
      if (!keepFolder) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function linesAbout(folder: string, text: string): string[] {
  const found: { at: number; line: string }[] = [];
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".log"))) {
    for (const line of readFileSync(path.join(folder, name), "utf8").split("\n")) {
      if (!line.includes(text)) continue;
      const said = /"time":(?:(\d+)|"([^"]+)")/.exec(line);
      const at = said?.[2] === undefined ? Number(said?.[1] ?? 0) : Date.parse(said[2]);
      found.push({ at, line: `${name.replace(".log", "")} ${line.slice(0, 600)}` });
    }
  }
  return found.sort((a, b) => a.at - b.at).map((one) => one.line);
}
