import { fileURLToPath } from "node:url";
import { loadEnv } from "../env.ts";
import { runAgent } from "../run-agent.ts";

/** The real agent with the test engine in its child: what tests of the queue start and kill. */
process.title = "backlot test agent";
await runAgent(loadEnv(), fileURLToPath(new URL("./test-engine-child.ts", import.meta.url)));
