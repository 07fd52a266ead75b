import { createHash } from "node:crypto";
import { appendFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { fileOf } from "#domain/jobs/inputs.ts";
import type { JoinRequest, RenderRequest, VideoRequest } from "#domain/jobs/messages/render-request.ts";
import { FailureKind } from "#domain/jobs/messages/result-message.ts";
import { type Engine, EngineError, type RenderedFile, type RunContext } from "../engines/engine.ts";

/**
 * An engine for tests of the queue, never offered to people: it makes no pictures. What it shall do stands in the
 * prompt as JSON; the bytes it makes depend on the request alone, so that the same render twice is the same file.
 */
export const TestOrder = z.object({
  /** How long it works, milliseconds; 0 begins and ends at once, without a word in between. */
  ms: z.number().default(20),
  /** Fails like this … */
  fail: FailureKind.optional(),
  /** … as long as the attempt's number is not above this … */
  failUpTo: z.number().default(1000),
  /** … and, where it is said, only on the engine of this name. */
  failOn: z.string().optional(),
  /** … or only in the chunk of this index; what is said of crashes then means that chunk, too. */
  inChunk: z.number().optional(),
  /** Ends its whole process half-way, without a word, as long as the attempt's number is not above this. */
  crashUpTo: z.number().default(0),
  /** Never gets beyond the first step, until it is called off. */
  hang: z.boolean().default(false),
  /** Does not listen when called off. */
  deaf: z.boolean().default(false),
  /** Length of its film; a multiple of 32 is met exactly. 0 makes no files at all. */
  bytes: z.number().default(128),
});
export type TestOrder = z.input<typeof TestOrder>;

/** The bytes of one frame, 32 of them: whoever joins chunks can tell which frames of which shot they hold. */
export function testFrame(seed: number, index: number): Buffer {
  return createHash("sha256").update(`${seed}:${index}`).digest();
}

/** @param id  what the engine calls itself; tests of fallback need two */
export function createTestEngine(id = "test"): Engine {
  return {
    id,
    probe: () =>
      Promise.resolve({
        roles: ["video", "audio.music", "join"],
        ready: true,
        version: "test",
        device: "no device",
        warning: null,
      }),
    run: async (request, context) => {
      const order = orderOf(request, context);
      note({ what: "begin", jobId: context.jobId, attempt: context.attempt });
      try {
        await work(order, context);
        if (
          order.fail !== undefined &&
          context.attempt <= order.failUpTo &&
          (order.failOn === undefined || order.failOn === id)
        )
          throw new EngineError(order.fail, `told to fail as ${order.fail}`);
        return await makeFiles(order, request, context);
      } finally {
        note({ what: "end", jobId: context.jobId, attempt: context.attempt });
      }
    },
    dispose: () => Promise.resolve(),
  };
}

function orderOf(request: RenderRequest, context: RunContext): z.output<typeof TestOrder> {
  const order = TestOrder.parse(request.role === "video" ? JSON.parse(request.prompt) : {});
  if (order.inChunk === undefined || order.inChunk === context.part?.index) return order;
  return TestOrder.parse({ ms: order.ms, bytes: order.bytes });
}

async function work(order: z.output<typeof TestOrder>, context: RunContext): Promise<void> {
  if (order.ms === 0 && !order.hang) return;
  const steps = order.hang ? Number.POSITIVE_INFINITY : Math.max(1, Math.round(order.ms / 50));
  for (let step = 1; step <= steps; step++) {
    await sleep(order.hang ? 50 : order.ms / steps);
    if (context.signal.aborted && !order.deaf) throw new EngineError("cancelled", "called off");
    if (order.hang) continue;
    if (step >= steps / 2 && context.attempt <= order.crashUpTo) process.kill(process.pid, "SIGKILL");
    context.progress({ stage: "render", step, total: steps, fraction: step / steps });
    context.preview(new Uint8Array([0xff, 0xd8, 0xff, step]));
  }
}

async function makeFiles(
  order: z.output<typeof TestOrder>,
  request: RenderRequest,
  context: RunContext,
): Promise<RenderedFile[]> {
  if (order.bytes === 0) return [];
  const write: Write = async (name, data) => {
    const file = path.join(context.scratch, name);
    await writeFile(file, data);
    return file;
  };
  if (request.role === "audio.music") {
    const sound = await write("sound.wav", `sound ${JSON.stringify(request)}`);
    return [{ role: "audio", path: sound, contentType: "audio/wav", meta: { seconds: request.seconds } }];
  }
  if (request.role === "join") return joinFrames(request, context, write);
  if (request.role === "video" && request.chunk !== undefined) return [await renderChunk(request, write)];
  const seed = "seed" in request ? request.seed : 0;
  const count = Math.max(1, Math.round(order.bytes / 32));
  const film = Buffer.concat(Array.from({ length: count }, (_, index) => testFrame(seed, index)));
  const frames = "frames" in request ? request.frames : 0;
  return [
    { role: "video", path: await write("film.mp4", film), contentType: "video/mp4", meta: { frames } },
    {
      role: "poster",
      path: await write("poster.jpg", testFrame(seed, count)),
      contentType: "image/jpeg",
      meta: {},
    },
  ];
}

type Write = (name: string, data: string | Uint8Array) => Promise<string>;

/** The frames that the chunk asks for, of the shot that its plan is of. */
async function renderChunk(request: VideoRequest, write: Write): Promise<RenderedFile> {
  const { start, length } = request.chunk!;
  const frames = Array.from({ length }, (_, index) => testFrame(request.plan.seed, start + index));
  const file = await write("chunk.mkv", Buffer.concat(frames));
  return { role: "video", path: file, contentType: "video/x-matroska", meta: { frames: length } };
}

/** Cuts and joins its own frames as the real one does pictures. */
async function joinFrames(request: JoinRequest, context: RunContext, write: Write): Promise<RenderedFile[]> {
  const kept: Buffer[] = [];
  for (const part of request.parts) {
    const input = fileOf(context.inputs ?? [], part.name);
    if (input === undefined) throw new EngineError("permanent", `${part.name} is not among what the join was given`);
    const bytes = await readFile(await context.assetPath(input.assetId));
    kept.push(bytes.subarray(part.trimHead * 32, (part.trimHead + part.frames) * 32));
  }
  const meta = { frames: request.frames, engine: "test" };
  const film = await write("film.mp4", Buffer.concat(kept));
  const poster = await write("poster.jpg", testFrame(request.seed, 0));
  return [
    { role: "video", path: film, contentType: "video/mp4", meta },
    { role: "poster", path: poster, contentType: "image/jpeg", meta: {} },
  ];
}

/** What the engines of a test did, one JSON line each, where the test asks for it. */
export type LedgerLine = { what: "begin" | "end"; jobId: string; attempt: number; at: number; agent: string };

function note(line: Pick<LedgerLine, "what" | "jobId" | "attempt">): void {
  const file = process.env["TEST_ENGINE_LEDGER"];
  if (file === undefined) return;
  try {
    appendFileSync(
      file,
      `${JSON.stringify({ ...line, at: Date.now(), agent: process.env["AGENT_ID"] ?? "" } satisfies LedgerLine)}\n`,
    );
  } catch {
    // A disk that is full for this process is full for the ledger too.
  }
}
