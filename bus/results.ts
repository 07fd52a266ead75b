import type { ResultMessage as Result } from "#domain/jobs/messages.ts";
import { ResultMessage } from "#domain/jobs/messages.ts";
import { resultsStream, subjects } from "#domain/jobs/subjects.ts";
import type { Bus } from "./connection.ts";
import { decode, encode } from "./messages.ts";
import { pullOne } from "./pulling.ts";
import { resultsConsumer } from "./topology.ts";

/** Keeps a result on the broker until a director has recorded it. A repeat within two minutes is kept once. */
export async function publishResult(bus: Bus, result: Result): Promise<void> {
  await bus.js.publish(subjects.result(result.projectId, result.jobId), encode(result), {
    msgID: `${result.jobId}:${result.claim}:done`,
    timeout: 5000,
  });
}

/**
 * Waits for the next result.
 * @param handle  records it; when it throws, the result comes again after a second
 * @returns whether there was one
 */
export async function takeResult(
  bus: Bus,
  handle: (result: Result) => Promise<void>,
  options: { expiresMs: number; signal: AbortSignal; onProblem: (reason: unknown) => void },
): Promise<boolean> {
  const pulled = await pullOne(bus, resultsStream, [resultsConsumer], options.expiresMs, options.signal);
  if (pulled === null) return false;
  const result = ResultMessage.safeParse(decode(pulled));
  if (!result.success) {
    options.onProblem(result.error.issues);
    await pulled.finish();
    return true;
  }
  try {
    await handle(result.data);
  } catch (reason) {
    pulled.handBack(1000);
    throw reason;
  }
  await pulled.finish();
  return true;
}

/** How many results no director has recorded yet. */
export async function countUnrecorded(bus: Bus): Promise<number> {
  const info = await bus.jsm.consumers.info(resultsStream, resultsConsumer);
  return info.num_pending + info.num_ack_pending;
}
