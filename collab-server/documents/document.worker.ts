import { parentPort } from "node:worker_threads";
import { failureOf, TaskDesk } from "./tasks.ts";
import { pack, unpack, type TaskAnswer, type TaskRequest } from "./thread-messages.ts";

const desk = new TaskDesk();

parentPort?.on("message", ({ id, task }: TaskRequest) => {
  try {
    const { message, transfer } = pack(desk.do(unpack(task)));
    parentPort?.postMessage({ id, status: "done", answer: message } satisfies TaskAnswer, transfer);
  } catch (error) {
    parentPort?.postMessage({ id, status: "failed", failure: failureOf(error) } satisfies TaskAnswer);
  }
});
