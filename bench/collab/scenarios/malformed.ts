import { setTimeout as sleep } from "node:timers/promises";
import { round } from "../../measure/summary.ts";
import type { Arena } from "../arena.ts";
import type { Client } from "../client.ts";
import { leaveAll, openRooms, roomName, type Member } from "../crowd.ts";
import { drive } from "../drive.ts";
import { readFilm } from "../read-film.ts";
import { scenario } from "../scenario.ts";
import type { Server } from "../servers/ground.ts";

/** Broken on the WebSocket's own level, as bytes: many servers report these where nobody listens, and end. */
const brokenFrames: Record<string, number[]> = {
  "reserved bits": [0xb2, 0x80, 0, 0, 0, 0],
  "a frame without a mask": [0x82, 0x01, 0x00],
  "an unknown opcode": [0x83, 0x80, 0, 0, 0, 0],
  "a ping of 200 bytes": [0x89, 0xfe, 0, 200, 0, 0, 0, 0],
  "a text frame": [0x81, 0x83, 0, 0, 0, 0, 46, 46, 96],
  "text that is no UTF-8": [0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe],
  "a length of 2^62": [0x82, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
};

export const malformed = scenario({
  name: "malformed",
  about: "garbage from one client, a piece at a time: does the server live, and are the others still served?",
  runs: 1,
  company: "in memory",
  defaults: { clients: 3, rate: 10, seconds: 2 },
  quick: {},
  rows: [
    { figure: "pieces", label: "kinds of garbage" },
    { figure: "deaths", label: "killed the server", goals: [{ atMost: 0 }] },
    { figure: "othersCutOff", label: "cut others off", goals: [{ atMost: 0 }] },
    { figure: "joinsRefused", label: "joins refused after it", goals: [{ atMost: 0 }] },
    { figure: "senderCutOff", label: "cut its sender off" },
    { figure: "deliveredShareAfter", label: "delivered afterwards, share" },
    { figure: "shotsAfter", label: "shots of 20 in the film afterwards" },
    { figure: "killedBy", label: "what killed it" },
  ],
  run: async (arena, { clients, rate, seconds }) => {
    const killedBy: string[] = [];
    const result = { othersCutOff: 0, joinsRefused: 0, senderCutOff: 0 };
    let server = await arena.start();
    let members = await gather(arena, server, clients);
    const pieces = piecesFor(arena);
    for (const [what, send] of pieces) {
      const sender = await arena.join(server, roomName(0), {}, undefined, 5000).catch(() => null);
      if (sender === null) {
        result.joinsRefused += 1;
        continue;
      }
      send(sender);
      await sleep(200);
      if (sender.isClosed) result.senderCutOff += 1;
      sender.ws.terminate();
      const cut = members.filter(({ client }) => client.isClosed).length;
      if (server.isGone()) {
        killedBy.push(what);
        server = await arena.start();
      } else result.othersCutOff += cut;
      if (cut > 0) members = await gather(arena, server, clients);
    }
    const driven = await drive(members, { rate, cursors: 0, seconds, pad: 0, drainMs: 2000 });
    const film = await readFilm(arena, server, roomName(0), 500);
    leaveAll(members.map(({ client }) => client));
    return {
      pieces: pieces.length,
      deaths: killedBy.length,
      ...result,
      deliveredShareAfter: round(driven.delivered / driven.expected, 4),
      shotsAfter: film.getMap("shots").size,
      killedBy: killedBy.length === 0 ? null : killedBy.join("; "),
    };
  },
});

const gather = (arena: Arena, server: Server, clients: number): Promise<Member[]> =>
  openRooms(arena, { rooms: 1, clients, server: () => server });

function piecesFor(arena: Arena): [string, (client: Client) => void][] {
  const messages = Object.entries(arena.contestant.adapter.garbage(roomName(0)));
  const frames = Object.entries(brokenFrames);
  return [
    ...messages.map(([what, bytes]): [string, (client: Client) => void] => [what, ({ ws }) => ws.send(bytes)]),
    ...frames.map(([what, bytes]): [string, (client: Client) => void] => [
      what,
      ({ ws }) => ws.sendRaw(Uint8Array.from(bytes)),
    ]),
  ];
}
