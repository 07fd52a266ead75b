/**
 * Several documents may share a socket, so every frame begins with the document's name; a token must come first; every
 * update-carrying frame is answered with a SyncStatus.
 */
import * as encoding from "lib0/encoding";
import type { Adapter } from "./adapter.ts";
import { awarenessFrame, brokenBodies, brokenMessages, readSync, syncFrame } from "./sync-frames.ts";

const sync = 0;
const auth = 2;
const syncReply = 4;
const syncStatus = 8;
const authenticated = 2;

export const hocuspocus: Adapter = {
  acknowledges: true,
  address: (base) => `${base}/`,
  open: (client) => client.ws.send(tokenFrame(client.room)),
  read: (client, message) => {
    const { room, baggage } = client;
    const start = nameFrame(room).length;
    const [type, detail] = [message[start], message[start + 1]];
    if (type === sync || type === syncReply) readSync(client, message.subarray(start + 1), room);
    else if (type === syncStatus && detail === 1) client.noteSaved(client.saved + 1);
    else if (type === auth && detail === authenticated) {
      if (baggage.asks) client.ws.send(syncFrame(0, baggage.stateVector, room));
      client.on.ready?.();
    }
  },
  updateFrame: (room, update) => syncFrame(2, update, room),
  awarenessFrame: (room, update) => awarenessFrame(update, room),
  garbage: (room) => {
    const name = nameFrame(room);
    const bodies = Object.entries(brokenBodies).map(([what, body]) => [what, Buffer.concat([name, body])] as const);
    return { ...Object.fromEntries(bodies), ...brokenMessages };
  },
};

const nameFrame = (room: string): Uint8Array => encoding.encode((encoder) => encoding.writeVarString(encoder, room));

function tokenFrame(room: string): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarString(encoder, room);
    encoding.writeVarUint(encoder, auth);
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarString(encoder, "bench");
  });
}
