import { z } from "zod";
import { StudioError } from "#domain/errors.ts";

/** What a page is told instead, when too much was asked for from one address. */
export interface Busy {
  state: "busy";
  retryAfterSeconds: number;
}

const Wait = z.object({ retryAfterSeconds: z.number() });

/** @throws every error but "rate/limited", which is an answer here */
export async function orBusy<T>(ask: () => Promise<T>): Promise<T | Busy> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof StudioError) || error.code !== "rate/limited") throw error;
    return { state: "busy", retryAfterSeconds: Wait.parse(error.details).retryAfterSeconds };
  }
}
