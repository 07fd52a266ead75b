/** Renders a grid of stills over places, hours and framings: `npx tsx gpu-agent/engines/previz/contact-sheet.ts [out.png] [first] [count]`. */
import { execFile } from "node:child_process";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describePlan } from "#domain/screenplay/plan/describe-plan.ts";
import { buildPage } from "./build-page.ts";
import { aShotPlan } from "./cli-shots.ts";
import { createPrevizEngine } from "./previz-engine.ts";
import { sheetShots } from "./sheet-shots.ts";

const run = promisify(execFile);
const out = process.argv[2] ?? "docs/screenshots/previz.png";
const [first, count] = [Number(process.argv[3] ?? 0), Number(process.argv[4] ?? 24)];
const ffmpegPath = process.env["FFMPEG_PATH"] ?? "ffmpeg";
const [width, height, columns] = [640, 360, 4];
/** A picture for a page: a third of the bytes, and nobody sees it. */
const fewColours =
  "split[whole][seen];[seen]palettegen=256[colours];[whole][colours]paletteuse=dither=bayer:bayer_scale=4";
const scratch = await mkdtemp(join(tmpdir(), "previz-sheet-"));
const engine = createPrevizEngine({
  chromiumPath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
  ffmpegPath,
  pageScript: await buildPage(join(scratch, "page")),
});
try {
  const shots = sheetShots.slice(first, first + count);
  for (const [index, shot] of shots.entries()) {
    const plan = aShotPlan(shot);
    const began = Date.now();
    const files = await engine.run(
      {
        role: "image",
        plan,
        prompt: "",
        seed: plan.seed,
        width,
        height,
        tier: "fine",
        atFraction: shot.atFraction ?? 0.6,
      },
      {
        signal: AbortSignal.timeout(120_000),
        jobId: "sheet",
        attempt: 1,
        scratch,
        assetPath: () => Promise.reject(new Error("no assets")),
        progress: () => undefined,
        preview: () => undefined,
      },
    );
    console.log(`${Date.now() - began} ms  ${describePlan(plan)}`);
    if (files[0] !== undefined) await rename(files[0].path, join(scratch, `${String(index).padStart(3, "0")}.jpg`));
  }
  await run(ffmpegPath, [
    "-v",
    "error",
    "-y",
    "-i",
    join(scratch, "%03d.jpg"),
    "-vf",
    `tile=${columns}x${Math.ceil(shots.length / columns)}:padding=6:color=0x101012,scale=1440:-2:flags=lanczos,${fewColours}`,
    "-frames:v",
    "1",
    out,
  ]);
  console.log(out);
} finally {
  await engine.dispose();
  await rm(scratch, { recursive: true, force: true });
}
