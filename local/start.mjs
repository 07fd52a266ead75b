/**
 * `npm start`: from a fresh clone to a running studio. The studio runs in this very process, because npm passes a
 * signal on only to a script that has taken its place (`exec`).
 */
import path from "node:path";
import { bootstrap, handOverSignals, root, say } from "./bootstrap.mjs";

await bootstrap();
const { build } = await import("./build.mjs");
try {
  await build();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
const { checkSettings, runStudio } = await import(path.join(root, "build/local/main.js"));
const settings = checkSettings();
if (settings === null) process.exit(1);
handOverSignals();
await runStudio(settings, "production", root);
