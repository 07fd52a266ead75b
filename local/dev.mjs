/**
 * `npm run dev`: the same studio from its sources. The app reloads itself through Vite; the other processes are
 * started again when a source of theirs changes.
 */
import path from "node:path";
import { bootstrap, handOverSignals, root, say } from "./bootstrap.mjs";

await bootstrap();
const { build } = await import("./build.mjs");
try {
  // The supervisor, and the page the engine draws in, still come from the build.
  await build({ only: ["processes"] });
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
const { checkSettings, runStudio } = await import(path.join(root, "build/local/main.js"));
const settings = checkSettings();
if (settings === null) process.exit(1);
handOverSignals();
await runStudio(settings, "development", root);
