import { backlot } from "./backlot.ts";
import type { Contestant, ServerName } from "./ground.ts";
import { hocuspocusWith, yWebsocketWith } from "./peers.ts";
import type { Stores } from "./stores.ts";

/** With whom a scenario compares: peers that store, peers that keep everything in memory, or both. */
export type Company = "storing" | "in memory" | "both" | "alone";

/** @param wanted  `--peers` @returns those who take part, ours first */
export function contestantsFor(
  company: Company,
  wanted: readonly ServerName[],
  openStores: () => Promise<Stores>,
): Contestant[] {
  const all = [
    backlot(openStores),
    ...(company === "storing" || company === "both" ? [hocuspocusWith(true), yWebsocketWith(true)] : []),
    ...(company === "in memory" || company === "both" ? [hocuspocusWith(false), yWebsocketWith(false)] : []),
  ];
  return all.filter(({ name }) => wanted.includes(name));
}
