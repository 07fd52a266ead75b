import { EngineError } from "../engine.ts";
import type { Packet } from "./page-link.ts";
import type { PageCommand, PageReport } from "./protocol.ts";
import type { Bench } from "./previz-engine.ts";

/**
 * Gives the page a piece of work and takes what it sends, in order, until it is done.
 * @throws EngineError "cancelled" at once when the signal goes, "retryable" when the page fails or dies
 */
export function receive(
  bench: Bench,
  signal: AbortSignal,
  command: PageCommand,
  on: { packet(packet: Packet): Promise<void>; progress?(fraction: number): void },
): Promise<void> {
  const { link } = bench.warm;
  return new Promise<void>((resolve, reject) => {
    let chain = Promise.resolve();
    let over = false;
    const finish = (error?: unknown) => {
      if (over) return;
      over = true;
      signal.removeEventListener("abort", stop);
      link.listen(null);
      if (error === undefined) resolve();
      else {
        link.send({ type: "stop", run: bench.run });
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    const stop = () => finish(new EngineError("cancelled", "the run was cancelled"));
    const report = (message: PageReport) => {
      if (!("run" in message) || message.run !== bench.run) return;
      if (message.type === "failed") finish(new EngineError("retryable", `the stage failed: ${message.message}`));
      else if (message.type === "progress") on.progress?.(message.fraction);
      // What was sent before "done" may still be on its way through the encoder.
      else if (message.type === "done") {
        bench.last = { calls: message.calls, triangles: message.triangles, times: message.times };
        chain.then(() => finish(), finish);
      }
    };
    signal.addEventListener("abort", stop, { once: true });
    link.listen({
      report,
      bytes(packet) {
        if (packet.run !== bench.run || over) return;
        chain = chain.then(() => (over ? undefined : on.packet(packet)));
        chain.catch(finish);
      },
      closed: () => finish(new EngineError("retryable", "the browser went away in the middle of the work")),
    });
    if (signal.aborted) stop();
    else if (!link.send(command)) finish(new EngineError("retryable", "the browser is not there"));
  });
}
