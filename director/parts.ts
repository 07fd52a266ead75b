import type { AgentRegistry } from "#bus/agents.ts";
import type { Cancels } from "#bus/cancels.ts";
import type { Bus } from "#bus/connection.ts";
import type { Leases } from "#bus/leases.ts";
import type { Db } from "#db/client.ts";
import type { AssetStore } from "#storage/asset-store.ts";
import type { Log } from "./log.ts";

/** What every duty of the director works with. */
export type Parts = {
  db: Db;
  bus: Bus;
  store: AssetStore;
  leases: Leases;
  cancels: Cancels;
  agents: AgentRegistry;
  leaseSeconds: number;
  log: Log;
};
