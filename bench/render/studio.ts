import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Tier } from "#domain/jobs/tiers.ts";
import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import { buildPage } from "../../gpu-agent/engines/previz/build-page.ts";
import { playerBeside } from "../../gpu-agent/engines/previz/build-player.ts";
import type { Bench as Workbench } from "../../gpu-agent/engines/previz/previz-engine.ts";
import type { PageTimes } from "../../gpu-agent/engines/previz/protocol.ts";
import { receive } from "../../gpu-agent/engines/previz/receive.ts";
import { renderVideo } from "../../gpu-agent/engines/previz/render-video.ts";
import { warmBrowser } from "../../gpu-agent/engines/previz/warm-browser.ts";
import { loadEnv } from "../../gpu-agent/env.ts";
import { readUsage } from "../measure/usage.ts";

/** One shot at one size. */
export type Shot = { plan: ScenePlan; width: number; height: number; frames: number; tier: Tier };

/**
 * Milliseconds from asking for it until it was done, and what the page did meanwhile. `cpuMs` is that of everything that
 * took part, on all cores: the browser, this process, and the encoder.
 */
export type Timed = { wallMs: number; cpuMs: number; times: PageTimes; calls: number; triangles: number };

export type RenderStudio = {
  /** The GL that draws, by its own name. */
  device: string;
  /** The pictures drawn and sent nowhere. */
  bare(shot: Shot): Promise<Timed>;
  /** What a job does: drawn, read, sent, encoded, with its previews and its poster. */
  full(shot: Shot): Promise<Timed>;
  close(): Promise<void>;
};

/** Starts the engine's own page in the agent's browser; the renderings are those of a job. */
export async function openRenderStudio(): Promise<RenderStudio> {
  const env = loadEnv();
  const folder = await mkdtemp(join(tmpdir(), "backlot-bench-render-"));
  const page = await buildPage(join(folder, "page"));
  const warm = await warmBrowser({
    executablePath: env.chromiumPath,
    script: page,
    timeoutMs: 90_000,
  });
  const signal = new AbortController().signal;
  let run = 0;

  async function timed(work: (workbench: Workbench) => Promise<unknown>): Promise<Timed> {
    run += 1;
    const workbench: Workbench = {
      warm,
      ffmpegPath: env.ffmpegPath,
      playerScript: playerBeside(page),
      version: "bench",
      run,
      description: "A shot of the bench.",
    };
    const spent = () => readUsage([process.pid]).cpuSeconds * 1000;
    const [began, before] = [performance.now(), spent()];
    await work(workbench);
    const [wallMs, cpuMs] = [performance.now() - began, spent() - before];
    if (workbench.last === undefined) throw new Error("the page said nothing of what it did");
    return { wallMs, cpuMs, ...workbench.last };
  }

  return {
    device: warm.renderer,
    bare: (shot) =>
      timed((workbench) =>
        receive(
          workbench,
          signal,
          { type: "measure", run: workbench.run, ...shot },
          { packet: () => Promise.reject(new Error("the bare loop sends nothing")) },
        ),
      ),
    full: (shot) =>
      timed(async (workbench) => {
        const scratch = await mkdtemp(join(folder, "run-"));
        await renderVideo({ role: "video", ...shot, prompt: "", seed: shot.plan.seed, fps: shot.plan.fps }, workbench, {
          signal,
          jobId: "bench",
          attempt: 1,
          scratch,
          assetPath: () => Promise.reject(new Error("the bench has no assets")),
          progress: () => undefined,
          preview: () => undefined,
        });
        await rm(scratch, { recursive: true, force: true });
      }),
    async close() {
      await warm.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
