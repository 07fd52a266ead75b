/** y-websocket's frames on `/collab/<documentId>`, let in by a ticket, and frame 101 for what is stored. */
import { createHash } from "node:crypto";
import * as decoding from "lib0/decoding";
import { signTicket } from "#bus/ticket-mac.ts";
import { frameTypes } from "#domain/collab/frames.ts";
import { documentIdOf } from "#domain/ids.ts";
import type { Adapter } from "./adapter.ts";
import { yWebsocket } from "./y-websocket.ts";

/** Of servers that live for a bench, on this machine only. */
export const sessionSecret = "a secret for the bench only, long enough";
export const userId = "bench";

export const backlot: Adapter = {
  ...yWebsocket,
  acknowledges: true,
  address: (base, room) => {
    const documentId = documentIdOf(projectIdOf(room));
    const exp = Math.floor(Date.now() / 1000) + 600;
    const ticket = signTicket({ userId, name: "Bench", documentId, exp }, sessionSecret);
    return `${base}/collab/${documentId}?ticket=${ticket}`;
  },
  read: (client, message) => {
    if (message[0] !== frameTypes.saved) return yWebsocket.read(client, message);
    client.noteSaved(decoding.readVarUint(decoding.createDecoder(message.subarray(1))));
  },
};

/** A room's project: always the same for the same name. */
export function projectIdOf(room: string): string {
  const hex = createHash("sha256").update(room).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}
