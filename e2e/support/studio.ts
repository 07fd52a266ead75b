import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = new URL("../..", import.meta.url).pathname;

/** A whole studio of its own, started as a newcomer would: `npm start` with a port and a data folder. */
export interface Studio {
  url: string;
  dataFolder: string;
  /** Milliseconds from start to "Backlot is ready". */
  readyAfterMs: number;
  /** An owner's token of this machine, for `/v1`. */
  ownerToken(): Promise<string>;
  /** Kills every process of this kind with SIGKILL; @returns how many there were. */
  kill(name: "app" | "collab" | "director" | "agent"): Promise<number>;
  /** Kills the one agent that renders this job now, and its engine, with SIGKILL. */
  killAgentOf(jobId: string): Promise<void>;
  /** Kills all of it with SIGKILL, Postgres and NATS included, and starts it again on the same data. */
  crashAndRestart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startStudio(env: Record<string, string> = {}): Promise<Studio> {
  const dataFolder = await mkdtemp(join(tmpdir(), "backlot-e2e-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = { ...process.env, PORT: String(port), BACKLOT_DATA: dataFolder, ...env };

  let child: ChildProcess;
  let readyAfterMs = 0;
  const start = async () => {
    const began = Date.now();
    child = spawn("npm", ["start"], { cwd: root, env: settings, stdio: ["ignore", "pipe", "pipe"], detached: true });
    await untilReady(child, url);
    readyAfterMs = Date.now() - began;
  };
  await start();

  return {
    url,
    dataFolder,
    get readyAfterMs() {
      return readyAfterMs;
    },
    ownerToken: async () => (await readFile(join(dataFolder, "api-token"), "utf8")).trim(),
    kill: async (name) => {
      const victims = await processesOf(dataFolder, (commandLine) => commandLine.at(-1) === name);
      for (const pid of victims) process.kill(pid, "SIGKILL");
      return victims.length;
    },
    killAgentOf: async (jobId) => {
      // Each agent keeps the files of its job in a folder that its process id names.
      const folders = await readdir(join(dataFolder, "scratch"), { recursive: true });
      const folder = folders.find((name) => name.includes(`/${jobId}-`)) ?? "";
      const pid = Number(/^agent-(\d+)\//.exec(folder)?.[1]);
      if (!Number.isInteger(pid)) throw new Error(`no agent renders ${jobId} now`);
      process.kill(pid, "SIGKILL");
    },
    crashAndRestart: async () => {
      // Twice: a part could be starting another while the first round goes through.
      for (let round = 0; round < 2; round += 1) {
        for (const pid of await processesOf(dataFolder, () => true)) killQuietly(pid);
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
      await start();
    },
    stop: async () => {
      const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGTERM");
        await ended;
      }
      const left = await processesOf(dataFolder, () => true);
      for (const pid of left) killQuietly(pid);
      await rm(dataFolder, { recursive: true, force: true });
      if (left.length > 0) throw new Error(`${left.length} processes outlived the studio: ${left.join(", ")}`);
    },
  };
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  let output = "";
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready after 180 s:\n${output}`)), 180_000);
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes(`Backlot is ready at ${url}`)) {
        clearTimeout(timer);
        resolve();
      }
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`npm start ended with ${code}:\n${output}`));
    });
  });
}

/** Processes whose environment or command line names this data folder: the studio's own and what they started. */
async function processesOf(dataFolder: string, wanted: (commandLine: string[]) => boolean): Promise<number[]> {
  const found: number[] = [];
  for (const entry of await readdir("/proc")) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    try {
      const commandLine = (await readFile(`/proc/${pid}/cmdline`, "utf8")).split("\0").filter((part) => part !== "");
      const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
      const ours =
        environment.includes(`BACKLOT_DATA=${dataFolder}`) || commandLine.some((part) => part.includes(dataFolder));
      if (ours && commandLine.length > 0 && wanted(commandLine)) found.push(pid);
    } catch {
      // It ended while we looked.
    }
  }
  return found;
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Gone already.
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
