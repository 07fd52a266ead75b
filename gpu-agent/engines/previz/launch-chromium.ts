import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sweepFolders } from "../../scratch.ts";

/** Software GL by llvmpipe where there is no GPU; a GPU's own driver where there is one. */
export const chromiumFlags = [
  "--use-gl=angle",
  "--use-angle=gl-egl",
  "--ignore-gpu-blocklist",
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-quic",
  "--disable-background-timer-throttling",
  "--disable-renderer-backgrounding",
  "--disable-backgrounding-occluded-windows",
] as const;

/** What a browser without a person needs beside: no questions, no keyring, no crash reports, the same colours everywhere. */
const unattended = [
  "--headless",
  "--mute-audio",
  "--hide-scrollbars",
  "--force-color-profile=srgb",
  "--disable-dev-shm-usage",
  "--disable-extensions",
  "--disable-breakpad",
  "--disable-hang-monitor",
  "--disable-ipc-flooding-protection",
  "--disable-back-forward-cache",
  "--disable-features=Translate,OptimizationHints,MediaRouter,PaintHolding",
  "--metrics-recording-only",
  "--no-default-browser-check",
  "--password-store=basic",
  "--use-mock-keychain",
] as const;

/** What a browser says as it ends may come after it has ended, by so much. */
const lastWordsMs = 300;

export type Chromium = {
  /** Resolves when it has ended, with the last of what it said. */
  over: Promise<string>;
  /** What the browser and its helpers hold; null where the system does not say. */
  memoryBytes(): Promise<number | null>;
  close(): Promise<void>;
};

/**
 * Starts a headless Chromium on one page, with nobody watching over its shoulder: a debugger that listens to a page is sent
 * a copy of every byte that goes through its sockets, and here those are pictures.
 *
 * The pipe for a debugger is open all the same, and silent: when this process dies, however, the browser sees its end.
 *
 * @param folder  where its profile lies meanwhile; what killed processes left of theirs there is removed
 */
export async function launchChromium(executablePath: string, url: string, folder = tmpdir()): Promise<Chromium> {
  await sweepFolders(folder, /^backlot-chromium-(\d+)-/);
  const profile = await mkdtemp(join(folder, `backlot-chromium-${process.pid}-`));
  const flags = [...chromiumFlags, ...unattended, `--user-data-dir=${profile}`, "--remote-debugging-pipe"];
  const browser = spawn(executablePath, [...flags, url], {
    stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
    // A group of its own: its helpers go with it, and a terminal's Ctrl+C is the agent's to answer.
    detached: true,
  });
  let said = "";
  browser.stderr?.on("data", (data: Buffer) => {
    said = (said + data.toString("utf8")).slice(-2000);
  });
  for (const pipe of browser.stdio.slice(3)) pipe?.on("error", () => undefined);
  const over = new Promise<string>((resolve) => {
    browser.once("error", (error) => resolve(error.message));
    browser.once("close", () => resolve(said.trim()));
    // A helper that got away may hold the pipes open for ever.
    browser.once("exit", () => setTimeout(() => resolve(said.trim()), lastWordsMs).unref());
  });
  return {
    over,
    memoryBytes: () => memoryOf(browser.pid),
    async close() {
      killGroup(browser.pid);
      await over;
      for (const pipe of browser.stdio) pipe?.destroy();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
    },
  };
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Ended before.
  }
}

async function memoryOf(group: number | undefined): Promise<number | null> {
  const ids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  const held = await Promise.all(ids.map((id) => residentBytes(id, group).catch(() => 0)));
  const sum = held.reduce((total, bytes) => total + bytes, 0);
  return sum === 0 ? null : sum;
}

/** Of a process's own, without what it shares; 0 for one of another group. @throws when it has ended */
async function residentBytes(pid: string, group: number | undefined): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  // The name before may hold anything; then come state, parent and group.
  const [, , ofGroup] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (Number(ofGroup) !== group) return 0;
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^RssAnon:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
}
