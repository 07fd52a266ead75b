/** The frames that all kinds of servers share: varUint type (0 sync, 1 awareness), then a body. */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type { Client } from "../client.ts";

/** @param document  Hocuspocus' frames begin with the document's name */
export function syncFrame(kind: 0 | 1 | 2, payload: Uint8Array, document?: string): Uint8Array {
  return encoding.encode((encoder) => {
    if (document !== undefined) encoding.writeVarString(encoder, document);
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint(encoder, kind);
    encoding.writeVarUint8Array(encoder, payload);
  });
}

export function awarenessFrame(update: Uint8Array, document?: string): Uint8Array {
  return encoding.encode((encoder) => {
    if (document !== undefined) encoding.writeVarString(encoder, document);
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint8Array(encoder, update);
  });
}

/** An awareness update as y-protocols writes it, without an Awareness per client. */
export function awarenessUpdate(clientId: number, clock: number, state: unknown): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint(encoder, clientId);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, JSON.stringify(state));
  });
}

/** Reads a sync body, and answers when the server asks what the client has. */
export function readSync(client: Client, body: Uint8Array, document?: string): void {
  const decoder = decoding.createDecoder(body);
  const kind = decoding.readVarUint(decoder);
  const payload = decoding.readVarUint8Array(decoder);
  if (kind === 1) return client.on.step2?.(payload);
  if (kind === 2) return client.on.update?.(payload);
  client.carried += 1;
  client.ws.send(syncFrame(1, client.baggage.missing(payload), document));
}

/**
 * Bodies that break the rules of the sync protocol, or Yjs's own. A server may close the socket that sends such; it may
 * not die, nor let the others feel it.
 */
export const brokenBodies: Record<string, Uint8Array> = {
  "a sync frame without a body": Uint8Array.of(0),
  "an update that lies about its length": Uint8Array.of(0, 2, 255, 255, 255, 255, 15),
  "an update that is no update": Uint8Array.of(0, 2, 3, 1, 2, 3),
  "an update of nines": Uint8Array.of(0, 2, 4, 9, 9, 9, 9),
  "a sync frame of an unknown kind": Uint8Array.of(0, 9, 1, 0),
  "awareness that ends early": Uint8Array.of(1, 5, 1, 1, 1, 1, 1),
  "a frame of an unknown type": Uint8Array.of(200, 1),
  "a state vector that ends early": Uint8Array.of(0, 0, 3, 255, 255, 255),
  "a step 2 that lies about its number of structs": Uint8Array.of(0, 1, 6, 1, 255, 255, 255, 255, 15),
};
export const brokenMessages: Record<string, Uint8Array> = {
  "an empty message": new Uint8Array(),
  "4 KiB of ones": new Uint8Array(4096).fill(255),
};
