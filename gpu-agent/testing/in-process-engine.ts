import type { EngineProcess, RunEnd } from "../engine-process.ts";

/**
 * The place of an engine process, held by a function: for measuring the queue alone, where a process for each of fifty
 * slots would measure the machine instead.
 */
export function openInProcessEngine(render: (jobId: string) => void): EngineProcess {
  return {
    ready: () =>
      Promise.resolve({
        engines: [
          {
            id: "empty",
            capabilities: ["video"],
            models: [],
            version: "test",
            device: "no device",
            limits: {},
          },
        ],
        problems: [],
        missing: 0,
      }),
    run: (order, listener): Promise<RunEnd> => {
      listener.started("empty");
      render(order.jobId);
      return Promise.resolve({ status: "done", files: [] });
    },
    stop: () => Promise.resolve(),
  };
}
