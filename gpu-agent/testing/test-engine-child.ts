import { serveEngines } from "../engine-host.ts";
import { createTestEngine } from "./test-engine.ts";

process.title = "backlot test engine";
/** Names of the engines; two of them where a test wants something to fall back to. */
const names = (process.env["TEST_ENGINES"] ?? "test").split(",");
await serveEngines(names.map((name) => createTestEngine(name.trim())));
