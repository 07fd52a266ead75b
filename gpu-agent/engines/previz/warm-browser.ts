import { readFile } from "node:fs/promises";
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";
import { EngineError } from "../engine.ts";
import { PageLink } from "./page-link.ts";

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
  "--autoplay-policy=no-user-gesture-required",
] as const;

export type Warm = {
  link: PageLink;
  renderer: string;
  jobs: number;
  /** What the browser and its helpers hold in memory; null where the system does not say. */
  memoryBytes(): Promise<number | null>;
  close(): Promise<void>;
};

/**
 * Starts a headless browser with the page in it, ready for work.
 * @throws EngineError "retryable" when it does not come up in `timeoutMs`
 */
export async function warmBrowser(options: {
  executablePath: string;
  script: string;
  timeoutMs?: number;
  signal?: AbortSignal;
}): Promise<Warm> {
  const link = await PageLink.open(options.script);
  let browser: Browser | null = null;
  const close = async () => {
    await browser?.close().catch(() => undefined);
    await link.close();
  };
  try {
    browser = await chromium.launch({
      executablePath: options.executablePath,
      headless: true,
      args: [...chromiumFlags],
      chromiumSandbox: false,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      timeout: options.timeoutMs ?? 30_000,
    });
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(error.message));
    const renderer = new Promise<string>((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`the page did not answer${faults.length > 0 ? `: ${faults.join("; ")}` : ""}`)),
        options.timeoutMs ?? 30_000,
      );
      link.listen({
        report: (report) => {
          if (report.type !== "ready") return;
          clearTimeout(late);
          resolve(report.renderer);
        },
        bytes: () => undefined,
        closed: () => reject(new Error("the page closed while starting")),
      });
    });
    renderer.catch(() => undefined);
    await page.goto(link.url);
    const name = await renderer;
    link.listen(null);
    const started = browser;
    return { link, renderer: name, jobs: 0, memoryBytes: () => memoryOf(started), close };
  } catch (error) {
    await close();
    throw new EngineError(
      "retryable",
      `Chromium did not start for rendering: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`,
      { cause: error },
    );
  }
}

async function memoryOf(browser: Browser): Promise<number | null> {
  try {
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    await session.detach();
    const held = await Promise.all(processInfo.map(({ id }) => residentBytes(id)));
    return held.reduce((sum, bytes) => sum + bytes, 0);
  } catch {
    return null;
  }
}

/** Of its own, without what it shares with others. @throws where there is no /proc, or the process has ended */
async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^RssAnon:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
}
