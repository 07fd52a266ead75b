import type { Usage } from "../../measure/usage.ts";
import type { Adapter } from "../adapters/adapter.ts";
import type { Stores } from "./stores.ts";

export type ServerName = "backlot" | "hocuspocus" | "y-websocket";

/** A server as it takes part in a scenario. */
export interface Contestant {
  name: ServerName;
  /** What it is called in tables. */
  title: string;
  /** Whether edits go to a disk. */
  stores: boolean;
  adapter: Adapter;
  /** @param folder  empty, for this run only */
  openGround: (folder: string) => Promise<Ground>;
}

/** What one run stands on: it stays while servers on it are killed and started again. */
export interface Ground {
  /** Makes rooms known before anybody comes, where a server wants that. */
  prepare: (rooms: readonly string[]) => Promise<void>;
  /** Starts a server; a second one beside the first where the server can do that. */
  start: () => Promise<Server>;
  /** Postgres and the broker, where a server keeps its documents outside its own process. */
  stores: Stores | null;
  close: () => Promise<void>;
}

export interface Server {
  /** `ws://127.0.0.1:<port>` */
  url: string;
  pids: number[];
  isGone: () => boolean;
  stop: (signal: "SIGTERM" | "SIGKILL") => Promise<void>;
  /** How many rooms it holds in memory, where it says so. */
  countRooms: (() => Promise<number>) | null;
}

export interface Reading extends Usage {
  /** Of Postgres with everything it started; null where the store is in the server's process. */
  postgresCpuSeconds: number | null;
}
