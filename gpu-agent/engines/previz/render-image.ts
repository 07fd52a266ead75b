import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PassName } from "#domain/jobs/passes.ts";
import { tierForHeight } from "#domain/jobs/tiers.ts";
import type { ImageRequest } from "#domain/jobs/messages/render-request.ts";
import { EngineError } from "../engine.ts";
import type { RenderedFile, RunContext } from "../engine.ts";
import { receive } from "./receive.ts";
import { frameKind } from "./protocol.ts";
import { cameraFile, passesOf } from "./render-video.ts";
import type { Bench } from "./previz-engine.ts";

/** Renders one moment of a shot as a JPEG of high quality, and as a PNG each pass that was asked for. */
export async function renderImage(request: ImageRequest, bench: Bench, context: RunContext): Promise<RenderedFile[]> {
  const { width, height, seed } = request;
  const plan = { ...request.plan, seed };
  // The record beside the passes knows whole frames only.
  const frame = Math.round((plan.frames - 1) * request.atFraction);
  const tier = request.tier ?? tierForHeight(height);
  const passes = passesOf(request.passes);
  const stills = new Map<PassName, Buffer>();
  let camera: Buffer | null = null;
  await receive(
    bench,
    context.signal,
    { type: "image", run: bench.run, plan, width, height, frame, tier, passes },
    {
      async packet({ kind, pass, data }) {
        if (kind === frameKind.file) camera = data;
        else stills.set(pass, data);
        context.progress({ stage: "render", fraction: 0.1 + (0.85 * stills.size) / (passes.length + 1) });
      },
    },
  );
  const size = { width, height, engine: "previz" };
  const write = async (pass: PassName, file: string) => {
    const bytes = stills.get(pass);
    if (bytes === undefined) throw new EngineError("retryable", `no picture of "${pass}" came`);
    const path = join(context.scratch, file);
    await writeFile(path, bytes);
    return path;
  };
  const files: RenderedFile[] = [
    {
      role: "image",
      path: await write("beauty", "still.jpg"),
      contentType: "image/jpeg",
      meta: { ...size, seed, plan: bench.description },
    },
  ];
  for (const pass of passes)
    files.push({
      role: "pass",
      name: pass,
      path: await write(pass, `${pass}.png`),
      contentType: "image/png",
      meta: { ...size, pass, frames: 1, fps: `${plan.fps.num}/${plan.fps.den}` },
    });
  return [...files, ...(await cameraFile(passes, camera, context))];
}
