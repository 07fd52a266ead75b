import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";
import type { RunContext } from "../engine.ts";
import type { Bench } from "./previz-engine.ts";
import type { PageCommand } from "./protocol.ts";
import { receive } from "./receive.ts";

/** Has the page make files. @returns their bytes, in the order that the command promises */
export async function receiveFiles(
  make: Extract<PageCommand, { type: "files" }>["make"],
  plan: ScenePlan,
  bench: Bench,
  context: RunContext,
  aspect = 16 / 9,
): Promise<Buffer[]> {
  const files: Buffer[] = [];
  await receive(
    bench,
    context.signal,
    { type: "files", run: bench.run, make, plan, aspect },
    {
      async packet({ index, data }) {
        files[index] = data;
      },
    },
  );
  return files;
}
