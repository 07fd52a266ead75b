import { setTimeout as sleep } from "node:timers/promises";
import * as Y from "yjs";
import type { Arena } from "./arena.ts";
import type { Baggage } from "./client.ts";
import { docOf } from "./film.ts";
import type { Server } from "./servers/ground.ts";

/**
 * What a fresh client finds in a room.
 * @param waitMs  how long to go on listening after step 2: some servers send the content later
 */
export async function readFilm(arena: Arena, server: Server, room: string, waitMs: number): Promise<Y.Doc> {
  const parts: Uint8Array[] = [];
  const keep = (update: Uint8Array) => void parts.push(update.slice());
  const client = await arena.join(server, room, { step2: keep, update: keep });
  await sleep(waitMs);
  client.ws.terminate();
  return docOf(parts);
}

/** What a client brings that was here before. */
export function baggageOf(doc: Y.Doc): Baggage {
  return {
    asks: true,
    stateVector: Y.encodeStateVector(doc),
    missing: (stateVector) => Y.encodeStateAsUpdate(doc, stateVector),
  };
}
