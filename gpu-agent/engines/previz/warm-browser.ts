import { setTimeout as sleep } from "node:timers/promises";
import { EngineError } from "../engine.ts";
import { launchChromium, type Chromium } from "./launch-chromium.ts";
import { PageLink } from "./page-link.ts";

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
}): Promise<Warm> {
  const link = await PageLink.open(options.script);
  let browser: Chromium | null = null;
  const close = async () => {
    await browser?.close();
    await link.close();
  };
  try {
    const started = await launchChromium(options.executablePath, link.url);
    browser = started;
    const name = await nameOfRenderer(link, started, options.timeoutMs ?? 30_000);
    return { link, renderer: name, jobs: 0, memoryBytes: started.memoryBytes, close };
  } catch (error) {
    await close();
    throw new EngineError(
      "retryable",
      `Chromium did not start for rendering: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`,
      { cause: error },
    );
  }
}

/** What draws, by its own name, as the page says when it is there. */
async function nameOfRenderer(link: PageLink, browser: Chromium, timeoutMs: number): Promise<string> {
  const over = new AbortController();
  const called = new Promise<string>((resolve, reject) => {
    link.listen({
      report: (report) => {
        if (report.type === "ready") resolve(report.renderer);
        if (report.type === "broken") reject(new Error(`the page is broken: ${report.message}`));
      },
      bytes: () => undefined,
      closed: () => reject(new Error("the page closed while starting")),
    });
  });
  try {
    return await Promise.race([
      called,
      browser.over.then((said) => {
        throw new Error(said === "" ? "it ended at once" : said);
      }),
      sleep(timeoutMs, null, { signal: over.signal }).then(() => {
        throw new Error(`its page did not answer in ${timeoutMs / 1000} s`);
      }),
    ]);
  } finally {
    over.abort();
    link.listen(null);
  }
}
