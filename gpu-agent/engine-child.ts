import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { serveEngines } from "./engine-host.ts";
import type { Engine } from "./engines/engine.ts";
import { createExportEngine } from "./engines/export/export-engine.ts";
import { createJoinEngine } from "./engines/join/join-engine.ts";
import { createPrevizEngine } from "./engines/previz/previz-engine.ts";
import { type AgentEnv, loadEnv } from "./env.ts";
import { openLog } from "./log.ts";

/** The process that renders: started by the agent, one per slot, with the engines the operator asked for. */

const env = loadEnv();
const engines: Engine[] = [];
for (const name of env.engines) engines.push(await openEngine(name, env));
// Cutting and joining need no model, only ffmpeg: every agent does it.
const programs = { ffmpegPath: env.ffmpegPath, ffprobePath: env.ffprobePath };
engines.push(createExportEngine(programs), createJoinEngine(programs));
await serveEngines(engines);

async function openEngine(name: string, settings: AgentEnv): Promise<Engine> {
  switch (name) {
    case "previz":
      return createPrevizEngine({
        chromiumPath: settings.chromiumPath,
        ffmpegPath: settings.ffmpegPath,
        pageScript: await pageScript(),
        ...(settings.previzMaxFrames === undefined ? {} : { maxFrames: settings.previzMaxFrames }),
        log: openLog(settings.logLevel),
      });
    default:
      throw new Error(`there is no engine called "${name}"`);
  }
}

/** Bundled with the agent, or, when it runs from its sources, bundled now. */
async function pageScript(): Promise<string> {
  if (!import.meta.url.endsWith(".ts")) return fileURLToPath(new URL("./previz/page.js", import.meta.url));
  const { buildPage } = await import("./engines/previz/build-page.ts");
  return buildPage(path.join(tmpdir(), `backlot-page-${process.pid}`));
}
