import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const entry = fileURLToPath(new URL("../../gpu-agent/testing/test-agent.ts", import.meta.url));

/** A real agent process with the test engine, on an IPC channel as the studio starts it. */
export type AgentProcess = {
  id: string;
  child: ChildProcess;
  ended: Promise<void>;
  kill: (signal: NodeJS.Signals) => Promise<void>;
};

export function startAgentProcess(id: string, natsUrl: string, leaseSeconds: number): AgentProcess {
  const folder = mkdtempSync(path.join(tmpdir(), "backlot-agent-"));
  const child = fork(entry, ["agent"], {
    execArgv: ["--import", "tsx"],
    env: {
      ...process.env,
      NATS_URL: natsUrl,
      AGENT_ID: id,
      AGENT_ENGINES: "none",
      LEASE_SECONDS: String(leaseSeconds),
      BACKLOT_DATA: folder,
      LOG_LEVEL: process.env["TEST_LOG"] ?? "error",
    },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve())).then(() =>
    rmSync(folder, { recursive: true, force: true }),
  );
  return {
    id,
    child,
    ended,
    kill: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}
