import { serveEngines } from "../engine-host.ts";
import { testEngine } from "./test-engine.ts";

process.title = "backlot test engine";
await serveEngines([testEngine]);
