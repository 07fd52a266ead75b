import { setTimeout as sleep } from "node:timers/promises";
import type { Arena } from "./arena.ts";
import type { BigFilm } from "./big-film.ts";
import { nothing, type Client } from "./client.ts";
import { untilSaved } from "./crowd.ts";
import type { Server } from "./servers/ground.ts";

/** A server may hold a client back that sends thousands a second, so after so many edits another one goes on. */
const editsPerClient = 1000;

/** Plays a film's history into a room that somebody keeps open: every edit in a frame of its own, in order. */
export async function fillRoom(arena: Arena, server: Server, room: string, { base, updates }: BigFilm): Promise<void> {
  await play(arena, server, room, [base]);
  for (let from = 0; from < updates.length; from += editsPerClient)
    await play(arena, server, room, updates.slice(from, from + editsPerClient));
}

async function play(arena: Arena, server: Server, room: string, updates: readonly Uint8Array[]): Promise<void> {
  const client = await comeWithoutAsking(arena, server, room);
  for (const [i, update] of updates.entries()) {
    client.sendUpdate(update);
    if (i % 100 === 99) while (client.ws.socket.writableLength > 65_536) await sleep(1);
  }
  await untilSaved(client, 120_000);
  await leaveOrderly(client);
}

function comeWithoutAsking(arena: Arena, server: Server, room: string): Promise<Client> {
  return new Promise((resolve, reject) => {
    const closed = (code: number, reason: string) => reject(new Error(`closed with ${code} ${reason}`));
    const client: Client = arena.connect(
      server,
      room,
      { ready: () => resolve(client), closed },
      { ...nothing, asks: false },
    );
  });
}

/** The server answers a goodbye once it has read all that came before. */
async function leaveOrderly(client: Client): Promise<void> {
  const left = new Promise<void>((resolve) => (client.on.closed = () => resolve()));
  client.ws.close();
  await Promise.race([left, sleep(60_000, undefined, { ref: false })]);
  client.ws.terminate();
}
