/** Renders score and ambience for a few scenes: `npx tsx gpu-agent/engines/previz/sound-cli.ts out.wav [seconds per scene]`. */
import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cueSheetFor } from "#domain/screenplay/plan/cue-sheet.ts";
import { buildPage } from "./build-page.ts";
import { aShotPlan } from "./cli-shots.ts";
import { createPrevizEngine } from "./previz-engine.ts";
import { sheetShots } from "./sheet-shots.ts";

const [out = join(tmpdir(), "score.wav"), each = "4"] = process.argv.slice(2);
const seconds = Number(each);
const scratch = await mkdtemp(join(tmpdir(), "previz-sound-"));
const engine = createPrevizEngine({
  chromiumPath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
  ffmpegPath: "ffmpeg",
  pageScript: await buildPage(join(scratch, "page")),
});
try {
  const cues = cueSheetFor(
    sheetShots.slice(0, 3).map((shot, index) => ({ plan: aShotPlan(shot), startSeconds: index * seconds, seconds })),
    1,
  );
  console.log(
    JSON.stringify(
      cues.sections.map((section) => [
        section.mood,
        section.instruments.join("+"),
        section.ambience.map((entry) => entry.kind).join("+"),
      ]),
    ),
    cues.tempo,
  );
  const began = Date.now();
  const [file] = await engine.run(
    { role: "audio.music", cues, seconds: cues.seconds, seed: 1 },
    {
      signal: AbortSignal.timeout(300_000),
      jobId: "cli",
      attempt: 1,
      scratch,
      assetPath: () => Promise.reject(new Error("no assets")),
      progress: () => undefined,
      preview: () => undefined,
    },
  );
  if (file !== undefined) await rename(file.path, out);
  console.log(`${out}: ${cues.seconds} s in ${((Date.now() - began) / 1000).toFixed(1)} s`);
} finally {
  await engine.dispose();
  await rm(scratch, { recursive: true, force: true });
}
