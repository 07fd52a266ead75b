import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { scenePlanOf } from "#domain/generation/generation-plan.ts";
import { generationFiles, stemFiles } from "#domain/generation/manifest.ts";
import { CameraPath, timelineOf, TimedStep, type TimelineTrack } from "#domain/generation/timeline.ts";
import type { ArtifactRole } from "#domain/jobs/messages/artifact.ts";
import { framesToSeconds } from "#domain/time.ts";
import type { RenderedFile, RunContext } from "../engine.ts";
import type { Bench } from "./previz-engine.ts";
import { receiveFiles } from "./receive-files.ts";
import { filesAmong, planAmong, stageFile, type StageInput } from "./stage-inputs.ts";

/** Lays camera, deeds, sounds and the files of the earlier stages along one clock. */
export async function renderSync(bench: Bench, context: RunContext): Promise<RenderedFile[]> {
  const plan = planAmong(context.inputs);
  const seconds = framesToSeconds(plan.frames, plan.fps);
  context.progress({ stage: "camera", fraction: 0.1 });
  const [camera] = await receiveFiles("camera", scenePlanOf(plan), bench, context);
  const { footfalls, ...path } = CameraPath.extend({ footfalls: z.array(TimedStep) }).parse(JSON.parse(String(camera)));
  const tracks = filesAmong(context.inputs).flatMap((input) => trackOf(input, seconds));
  const file = join(context.scratch, generationFiles.timeline);
  await writeFile(file, JSON.stringify(timelineOf(plan, path, tracks, footfalls)));
  return [
    stageFile(generationFiles.timeline, {
      role: "timeline",
      path: file,
      contentType: "application/json",
      meta: { seconds },
    }),
  ];
}

const playsAs: Partial<Record<ArtifactRole, TimelineTrack["plays"]>> = {
  splat: "background",
  motion: "motion",
  audio: "audio",
};

function trackOf({ role, file, meta }: StageInput, seconds: number): TimelineTrack[] {
  const plays =
    file === generationFiles.scene
      ? "scene"
      : file === generationFiles.character
        ? "animation"
        : stemFiles.includes(file)
          ? "stem"
          : role === undefined
            ? undefined
            : playsAs[role];
  if (plays === undefined) return [];
  const own = meta?.["seconds"];
  return [{ file, plays, start: 0, seconds: typeof own === "number" ? own : seconds }];
}
