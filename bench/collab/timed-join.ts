import type { Arena } from "./arena.ts";
import { hasLastEdit } from "./big-film.ts";
import type { Client } from "./client.ts";
import type { Server } from "./servers/ground.ts";

export interface Joined {
  client: Client;
  /** All that came until the content was there, in order. */
  parts: Uint8Array[];
  step2Ms: number;
  /** Until step 2 and the last edit had both come. */
  contentMs: number;
}

/**
 * Joins and takes the time. The content may come as step 2, as updates before it or, from a server that says it is in
 * sync before it has loaded, as an update long after.
 */
export function timedJoin(arena: Arena, server: Server, room: string, limitMs: number): Promise<Joined> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const parts: Uint8Array[] = [];
    let step2Ms: number | null = null;
    let hasEnd = false;
    const timer = setTimeout(() => {
      client.ws.terminate();
      reject(new Error(`the film was not there within ${limitMs} ms`));
    }, limitMs);
    const take = (update: Uint8Array) => {
      parts.push(update);
      hasEnd ||= hasLastEdit(update);
      if (!hasEnd || step2Ms === null) return;
      clearTimeout(timer);
      client.on = {};
      resolve({ client, parts, step2Ms, contentMs: performance.now() - began });
    };
    const client: Client = arena.connect(server, room, {
      step2: (update) => {
        step2Ms ??= performance.now() - began;
        take(update);
      },
      update: take,
      closed: (code, reason) => {
        clearTimeout(timer);
        reject(new Error(`closed with ${code} ${reason}`));
      },
    });
  });
}
