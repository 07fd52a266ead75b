import type { Sql } from "./client.ts";

export type Listener = { unlisten: () => Promise<void> };

/**
 * Listens to a channel of Postgres for as long as the pool is open, and waits until it does. The driver listens again by
 * itself whenever the connection was lost; only its first try it leaves to us, and Postgres may be starting just then.
 * @param onListen  called each time it listens anew: what was said before was not heard
 */
export async function listenPatiently(
  sql: Sql,
  channel: string,
  hear: (payload: string) => void,
  onListen: () => void = () => undefined,
): Promise<Listener> {
  let listener: Listener | null = null;
  await new Promise<void>((resolve) => {
    const heard = () => {
      onListen();
      resolve();
    };
    sql.listen(channel, hear, heard).then(
      (listening) => (listener = listening),
      () => undefined,
    );
  });
  // The one that the driver began itself ends with the pool.
  return { unlisten: async () => listener?.unlisten() };
}
