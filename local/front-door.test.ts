import { type ChildProcess, fork } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { type FrontDoorOptions, forwarded, openFrontDoor, withoutHops } from "./front-door.ts";

async function anApp(handler: http.RequestListener): Promise<number> {
  const app = http.createServer(handler);
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    app.close();
    app.closeAllConnections();
  });
  return (app.address() as AddressInfo).port;
}

async function aDoor(appPort: number, handOver: FrontDoorOptions["handOver"] = () => false): Promise<string> {
  const door = await openFrontDoor({ host: "127.0.0.1", port: 0, appPort, handOver });
  onTestFinished(() => door.close());
  return `http://127.0.0.1:${door.port}`;
}

test("a request reaches the app with its method, path, body and headers, and the answer comes back whole", async () => {
  const port = await anApp((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      response.writeHead(201, { "set-cookie": ["a=1", "b=2"], "x-seen": `${request.method} ${request.url}` });
      response.end(`${body} from ${request.headers["x-forwarded-for"]} for ${request.headers.host}`);
    });
  });
  const origin = await aDoor(port);
  const response = await fetch(`${origin}/v1/things?x=1`, { method: "POST", body: "hello" });
  expect(response.status).toBe(201);
  expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  expect(response.headers.get("x-seen")).toBe("POST /v1/things?x=1");
  expect(await response.text()).toBe(`hello from 127.0.0.1 for ${origin.slice(7)}`);
});

test("an event stream arrives as it is written, and the app hears when the browser leaves", async () => {
  let left: () => void = () => undefined;
  const leaving = new Promise<void>((resolve) => (left = resolve));
  const port = await anApp((_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("data: one\n\n");
    response.once("close", left);
  });
  const controller = new AbortController();
  const response = await fetch(`${await aDoor(port)}/events`, { signal: controller.signal });
  const first = await response.body?.getReader().read();
  expect(new TextDecoder().decode(first?.value)).toBe("data: one\n\n");
  controller.abort();
  await leaving;
});

test("a part of a file is answered as the app answers it", async () => {
  const port = await anApp((request, response) => {
    response.writeHead(206, { "content-range": "bytes 0-3/10", "content-length": "4" });
    response.end(request.headers.range === "bytes=0-3" ? "film" : "????");
  });
  const response = await fetch(`${await aDoor(port)}/film`, { headers: { range: "bytes=0-3" } });
  expect([response.status, response.headers.get("content-range"), await response.text()]).toEqual([
    206,
    "bytes 0-3/10",
    "film",
  ]);
});

test("while the app is away, people get a page that reloads itself and programs get a coded error", async () => {
  const origin = await aDoor(1);
  const page = await fetch(`${origin}/`);
  expect([page.status, page.headers.get("retry-after")]).toEqual([503, "1"]);
  expect(await page.text()).toContain('http-equiv="refresh"');
  const api = await fetch(`${origin}/v1/me`);
  expect(api.status).toBe(503);
  expect(await api.json()).toMatchObject({ error: { code: "service/unavailable" } });
});

test("a WebSocket for a film is handed to another process, which speaks on it with no one between", async () => {
  const collab = aCollabServer();
  await new Promise((resolve) => collab.once("message", resolve));
  const origin = await aDoor(1, (message, socket) => collab.send(message, socket));
  const socket = new WebSocket(`${origin.replace("http", "ws")}/collab/project:1?ticket=t`, {
    headers: { "x-mark": "m" },
  });
  const said = await new Promise((resolve, reject) => {
    socket.once("open", () => socket.send("hello"));
    socket.once("message", (data: Buffer) => resolve(data.toString()));
    socket.once("error", reject);
  });
  expect(said).toBe("/collab/project:1?ticket=t m 127.0.0.1 hello");
  socket.close();
});

test("a WebSocket that nobody takes is closed, so that the editor tries again", async () => {
  const origin = await aDoor(1, () => false);
  const socket = new WebSocket(`${origin.replace("http", "ws")}/collab/project:1`);
  const error = await new Promise<Error>((resolve) => socket.once("error", resolve));
  expect(error.message).toMatch(/hang up|ECONNRESET/);
});

test("a connection that the app closed while it was idle is not the visitor's trouble", async () => {
  const app = http.createServer((_request, response) => response.end("fine"));
  app.keepAliveTimeout = 1;
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void app.close());
  const origin = await aDoor((app.address() as AddressInfo).port);
  for (let i = 0; i < 20; i += 1) {
    expect(await (await fetch(origin)).text()).toBe("fine");
    await sleep(i);
  }
});

test("headers that speak of one connection are not passed on", () => {
  const kept = withoutHops({
    connection: "keep-alive, X-Mine",
    "x-mine": "1",
    "transfer-encoding": "chunked",
    accept: "*/*",
  });
  expect(kept).toEqual({ accept: "*/*" });
});

test("what a stranger claims about its own address is not believed; what a proxy on this machine says is", () => {
  const ask = (remoteAddress: string) =>
    forwarded({
      headers: { host: "h", "x-forwarded-for": "1.2.3.4", "x-forwarded-proto": "https" },
      socket: { remoteAddress } as http.IncomingMessage["socket"],
    });
  expect(ask("9.9.9.9")).toMatchObject({ "x-forwarded-for": "9.9.9.9", "x-forwarded-proto": "http" });
  expect(ask("::ffff:127.0.0.1")).toMatchObject({
    "x-forwarded-for": "1.2.3.4, 127.0.0.1",
    "x-forwarded-proto": "https",
  });
});

/** A process that takes sockets as collab-server does. */
function aCollabServer(): ChildProcess {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "backlot-door-"));
  const file = path.join(folder, "collab.mjs");
  const ws = path.resolve("node_modules/ws/index.js");
  fs.writeFileSync(
    file,
    `import { createRequire } from "node:module";
     const { WebSocketServer } = createRequire(import.meta.url)(${JSON.stringify(ws)});
     const server = new WebSocketServer({ noServer: true });
     process.on("message", ({ url, headers, remoteAddress, head }, socket) => {
       server.handleUpgrade({ method: "GET", url, headers }, socket, Buffer.from(head, "base64"), (client) =>
         client.on("message", (data) => client.send([url, headers["x-mark"], remoteAddress, data].join(" "))));
     });
     process.send("listening");`,
  );
  const child = fork(file);
  onTestFinished(() => {
    child.kill("SIGKILL");
    fs.rmSync(folder, { recursive: true, force: true });
  });
  return child;
}
