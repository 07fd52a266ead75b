import { randomBytes } from "node:crypto";
import net from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { WebSocket } from "ws";
import { documentIdOf } from "#domain/ids.ts";
import type { CollabServer } from "./collab-server.ts";
import { limits } from "./limits.ts";
import { until } from "./testing/peer.ts";
import { openCollabStudio, startServer, ticketFor, type CollabStudio } from "./testing/studio.ts";

let studio: CollabStudio;
let server: CollabServer;
beforeAll(async () => {
  studio = await openCollabStudio();
  server = await startServer(studio);
});
afterAll(async () => {
  await server.stop();
  await studio.close();
});

/** A client frame with no mask to speak of. */
function wsFrame(firstByte: number, payload: Uint8Array): Buffer {
  const length =
    payload.length < 126 ? [0x80 | payload.length] : [0x80 | 126, payload.length >> 8, payload.length & 0xff];
  return Buffer.concat([Buffer.from([firstByte, ...length, 0, 0, 0, 0]), payload]);
}
const binary = (...bytes: number[]) => wsFrame(0x82, Uint8Array.from(bytes));

const garbage: Record<string, { bytes: Buffer; code: number }> = {
  "reserved bits": { bytes: wsFrame(0xf2, new Uint8Array(3)), code: 4400 },
  "an unknown opcode": { bytes: wsFrame(0x83, new Uint8Array(3)), code: 4400 },
  "an over-long ping": { bytes: wsFrame(0x89, new Uint8Array(200)), code: 4400 },
  "an unmasked frame": { bytes: Buffer.from([0x82, 1, 0]), code: 4400 },
  "a length of 2^62": { bytes: Buffer.from([0x82, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), code: 4413 },
  "a length beyond the limit": { bytes: Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0x7f, 0, 0, 0, 0, 0, 0, 0]), code: 4413 },
  "a continuation of nothing": { bytes: wsFrame(0x80, new Uint8Array(3)), code: 4400 },
  "bad UTF-8 in a text frame": { bytes: wsFrame(0x81, Uint8Array.of(0xff, 0xfe)), code: 4400 },
  "a text frame": { bytes: wsFrame(0x81, Buffer.from("hello")), code: 4400 },
  "an empty frame": { bytes: binary(), code: 4400 },
  "a cut varint": { bytes: binary(0x80), code: 4400 },
  "a sync frame with no content": { bytes: binary(0), code: 4400 },
  "a sync frame of no known kind": { bytes: binary(0, 9, 0), code: 4400 },
  "an update that ends early": { bytes: binary(0, 2, 200, 1, 1), code: 4400 },
  "a length far beyond the frame": { bytes: binary(0, 2, 0xff, 0xff, 0xff, 0x7f), code: 4400 },
  "an update that is none": { bytes: binary(0, 2, 5, 9, 9, 9, 9, 9), code: 4400 },
  "a state vector that is none": { bytes: binary(0, 0, 2, 200, 1), code: 4400 },
  "awareness that is not JSON": { bytes: binary(1, 6, 1, 5, 1, 2, 0x7b, 0x7b), code: 4400 },
  "awareness that ends early": { bytes: binary(1, 3, 9, 5, 1), code: 4400 },
  "noise in a frame": {
    bytes: wsFrame(
      0x82,
      Uint8Array.from({ length: 60 }, (_, i) => (i * 151) % 256),
    ),
    code: 4400,
  },
};

test.each(Object.entries(garbage))("%s ends that socket and nothing else", async (_name, { bytes, code }) => {
  const { a, bystander } = await theRoom();
  const before = a.text;
  expect(await sendGarbage(bytes)).toBe(code);
  a.type(".");
  await until("the others go on", () => bystander.text === `${before}.` && a.isSaved);
  expect([...a.closeCodes, ...bystander.closeCodes]).toEqual([]);
});

test("raw noise instead of WebSocket frames, and sockets that vanish, hurt nobody", async () => {
  const { a, bystander } = await theRoom();
  for (let i = 0; i < 10; i += 1) {
    const { socket } = await openRaw();
    socket.write(randomBytes(300));
    socket.destroy();
    const half = net.connect(server.port, "127.0.0.1");
    half.on("error", () => {});
    half.write("GET /collab/x HTTP/1.1\r\nUpgr");
    half.destroy();
  }
  a.type("!");
  await until("the others go on", () => bystander.text === a.text && a.isSaved);
  expect([...a.closeCodes, ...bystander.closeCodes]).toEqual([]);
});

test("nothing of it was stored", async () => {
  const { a, projectId } = await theRoom();
  expect((await studio.stored(projectId)).getText("screenplay").toString()).toBe(a.text);
});

test("somebody who does not read is told later what they missed, and costs little meanwhile", async () => {
  const projectId = await studio.addProject();
  const a = studio.join(server, projectId, await studio.addPerson(projectId, "editor"));
  const slow = studio.join(server, projectId, await studio.addPerson(projectId, "viewer"));
  const quick = studio.join(server, projectId, await studio.addPerson(projectId, "viewer"));
  await until("all are in", () => [a, slow, quick].every((peer) => peer.provider.synced));
  const ws = slow.provider.ws as unknown as WebSocket;
  ws.pause();
  const block = "x".repeat(200_000);
  for (let i = 0; i < 60; i += 1) {
    a.type(block);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  await until("the quick one has it all", () => quick.text.length === 60 * block.length, 15_000);
  const { mostBufferedBytes } = await health();
  expect(mostBufferedBytes).toBeLessThan(limits.hardBufferedBytes);
  ws.resume();
  await until("the slow one is whole again", () => slow.text.length === quick.text.length, 15_000);
  expect(slow.closeCodes).toEqual([]);
}, 40_000);

async function health(): Promise<{ mostBufferedBytes: number }> {
  return (await fetch(`http://127.0.0.1:${server.port}/healthz`)).json() as Promise<{ mostBufferedBytes: number }>;
}

let room: {
  projectId: string;
  userId: string;
  a: ReturnType<CollabStudio["join"]>;
  bystander: ReturnType<CollabStudio["join"]>;
} | null = null;
async function theRoom() {
  if (room === null) {
    const projectId = await studio.addProject();
    const userId = await studio.addPerson(projectId, "editor");
    room = {
      projectId,
      userId,
      a: studio.join(server, projectId, userId),
      bystander: studio.join(server, projectId, userId),
    };
  }
  const { a, bystander } = room;
  await until("both are in sync", () => a.provider.synced && bystander.provider.synced && a.text === bystander.text);
  return room;
}

/** A TCP socket that has just been upgraded. */
async function openRaw(): Promise<{ socket: net.Socket; received: () => Buffer }> {
  const { projectId, userId } = await theRoom();
  const socket = net.connect(server.port, "127.0.0.1");
  let received = Buffer.alloc(0);
  socket.on("error", () => {});
  socket.on("data", (data) => {
    received = Buffer.concat([received, data]);
  });
  const path = `/collab/${documentIdOf(projectId)}?ticket=${ticketFor(userId, documentIdOf(projectId))}`;
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\n\r\n`,
  );
  await until("upgraded", () => received.includes("\r\n\r\n"));
  return { socket, received: () => received.subarray(received.indexOf("\r\n\r\n") + 4) };
}

/** @returns the code of the close frame that came back */
async function sendGarbage(bytes: Buffer): Promise<number> {
  const { socket, received } = await openRaw();
  socket.write(bytes);
  // Other people's updates may come first; a close frame begins with 0x88.
  await until("a close frame", () => closeCodeIn(received()) !== null);
  socket.destroy();
  return closeCodeIn(received()) ?? 0;
}

function closeCodeIn(data: Buffer): number | null {
  for (let at = 0; at + 2 <= data.length;) {
    const short = data[at + 1]! & 0x7f;
    const header = short === 126 ? 4 : short === 127 ? 10 : 2;
    const length =
      short === 126 ? data.readUInt16BE(at + 2) : short === 127 ? Number(data.readBigUInt64BE(at + 2)) : short;
    if ((data[at]! & 0x0f) === 8 && at + 4 <= data.length) return data.readUInt16BE(at + 2);
    at += header + length;
  }
  return null;
}
