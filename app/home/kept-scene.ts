import { isRouteErrorResponse } from "@remix-run/react";

/** How many times in a row nobody has answered. */
type Asked<T> = T & { unanswered?: number };

/** What a page shows, kept for when asking anew brings no answer. */
export interface Kept<T> {
  know(shown: Asked<T>): void;
  /** @throws what asking threw, where that is an answer or nothing is known of this key */
  ask(key: string, answer: () => Promise<T>, signal: AbortSignal): Promise<Asked<T>>;
}

export function createKept<T extends { viewKey: string }>(): Kept<T> {
  let known: Asked<T> | null = null;
  return {
    know(shown) {
      known = shown;
    },
    async ask(key, answer, signal) {
      try {
        return await answer();
      } catch (error) {
        if (known?.viewKey !== key || signal.aborted || isAnswer(error)) throw error;
        return { ...known, unanswered: (known.unanswered ?? 0) + 1 };
      }
    },
  };
}

/** Too much to do, or an error, is no word on what was asked for. */
const isAnswer = (error: unknown): boolean =>
  isRouteErrorResponse(error) && error.status < 500 && error.status !== 429 && error.status !== 408;
