import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ImageRequest } from "#domain/jobs/messages/render-request.ts";
import { EngineError } from "../engine.ts";
import type { RenderedFile, RunContext } from "../engine.ts";
import { encodeJpeg } from "./encode.ts";
import { receive } from "./receive.ts";
import type { Bench } from "./previz-engine.ts";

/** Renders one moment of a shot as a JPEG of high quality. */
export async function renderImage(request: ImageRequest, bench: Bench, context: RunContext): Promise<RenderedFile[]> {
  const { width, height } = request;
  const plan = { ...request.plan, seed: request.seed };
  const length = ((plan.frames - 1) * plan.fps.den) / plan.fps.num;
  let pixels: Buffer | null = null;
  await receive(
    bench,
    context.signal,
    { type: "image", run: bench.run, plan, width, height, seconds: length * request.atFraction },
    {
      async packet({ data }) {
        pixels = data;
        context.progress({ stage: "render", fraction: 0.8 });
      },
    },
  );
  if (pixels === null) throw new EngineError("retryable", "no picture came");
  const path = join(context.scratch, "still.jpg");
  await writeFile(
    path,
    await encodeJpeg({ ffmpegPath: bench.ffmpegPath, pixels, width, height, quality: 2, signal: context.signal }),
  );
  return [
    {
      role: "image",
      path,
      contentType: "image/jpeg",
      meta: { width, height, engine: "previz", seed: request.seed, plan: bench.description },
    },
  ];
}
