import { bundleProcesses, collabServer } from "#testing/bundle.ts";

/** Scripts of the processes that take part, ready to be started many times. */
export type Programs = { director: string; collab: string; agent: string; remove: () => void };

/** What is tested is what lies in the sources now, not what was built some time. */
export async function bundlePrograms(): Promise<Programs> {
  const [director, collab, agent] = [
    "director/main.ts",
    "collab-server/main.ts",
    "gpu-agent/testing/test-agent.ts",
  ] as const;
  const engine = "gpu-agent/testing/test-engine-child.ts";
  const { script, remove } = await bundleProcesses("faults", [director, agent, engine, ...collabServer()]);
  return { director: script(director), collab: script(collab), agent: script(agent), remove };
}
