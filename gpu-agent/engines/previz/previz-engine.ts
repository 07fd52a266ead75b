import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { usualLimit } from "#domain/jobs/chain.ts";
import type { ImageRequest, MusicRequest, RenderRequest, VideoRequest } from "#domain/jobs/messages/render-request.ts";
import { describePlan } from "#domain/screenplay/plan/describe-plan.ts";
import { playerBeside } from "./build-player.ts";
import { graphicsWarning, hasNvidia } from "./graphics.ts";
import { EngineError } from "../engine.ts";
import type { Engine, EngineStatus, RenderedFile, RunContext } from "../engine.ts";
import type { PageTimes } from "./protocol.ts";
import { renderAudio } from "./render-audio.ts";
import { renderEnv } from "./render-env.ts";
import { renderImage } from "./render-image.ts";
import { keyframesOf, renderKeyframes } from "./render-keyframes.ts";
import { renderMotion } from "./render-motion.ts";
import { renderMusic } from "./render-music.ts";
import { renderPackage } from "./render-package.ts";
import { renderPlan } from "./render-plan.ts";
import { renderSync } from "./render-sync.ts";
import { renderVideo } from "./render-video.ts";
import type { Warm } from "./warm-browser.ts";
import { warmBrowser } from "./warm-browser.ts";

/**
 * The built-in engine: plans become three.js scenes in one warm headless Chromium, pictures stream to ffmpeg. It needs
 * no model and no GPU, and labels everything it makes "previz".
 */
export type PrevizOptions = {
  /** The browser to start, e.g. /usr/bin/chromium. */
  chromiumPath: string;
  ffmpegPath: string;
  /** The bundled page, made by `buildPage`. */
  pageScript: string;
  /** A fresh browser after this many runs: what leaks is thrown away with it. */
  recycleAfter?: number;
  /** Or as soon as it holds more than this; 3 GiB unless said. */
  recycleAboveBytes?: number;
  /** Of one render; a longer shot comes in chunks. 505 unless said, as long as the engines that dream take. */
  maxFrames?: number;
  log?: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
};

const previzVersion = "1";
const roles = ["video", "image", "audio.music", "llm.plan", "env3d", "motion", "sync", "package"] as const;
const maxPixels = 3840 * 2160;
/** The whole score is mixed in memory: 0.4 MB a second. */
const maxSoundSeconds = 1200;

/** More than that, and something is not given back. */
const usualMemory = 3 * 2 ** 30;

/** What a run works with: the page, the programs, and where the messages of the run go. */
export type Bench = {
  warm: Warm;
  ffmpegPath: string;
  /** The viewer that goes into packages, bundled. */
  playerScript: string;
  /** Of this engine, as it is written into what it makes. */
  version: string;
  run: number;
  description: string;
  /** What the page said of the last piece of work. */
  last?: { calls: number; triangles: number; times: PageTimes };
};

export function createPrevizEngine(options: PrevizOptions): Engine {
  const { maxFrames = usualLimit } = options;
  let warm: Warm | null = null;
  let starting: Promise<Warm> | null = null;
  let isHeavy = false;
  let runs = 0;
  let queue: Promise<unknown> = Promise.resolve();

  /** One browser, whoever asks: a run that is called off while it starts leaves it to the next. */
  function ready(): Promise<Warm> {
    starting ??= start().finally(() => {
      starting = null;
    });
    return starting;
  }

  async function start(): Promise<Warm> {
    if (warm !== null && (!warm.link.connected || isHeavy || warm.jobs >= (options.recycleAfter ?? 40))) await letGo();
    if (warm !== null) return warm;
    const began = Date.now();
    const started = await warmBrowser({ executablePath: options.chromiumPath, script: options.pageScript });
    warm = started;
    options.log?.info({ renderer: started.renderer, startMs: Date.now() - began }, "previz browser is warm");
    const warning = graphicsWarning(started.renderer, { nvidia: hasNvidia() });
    if (warning !== null) options.log?.warn({ renderer: started.renderer }, warning);
    return started;
  }

  async function letGo(): Promise<void> {
    const old = warm;
    warm = null;
    isHeavy = false;
    await old?.close();
  }

  async function once(request: RenderRequest, context: RunContext): Promise<RenderedFile[]> {
    check(request, maxFrames);
    const left = () => (context.signal.aborted ? new EngineError("cancelled", "the run was cancelled") : null);
    const before = left();
    if (before !== null) throw before;
    context.progress({ stage: "load", fraction: 0 });
    let made: RenderedFile[] = [];
    try {
      const bench: Bench = {
        warm: await untilAborted(ready(), context.signal),
        ffmpegPath: options.ffmpegPath,
        playerScript: playerBeside(options.pageScript),
        version: previzVersion,
        run: (runs += 1),
        description: "plan" in request ? describePlan(request.plan) : "score and ambience",
      };
      bench.warm.jobs += 1;
      made = await render(request, bench, context);
      const memoryBytes = await bench.warm.memoryBytes();
      isHeavy = (memoryBytes ?? 0) > (options.recycleAboveBytes ?? usualMemory);
      options.log?.info({ run: bench.run, role: request.role, ...bench.last, memoryBytes }, "previz run done");
      const after = left();
      if (after !== null) throw after;
      context.progress({ stage: "done", fraction: 1 });
      return made;
    } catch (error) {
      await sweep(context.scratch);
      if (context.signal.aborted) throw new EngineError("cancelled", "the run was cancelled", { cause: error });
      // A browser in doubt is not asked again.
      if (!(error instanceof EngineError) || error.kind === "retryable") await letGo();
      throw error instanceof EngineError
        ? error
        : new EngineError("retryable", error instanceof Error ? error.message : String(error), { cause: error });
    }
  }

  return {
    id: "previz",
    async probe(signal): Promise<EngineStatus> {
      try {
        const { renderer } = await untilAborted(ready(), signal);
        return {
          roles: [...roles],
          ready: true,
          version: previzVersion,
          device: renderer,
          limits: { maxFrames, maxPixels, maxSeconds: maxSoundSeconds, sideMultiple: 2, takesKeyframes: true },
          warning: graphicsWarning(renderer, { nvidia: hasNvidia() }),
        };
      } catch (error) {
        return {
          roles: [],
          ready: false,
          version: previzVersion,
          device: "none",
          warning: error instanceof Error ? error.message : String(error),
        };
      }
    },
    run(request, context) {
      // One page, one stage: runs wait for each other.
      const turn = queue.then(() => once(request, context));
      queue = turn.catch(() => undefined);
      return turn;
    },
    async dispose() {
      await queue;
      await starting?.catch(() => undefined);
      await letGo();
    },
  };
}

function render(request: RenderRequest, bench: Bench, context: RunContext): Promise<RenderedFile[]> {
  switch (request.role) {
    case "video":
      return keyframesOf(request).length === 0
        ? renderVideo(request satisfies VideoRequest, bench, context)
        : renderKeyframes(request, bench, context);
    case "image":
      return renderImage(request satisfies ImageRequest, bench, context);
    case "audio.music":
      return request.cues === undefined
        ? renderAudio(request, bench, context)
        : renderMusic(request satisfies MusicRequest, bench, context);
    case "llm.plan":
      return renderPlan(request, context);
    case "env3d":
      return renderEnv(bench, context);
    case "motion":
      return renderMotion(bench, context);
    case "sync":
      return renderSync(bench, context);
    case "package":
      return renderPackage(request, bench, context);
    default:
      throw new EngineError("permanent", `previz does not do "${request.role}"`);
  }
}

function check(request: RenderRequest, maxFrames: number): void {
  const frames = request.role === "video" ? (request.chunk?.length ?? request.frames) : 0;
  if (frames > maxFrames)
    throw new EngineError("capacity", `previz renders at most ${maxFrames} frames at once here; ${frames} are more.`);
  if (request.role === "audio.music" && request.seconds > maxSoundSeconds)
    throw new EngineError("permanent", `previz makes at most ${maxSoundSeconds / 60} minutes of sound at once.`);
  if (request.role !== "video" && request.role !== "image" && request.role !== "package") return;
  const { width, height } = request;
  if (request.role !== "image" && (width % 2 !== 0 || height % 2 !== 0))
    throw new EngineError("permanent", `A film needs an even width and height; ${width} x ${height} is odd.`);
  if (width * height > maxPixels)
    throw new EngineError("permanent", `previz renders at most 3840 x 2160; ${width} x ${height} is more.`);
}

/** Empties the run's folder: a run that failed or was cancelled leaves no half file. */
async function sweep(scratch: string): Promise<void> {
  for (const name of await readdir(scratch).catch(() => []))
    await rm(join(scratch, name), { recursive: true, force: true });
}

export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(new EngineError("cancelled", "the run was cancelled"));
  return new Promise((resolve, reject) => {
    const stop = () => reject(new EngineError("cancelled", "the run was cancelled"));
    signal.addEventListener("abort", stop, { once: true });
    work
      .then(resolve, reject)
      .finally(() => signal.removeEventListener("abort", stop))
      .catch(() => undefined);
  });
}
