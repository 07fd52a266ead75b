import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { JobInput } from "#domain/jobs/messages/job-message.ts";
import type { JoinRequest } from "#domain/jobs/messages/render-request.ts";
import { passNames, type PassName } from "#domain/jobs/passes.ts";
import { EngineError, type RenderedFile, type RunContext } from "../engine.ts";
import { encodeVideo } from "../previz/encode.ts";
import { isExact } from "../previz/pixels.ts";
import { readFrames } from "./read-frames.ts";

/** @returns the passes that the chunks were rendered with, in the order in which they are named everywhere */
export function passesIn(inputs: readonly JobInput[]): PassName[] {
  const said = new Set(inputs.flatMap(({ role, meta }) => (role === "pass" ? [meta?.["pass"]] : [])));
  return passNames.filter((pass) => said.has(pass));
}

export type JoinPasses = {
  ffmpegPath: string;
  label: Record<string, string>;
  isQuick: boolean;
  /** Of the film that they lie beside. */
  meta: Record<string, number | string>;
  onFrame(): void;
};

/**
 * Makes one film of each pass of a long shot's chunks, and one record of the camera, frame for frame like the film.
 * @throws EngineError where a chunk came without one that another has
 */
export async function joinPasses(
  request: JoinRequest,
  context: RunContext,
  options: JoinPasses,
): Promise<RenderedFile[]> {
  const passes = passesIn(context.inputs ?? []);
  if (passes.length === 0) return [];
  const files: RenderedFile[] = [];
  for (const pass of passes) {
    const file = path.join(context.scratch, `${pass}.${isExact(pass) ? "mkv" : "mp4"}`);
    await joinPass(pass, file, request, context, options);
    const contentType = isExact(pass) ? "video/x-matroska" : "video/mp4";
    files.push({ role: "pass", name: pass, path: file, contentType, meta: { ...options.meta, pass } });
  }
  const record = path.join(context.scratch, "camera.json");
  await writeFile(record, JSON.stringify(await joinRecords(request, context)));
  const engine = options.meta["engine"] ?? "";
  return [
    ...files,
    { role: "camera", name: "camera", path: record, contentType: "application/json", meta: { engine } },
  ];
}

async function joinPass(
  pass: PassName,
  file: string,
  request: JoinRequest,
  context: RunContext,
  { ffmpegPath, label, isQuick, onFrame }: JoinPasses,
): Promise<void> {
  const { width, height, fps } = request;
  const { signal } = context;
  const layout = isExact(pass) ? "rgba" : "yuv420p";
  const encoder = encodeVideo({
    ...{ ffmpegPath, path: file, width, height, fps, label, isQuick },
    pictures: layout,
    isExact: isExact(pass),
  });
  const stop = () => void encoder.kill();
  signal.addEventListener("abort", stop, { once: true });
  try {
    for (const { name, trimHead, frames } of request.parts) {
      const part = await context.assetPath(partOf(context, name, "pass", pass));
      const want = { skip: trimHead, frames, size: { width, height }, layout } as const;
      for await (const frame of readFrames(part, want, { ffmpegPath, signal })) {
        await encoder.write(frame);
        onFrame();
      }
    }
    await encoder.end();
  } catch (error) {
    await encoder.kill();
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** As much of a record of the camera as must be known to put several together; the rest is alike in all of them. */
const CameraPart = z.looseObject({ samples: z.array(z.unknown()) });

async function joinRecords(request: JoinRequest, context: RunContext): Promise<object> {
  const samples: unknown[] = [];
  let last: object = {};
  for (const { name, trimHead, frames } of request.parts) {
    const file = await context.assetPath(partOf(context, name, "camera", "camera"));
    const record = CameraPart.parse(JSON.parse(await readFile(file, "utf8")));
    samples.push(...record.samples.slice(trimHead, trimHead + frames));
    last = record;
  }
  return { ...last, frames: request.frames, samples };
}

function partOf(context: RunContext, step: string, role: "pass" | "camera", name: string): string {
  const input = context.inputs?.find((one) => one.role === role && one.name === `${step}/${name}`);
  if (input?.assetId !== undefined) return input.assetId;
  throw new EngineError("permanent", `The "${name}" of ${step} is not among what the join was given.`);
}
