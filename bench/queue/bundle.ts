import { bundleProcesses } from "#testing/bundle.ts";
import { atExit } from "../measure/clean-up.ts";

/** @returns the scripts of our side, bundled for this run only */
export async function bundleBacklot(): Promise<{ director: string; worker: string; producer: string }> {
  const [director, worker, producer] = [
    "director/main.ts",
    "bench/queue/backlot-worker.ts",
    "bench/queue/backlot-producer.ts",
  ] as const;
  const { script, remove } = await bundleProcesses("bench-queue", [director, worker, producer]);
  atExit(remove);
  return { director: script(director), worker: script(worker), producer: script(producer) };
}
