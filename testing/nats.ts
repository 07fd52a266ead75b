import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { type NatsServer, startNatsServer } from "#local/nats-server.ts";
import { findFreePort } from "#local/ports.ts";
import { sendSignal } from "#local/processes.ts";

/** A nats-server of one test's own, with JetStream in a temporary folder. */
export type TestNats = {
  url: string;
  port: number;
  pid: () => number;
  /** Ends it with SIGKILL, as a crash would; the store stays. */
  kill: () => Promise<void>;
  /** Starts it again on the same port and store, killing it first when it still runs. */
  restart: () => Promise<void>;
  /** Kills it and starts it with an empty store, as after a lost disk. */
  wipe: () => Promise<void>;
  /** Ends it and removes the store. */
  stop: () => Promise<void>;
};

export async function startNats(): Promise<TestNats> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "backlot-nats-"));
  const program = process.env["NATS_SERVER_PATH"] ?? "nats-server";
  const port = await findFreePort();
  const start = () => startNatsServer({ program, folder, port, logFile: path.join(folder, "nats.log") });
  let server: NatsServer = await start();
  const kill = async () => {
    sendSignal(server.pid, "SIGKILL");
    await server.ended;
  };
  const restart = async () => {
    await kill();
    server = await start();
  };
  const wipe = async () => {
    await kill();
    fs.rmSync(path.join(folder, "store"), { recursive: true, force: true });
    server = await start();
  };
  const stop = async () => {
    await server.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  };
  return { url: server.url, port, pid: () => server.pid, kill, restart, wipe, stop };
}
