import { parentPort, workerData } from "node:worker_threads";
import { StudioError } from "#domain/errors.ts";
import { readScriptFile } from "./read-script.ts";
import type { ScriptAnswer, ScriptQuestion } from "./script-desk.ts";

const { bytes, name } = workerData as ScriptQuestion;

try {
  const file = await readScriptFile(bytes, name);
  parentPort?.postMessage({ status: "read", file } satisfies ScriptAnswer);
} catch (error) {
  const failure =
    error instanceof StudioError
      ? { code: error.code, message: error.message }
      : { code: null, message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  parentPort?.postMessage({ status: "failed", ...failure } satisfies ScriptAnswer);
}
