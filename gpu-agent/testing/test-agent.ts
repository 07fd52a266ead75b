import { fileURLToPath } from "node:url";
import { loadEnv } from "../env.ts";
import { runAgent } from "../run-agent.ts";

/** The real agent with the test engine in its child: what tests of the queue start and kill. */
process.title = "backlot test agent";
// Beside this file, as a source or as a bundle.
const ending = import.meta.url.endsWith(".ts") ? "ts" : "js";
await runAgent(loadEnv(), fileURLToPath(new URL(`./test-engine-child.${ending}`, import.meta.url)));
