import { writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { type Engine, EngineError, type RenderedFile } from "../engines/engine.ts";

/**
 * An engine for tests of the queue, never offered to people: it makes no pictures. What it shall do stands in the
 * prompt as JSON; the bytes it makes depend on prompt and seed alone.
 */
export const TestOrder = z.object({
  /** How long it works, milliseconds. */
  ms: z.number().default(20),
  /** Fails like this … */
  fail: z.enum(["retryable", "permanent", "capacity"]).optional(),
  /** … as long as the attempt's number is not above this. */
  failUpTo: z.number().default(1000),
  /** Does not listen when called off. */
  deaf: z.boolean().default(false),
});
export type TestOrder = z.input<typeof TestOrder>;

export const testEngine: Engine = {
  id: "test",
  probe: () =>
    Promise.resolve({
      roles: ["video", "audio.music"],
      ready: true,
      version: "test",
      device: "no device",
      warning: null,
    }),
  run: async (request, context) => {
    const order = TestOrder.parse(request.role === "video" ? JSON.parse(request.prompt) : {});
    const steps = Math.max(1, Math.round(order.ms / 50));
    for (let step = 1; step <= steps; step++) {
      await sleep(order.ms / steps);
      if (context.signal.aborted && !order.deaf) throw new EngineError("cancelled", "called off");
      context.progress({ stage: "render", step, total: steps, fraction: step / steps });
      context.preview(new Uint8Array([0xff, 0xd8, 0xff, step]));
    }
    if (order.fail !== undefined && context.attempt <= order.failUpTo)
      throw new EngineError(order.fail, `told to fail as ${order.fail}`);
    const write = async (name: string): Promise<string> => {
      const file = path.join(context.scratch, name);
      await writeFile(file, `${name} ${JSON.stringify(request)}`);
      return file;
    };
    if (request.role === "audio.music") {
      return [
        { role: "audio", path: await write("sound.wav"), contentType: "audio/wav", meta: { seconds: request.seconds } },
      ];
    }
    const files: RenderedFile[] = [
      {
        role: "video",
        path: await write("film.mp4"),
        contentType: "video/mp4",
        meta: { frames: "frames" in request ? request.frames : 0 },
      },
      { role: "poster", path: await write("poster.jpg"), contentType: "image/jpeg", meta: {} },
    ];
    return files;
  },
  dispose: () => Promise.resolve(),
};
