/**
 * Makes the sound of prompts, each with its stems: `npx tsx gpu-agent/engines/previz/sound-cli.ts folder "a prompt" …`.
 * SECONDS_OF_SOUND (12) and SEED (7) come from the environment. Into the folder go `1-audio.wav`, `1-music.wav`, … of the first.
 */
import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { planByRules } from "#domain/generation/plan-by-rules.ts";
import { buildPage } from "./build-page.ts";
import { createPrevizEngine } from "./previz-engine.ts";

const [out = join(tmpdir(), "sounds"), ...prompts] = process.argv.slice(2);
const seconds = Number(process.env["SECONDS_OF_SOUND"] ?? 12);
const seed = Number(process.env["SEED"] ?? 7);
const scratch = await mkdtemp(join(tmpdir(), "previz-sound-"));
const engine = createPrevizEngine({
  chromiumPath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
  ffmpegPath: "ffmpeg",
  pageScript: await buildPage(join(scratch, "page")),
});
try {
  await mkdir(out, { recursive: true });
  for (const [index, prompt] of prompts.entries()) {
    const plan = planByRules({ prompt, seed, seconds, fps: { num: 24, den: 1 } });
    const { tempo, key, sections, cues } = plan.audio;
    console.log(
      `${index + 1} ${prompt}: ${tempo} bpm, key ${key}`,
      JSON.stringify({ sections: sections.map(({ start, seconds: _, ...section }) => [start, section]), cues }),
    );
    const began = Date.now();
    const folder = await mkdtemp(join(scratch, "one-"));
    const files = await engine.run(
      { role: "audio.music", seconds, seed },
      {
        ...{ signal: AbortSignal.timeout(300_000), jobId: "cli", attempt: 1, scratch: folder },
        inputs: [{ name: "planning", fromJobId: "cli", output: plan }],
        assetPath: () => Promise.reject(new Error("no assets")),
        progress: () => undefined,
        preview: () => undefined,
      },
    );
    for (const file of files) await copyFile(file.path, join(out, `${index + 1}-${file.name}`));
    console.log(`  ${seconds} s in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  }
} finally {
  await engine.dispose();
  await rm(scratch, { recursive: true, force: true });
}
