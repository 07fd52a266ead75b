import { useOpenFilm } from "./film-session.tsx";
import type { Connection } from "./session-contract.ts";
import { useStore } from "./store.ts";

export function useConnection(): Connection {
  return useStore(useOpenFilm().connection, (connection) => connection);
}
