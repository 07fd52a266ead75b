/** People in rooms. */
import { setTimeout as sleep } from "node:timers/promises";
import * as Y from "yjs";
import type { Arena } from "./arena.ts";
import type { Client } from "./client.ts";
import { Editor, makeFilm } from "./film.ts";
import type { Server } from "./servers/ground.ts";

export interface Member {
  client: Client;
  room: number;
  /** Among those in the room: the sender in this member's marks, and the shot that it edits. */
  index: number;
  /** Of its next mark. */
  next: number;
  editor: Editor;
}

export interface CrowdPlan {
  rooms: number;
  /** In each room. */
  clients: number;
  /** Where each comes in; all through the same one when not given. */
  server: (index: number) => Server;
}

export const roomName = (room: number): string => `room-${room}`;

/** @returns everybody; the first of each room has put the film there */
export async function openRooms(arena: Arena, { rooms, clients, server }: CrowdPlan): Promise<Member[]> {
  const seed = Y.encodeStateAsUpdate(makeFilm(Math.max(20, clients)));
  await arena.ground.prepare(Array.from({ length: rooms }, (_, room) => roomName(room)));
  const open = async (room: number, index: number): Promise<Member> => {
    const client = await arena.join(server(index), roomName(room));
    return { client, room, index, next: 0, editor: new Editor(seed, index) };
  };
  const firsts = await inBatches(rooms, 50, async (room) => {
    const member = await open(room, 0);
    member.client.sendUpdate(seed);
    return member;
  });
  await Promise.all(firsts.map(({ client }) => untilSaved(client)));
  const others = await inBatches(rooms * (clients - 1), 50, (i) => open(i % rooms, 1 + Math.floor(i / rooms)));
  return [...firsts, ...others];
}

/** Waits until all that the client sent is acknowledged; for a moment, where a server does not tell. */
export async function untilSaved(client: Client, limitMs = 30_000): Promise<void> {
  if (!client.adapter.acknowledges) {
    await sleep(100);
    return;
  }
  const deadline = Date.now() + limitMs;
  while (client.saved < client.carried) {
    if (client.isClosed) throw new Error("a socket was closed before everything on it was acknowledged");
    if (Date.now() > deadline) throw new Error(`not acknowledged within ${limitMs} ms`);
    await sleep(2);
  }
}

/** Makes `count` of something, some at a time. */
export async function inBatches<T>(count: number, size: number, make: (index: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let from = 0; from < count; from += size) {
    const batch = Array.from({ length: Math.min(size, count - from) }, (_, i) => make(from + i));
    made.push(...(await Promise.all(batch)));
  }
  return made;
}

export function leaveAll(clients: readonly Client[]): void {
  for (const client of clients) client.ws.terminate();
}
