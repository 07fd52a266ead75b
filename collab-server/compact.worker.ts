import { parentPort } from "node:worker_threads";
import { condense } from "./condense.ts";
import type { CondenseAnswer, CondenseRequest } from "./condenser.ts";

parentPort?.on("message", (request: CondenseRequest) => {
  let answer: CondenseAnswer;
  try {
    answer = { id: request.id, status: "done", ...condense(request.parts, request.wantBytes) };
  } catch (error) {
    answer = { id: request.id, status: "failed", message: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(answer);
});
