import { setTimeout as sleep } from "node:timers/promises";
import { callOffLeftBehind } from "#db/queries/left-behind.ts";
import { forgetOld } from "#db/queries/retention.ts";
import type { Parts } from "./parts.ts";

const everyMs = 3_600_000;
/** Between two portions, so that the queue has the database to itself in between. */
const pauseMs = 200;

/**
 * Forgets once an hour what is too old for anybody: events that nobody resumes from, letters that nobody reads. Ends
 * what was left open in films that are gone.
 */
export function openTidying(
  parts: Pick<Parts, "db" | "log">,
  mayTidy: () => boolean,
  signal: AbortSignal,
): { stop: () => void } {
  const tidy = async () => {
    if (mayTidy()) await callOffLeftBehind(parts.db);
    while (mayTidy() && !signal.aborted && (await forgetOld(parts.db)) > 0) await sleep(pauseMs);
  };
  const timer = setInterval(() => {
    tidy().catch((error: unknown) => parts.log.warn({ err: error }, "what is over could not be tidied up"));
  }, everyMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
