/** What came of one try to deliver a message: an answer, or a sentence that says why there was none. */
export type DeliveryOutcome = { status: number } | { error: string };

export type DeliveryDecision =
  | { next: "delivered" }
  | { next: "again"; afterSeconds: number; error: string }
  /** `disable`: nobody listens there any more. */
  | { next: "given-up"; disable: boolean; error: string };

/** Pauses between tries, seconds: a restart is bridged at once, an outage of a night as well. */
const pauses = [5, 30, 120, 600, 3600, 3 * 3600, 6 * 3600, 12 * 3600] as const;

/** Tries in all. */
export const mostTries = pauses.length + 1;

/**
 * Any 2xx is an answer. Everything else is tried again later and later for about a day, then the webhook is switched
 * off; 410 says at once that nobody wants to hear more.
 * @param attempt  this try, int >= 1
 * @param random   in [0, 1): spreads what failed together
 */
export function decideDelivery(attempt: number, outcome: DeliveryOutcome, random: number): DeliveryDecision {
  if ("status" in outcome && outcome.status >= 200 && outcome.status < 300) return { next: "delivered" };
  const error = "error" in outcome ? outcome.error : sentenceFor(outcome.status);
  if ("status" in outcome && outcome.status === 410) return { next: "given-up", disable: true, error };
  const pause = pauses[attempt - 1];
  if (pause === undefined) return { next: "given-up", disable: true, error };
  return { next: "again", afterSeconds: pause * (0.8 + 0.4 * random), error };
}

function sentenceFor(status: number): string {
  if (status === 410) return "It answered 410: it wants no more messages.";
  if (status >= 300 && status < 400)
    return `It answered ${status}, and redirects are not followed. Give the address it leads to.`;
  return `It answered ${status}; only 2xx counts as received.`;
}
