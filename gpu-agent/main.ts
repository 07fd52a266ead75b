import { fileURLToPath } from "node:url";
import { type AgentEnv, loadEnv } from "./env.ts";
import { runAgent } from "./run-agent.ts";

let env: AgentEnv;
try {
  env = loadEnv();
} catch (error) {
  process.stderr.write(`The agent cannot start:\n${(error as Error).message}\n`);
  process.exit(1);
}
// Beside this file, as a source or as a bundle.
const engineEntry = fileURLToPath(
  new URL(import.meta.url.endsWith(".ts") ? "./engine-child.ts" : "./engine-child.js", import.meta.url),
);
await runAgent(env, engineEntry);
