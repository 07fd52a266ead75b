import { once } from "node:events";
import http from "node:http";
import net from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findFreePort } from "#local/ports.ts";
import { Peer, until } from "./testing/peer.ts";
import { openCollabStudio, spawnServer, startServer, ticketFor, type CollabStudio } from "./testing/studio.ts";

let studio: CollabStudio;
beforeAll(async () => {
  studio = await openCollabStudio();
});
afterAll(() => studio.close());

test("after kill -9 in mid-edit nothing acknowledged and nothing seen is lost", async () => {
  const port = await findFreePort();
  const env = { ...studio.env, COLLAB_PORT: String(port) };
  const projectId = await studio.addProject();
  const userId = await studio.addPerson(projectId, "editor");
  for (let round = 0; round < 3; round += 1) {
    const server = await spawnServer(env);
    const writers = Array.from({ length: 4 }, () => studio.join(server, projectId, userId));
    const watcher = studio.join(server, projectId, await studio.addPerson(projectId, "viewer"));
    await until("all are in", () => [...writers, watcher].every((peer) => peer.provider.synced), 15_000);
    // Each mark stands for one frame; `marks[n]` is frame n + 1 of that socket, the first frame being its empty step 2.
    const marks = writers.map(() => [""]);
    const typing = setInterval(() => {
      writers.forEach((writer, w) => {
        const mark = `<${round}.${w}.${marks[w]!.length}>`;
        marks[w]!.push(mark);
        writer.type(mark);
      });
    }, 4);
    const acknowledgedNow = () => writers.reduce((sum, writer) => sum + writer.saved, 0);
    await until("some of it is acknowledged", () => acknowledgedNow() > 40 && watcher.text.length > 100);
    await new Promise((resolve) => setTimeout(resolve, 7 * round));
    await server.kill("SIGKILL");
    clearInterval(typing);
    for (const peer of [...writers, watcher]) peer.provider.disconnect();
    const stored = (await studio.stored(projectId)).getText("screenplay").toString();
    writers.forEach((writer, w) => {
      for (const mark of marks[w]!.slice(0, writer.saved)) expect(stored).toContain(mark);
    });
    for (const mark of watcher.text.match(/<[^>]*>/g) ?? []) expect(stored).toContain(mark);
    // And what was neither comes back with the people who wrote it.
    const next = await spawnServer(env);
    for (const peer of [...writers, watcher]) peer.provider.connect();
    await until("whole again", () => writers.every((writer) => writer.isSaved && writer.text === watcher.text), 15_000);
    expect((await studio.stored(projectId)).getText("screenplay").toString()).toBe(watcher.text);
    for (const list of marks) for (const mark of list) expect(watcher.text).toContain(mark);
    await next.kill("SIGKILL");
    for (const peer of [...writers, watcher]) peer.close();
  }
}, 60_000);

test("while Postgres is away people go on and nothing is acknowledged; when it is back all of it is stored", async () => {
  const postgres = await openGate(studio.databaseUrl);
  const server = await startServer(studio, { DATABASE_URL: postgres.url });
  const projectId = await studio.addProject();
  const userId = await studio.addPerson(projectId, "editor");
  const [a, b] = [studio.join(server, projectId, userId), studio.join(server, projectId, userId)];
  a.type("before. ");
  await until("saved", () => a.isSaved && b.text === "before. ");
  postgres.shut();
  const savedBefore = a.saved;
  for (const word of ["one ", "two ", "three "]) {
    a.type(word);
    b.type(word);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  await until("they see each other's words", () => a.text === b.text && a.text.length === "before. ".length + 28);
  expect(a.saved).toBe(savedBefore);
  // Nobody's role can be read now: whoever comes is asked to come back, and keeps their words meanwhile.
  a.provider.disconnect();
  a.provider.connect();
  await until("a is asked to come back", () => a.closeCodes.includes(4503));
  a.type("four");
  postgres.open();
  await until("all is saved", () => a.isSaved && b.isSaved && a.text === b.text && a.text.includes("four"));
  expect((await studio.stored(projectId)).getText("screenplay").toString()).toBe(a.text);
  await server.stop();
  postgres.close();
});

test("a socket that the front door accepted works like any other, and SIGTERM sends everyone off after storing", async () => {
  const server = await spawnServer(studio.env);
  const door = http.createServer();
  door.on("upgrade", (request, socket, head) => {
    const { url, headers } = request;
    const message = { type: "upgrade", url, headers, remoteAddress: "127.0.0.1", head: head.toString("base64") };
    // Who comes again after the server has gone is not let in.
    if (server.process.connected) server.process.send(message, socket as net.Socket);
    else socket.destroy();
  });
  door.listen(0, "127.0.0.1");
  await once(door, "listening");
  const { port } = door.address() as net.AddressInfo;
  const projectId = await studio.addProject();
  const userId = await studio.addPerson(projectId, "editor");
  const a = studio.join({ port }, projectId, userId);
  const b = studio.join({ port }, projectId, userId);
  a.type("through the door");
  await until("both have it", () => a.isSaved && b.text === "through the door", 15_000);
  // Larger than the log may grow: the compaction thread is asked too.
  a.type("x".repeat(300_000));
  await until("compacted", async () => {
    const [row] = await studio.sql`select snapshot_position as p from film_documents where project_id = ${projectId}`;
    return Number(row?.["p"]) > 0;
  });
  a.type("!");
  const endedAt = Date.now();
  await server.kill("SIGTERM");
  expect(Date.now() - endedAt).toBeLessThan(5000);
  expect(server.process.exitCode).toBe(0);
  await until("both were told", () => a.closeCodes[0] === 4503 && b.closeCodes[0] === 4503);
  expect((await studio.stored(projectId)).getText("screenplay").toString()).toBe(a.text);
  door.close();
});

test("a server that was started by a supervisor ends when the supervisor is gone", async () => {
  const server = await spawnServer(studio.env);
  const ended = once(server.process, "exit");
  server.process.disconnect();
  await ended;
  expect(server.process.exitCode).toBe(0);
});

test("a room that nobody is in keeps its words when the next one comes to a new server", async () => {
  const projectId = await studio.addProject();
  const userId = await studio.addPerson(projectId, "editor");
  const first = await startServer(studio);
  const a = studio.join(first, projectId, userId);
  a.type("kept");
  await until("saved", () => a.isSaved);
  a.close();
  await first.stop();
  const second = await startServer(studio);
  const b = new Peer(
    `ws://127.0.0.1:${second.port}/collab`,
    `project:${projectId}`,
    { userId, ticket: ticketFor(userId, `project:${projectId}`) },
    true,
  );
  await until("in sync", () => b.provider.synced);
  expect(b.textAtSync).toBe("kept");
  b.close();
  await second.stop();
});

/** Stands between a server and Postgres, and can be shut. */
async function openGate(
  databaseUrl: string,
): Promise<{ url: string; shut: () => void; open: () => void; close: () => void }> {
  const target = new URL(databaseUrl);
  const pairs = new Set<net.Socket>();
  let isShut = false;
  const gate = net.createServer((client) => {
    client.on("error", () => {});
    if (isShut) return void client.destroy();
    const inner = net.connect(Number(target.port), target.hostname);
    inner.on("error", () => client.destroy());
    client.pipe(inner).pipe(client);
    for (const socket of [client, inner]) {
      pairs.add(socket);
      socket.on("close", () => {
        pairs.delete(socket);
        client.destroy();
        inner.destroy();
      });
    }
  });
  gate.listen(0, "127.0.0.1");
  await once(gate, "listening");
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String((gate.address() as net.AddressInfo).port);
  return {
    url: url.href,
    shut: () => {
      isShut = true;
      for (const socket of pairs) socket.destroy();
    },
    open: () => {
      isShut = false;
    },
    close: () => gate.close(),
  };
}
