import type { Adapter } from "./adapter.ts";
import { awarenessFrame, brokenBodies, brokenMessages, readSync, syncFrame } from "./sync-frames.ts";

/** One document per socket, its name is the path of the address. */
export const yWebsocket: Adapter = {
  acknowledges: false,
  address: (base, room) => `${base}/${room}`,
  open: (client) => {
    const { asks, stateVector } = client.baggage;
    if (asks) client.ws.send(syncFrame(0, stateVector));
    client.on.ready?.();
  },
  read: (client, message) => {
    if (message[0] === 0) readSync(client, message.subarray(1));
  },
  updateFrame: (_room, update) => syncFrame(2, update),
  awarenessFrame: (_room, update) => awarenessFrame(update),
  garbage: () => ({ ...brokenBodies, ...brokenMessages }),
};
