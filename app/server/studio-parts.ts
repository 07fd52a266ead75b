import type { Logger } from "pino";
import type { AppEnv } from "#app/env.ts";
import type { AgentRegistry } from "#bus/agents.ts";
import type { Bus } from "#bus/connection.ts";
import type { DbHandle } from "#db/client.ts";
import type { AssetStore } from "#storage/asset-store.ts";
import type { StudioAuth } from "./auth.ts";
import type { RateLimit } from "./rate-limit.ts";

/** What the app is made of; built once in `app/main.ts`, handed to everything that answers requests. */
export interface StudioParts extends Pick<DbHandle, "db" | "sql"> {
  env: AppEnv;
  bus: Bus;
  agents: AgentRegistry;
  store: AssetStore;
  auth: StudioAuth;
  guestLimit: RateLimit;
  /** By person: routes that ask the language model. */
  modelLimit: RateLimit;
  log: Logger;
  /** By address: scenes, which open without an account. */
  viewLimit: RateLimit;
  /** By address: invites that are opened and accepted. */
  inviteLimit: RateLimit;
  /** Milliseconds since 1970. */
  now: () => number;
}
