/** Renders one shot from the command line: `npx tsx gpu-agent/engines/previz/render-cli.ts --heading "EXT. PIER - DUSK" --action "..." --type wide --out /tmp/x.mp4`. */
import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { describePlan } from "#domain/screenplay/plan/describe-plan.ts";
import { aShotPlan } from "./cli-shots.ts";
import { buildPage } from "./build-page.ts";
import { createPrevizEngine } from "./previz-engine.ts";

const { values } = parseArgs({
  options: {
    heading: { type: "string", default: "EXT. HARBOUR - DUSK" },
    action: { type: "string", default: "Rain. MAYA, 30s, yellow raincoat, walks down the pier." },
    type: { type: "string", default: "wide" },
    move: { type: "string", default: "" },
    say: { type: "string", multiple: true, default: [] },
    who: { type: "string", multiple: true, default: [] },
    frames: { type: "string", default: "24" },
    size: { type: "string", default: "640x360" },
    seed: { type: "string", default: "1" },
    out: { type: "string", default: join(tmpdir(), "previz.mp4") },
  },
});
const [width = 640, height = 360] = values.size.split("x").map(Number);
const plan = aShotPlan({
  heading: values.heading,
  action: values.action,
  type: values.type,
  move: values.move,
  who: values.who,
  say: values.say,
  frames: Number(values.frames),
  seed: Number(values.seed),
});
const scratch = await mkdtemp(join(tmpdir(), "previz-cli-"));
const engine = createPrevizEngine({
  chromiumPath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
  ffmpegPath: process.env["FFMPEG_PATH"] ?? "ffmpeg",
  pageScript: await buildPage(join(scratch, "page")),
  log: { info: (fields, text) => console.log(text, fields), warn: (fields, text) => console.warn(text, fields) },
});
try {
  console.log(describePlan(plan));
  await engine.probe(AbortSignal.timeout(60_000));
  const began = Date.now();
  const files = await engine.run(
    { role: "video", plan, prompt: "", seed: plan.seed, width, height, frames: plan.frames, fps: plan.fps },
    {
      signal: AbortSignal.timeout(600_000),
      jobId: "cli",
      attempt: 1,
      scratch,
      assetPath: () => Promise.reject(new Error("no assets")),
      progress: () => undefined,
      preview: () => undefined,
    },
  );
  const seconds = (Date.now() - began) / 1000;
  const video = files.find((file) => file.role === "video");
  if (video !== undefined) await rename(video.path, values.out);
  console.log(
    `${values.out}: ${plan.frames} frames in ${seconds.toFixed(2)} s, ${(plan.frames / seconds).toFixed(1)} frames/s`,
  );
} finally {
  await engine.dispose();
  await rm(scratch, { recursive: true, force: true });
}
