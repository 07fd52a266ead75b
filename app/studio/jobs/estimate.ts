/** What a render would take, in the words of a button. */
import { z } from "zod";

export const Estimate = z.object({
  jobs: z.number(),
  waitSeconds: z.number().nullable().catch(null),
  renderSeconds: z.number().nullable().catch(null),
  cost: z.object({ amount: z.number(), currency: z.string() }).nullable().catch(null),
});
export type Estimate = z.infer<typeof Estimate>;

/** `about 12 s`, `about 3 min`, `about 1 h 10 min`. */
export function aboutSeconds(seconds: number): string {
  if (seconds < 1) return "about 1 s";
  if (seconds < 90) return `about ${Math.round(seconds < 20 ? seconds : seconds / 5) * (seconds < 20 ? 1 : 5)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `about ${minutes} min`;
  return `about ${Math.floor(minutes / 60)} h${minutes % 60 ? ` ${minutes % 60} min` : ""}`;
}

export function priceWords(cost: Estimate["cost"]): string {
  if (!cost || cost.amount === 0) return "Free";
  return new Intl.NumberFormat("en", { style: "currency", currency: cost.currency }).format(cost.amount);
}

/** `Free · about 12 s`; only the price when nothing was measured yet. */
export function estimateWords(estimate: Estimate | null): string {
  if (!estimate) return "";
  const seconds = estimate.renderSeconds;
  return seconds === null || seconds === 0
    ? priceWords(estimate.cost)
    : `${priceWords(estimate.cost)} · ${aboutSeconds(seconds)}`;
}
