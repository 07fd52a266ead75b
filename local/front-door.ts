import http, { type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { pipeline } from "node:stream";
import { answerStarting } from "./starting-page.ts";

/**
 * The one public port of a studio on one machine. Pages and the API are passed on to the app over loopback; a
 * WebSocket for `/collab/` is handed, as an open socket, to collab-server, so its frames never pass through here.
 */
export type FrontDoor = { port: number; close: () => Promise<void> };

/** What collab-server gets over IPC, with the socket as the handle. `head` is base64: bytes that came with the request. */
export type UpgradeMessage = {
  type: "upgrade";
  url: string;
  headers: http.IncomingHttpHeaders;
  remoteAddress: string;
  head: string;
};

export type FrontDoorOptions = {
  host: string;
  port: number;
  /** Where the app listens on loopback. */
  appPort: number;
  /** The address people use; its scheme is believed of requests for its host. */
  publicUrl?: string;
  /** @returns whether somebody took the socket; when not, it is closed and the editor comes back by itself */
  handOver: (message: UpgradeMessage, socket: Socket) => boolean;
};

const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "expect",
]);

/** @throws Error with code EADDRINUSE when the port is taken */
export async function openFrontDoor(options: FrontDoorOptions): Promise<FrontDoor> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity, scheduling: "lifo" });
  const server = http.createServer((request, response) => passOn(request, response, { ...options, agent }));
  // Uploads of films take their time; a client that sends nothing at all is still cut after the headers' time.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 65_000;
  server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    if (request.url?.startsWith("/collab/") === true) {
      const message = describeUpgrade(request, socket, head, options.publicUrl);
      if (!options.handOver(message, socket)) socket.destroy();
    } else {
      tunnel(request, socket, head, options.appPort);
    }
  });
  server.on("clientError", (_error, socket) => {
    if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address();
  const close = async () => {
    server.close();
    server.closeAllConnections();
    agent.destroy();
  };
  return { port: typeof address === "object" && address !== null ? address.port : options.port, close };
}

type Way = FrontDoorOptions & { agent: http.Agent };

function passOn(request: IncomingMessage, response: ServerResponse, way: Way, isRetry = false): void {
  const upstream = http.request({
    host: "127.0.0.1",
    port: way.appPort,
    agent: way.agent,
    method: request.method,
    path: request.url,
    headers: { ...withoutHops(request.headers), ...forwarded(request, way.publicUrl), connection: "keep-alive" },
    setHost: false,
  });
  upstream.setNoDelay(true);
  // 103 Early Hints and the like are dropped: the browser does well without.
  upstream.once("response", (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, withoutHops(answer.headers));
    // So that an event stream opens at once, before its first event.
    response.flushHeaders();
    pipeline(answer, response, () => upstream.destroy());
  });
  upstream.once("error", (error: NodeJS.ErrnoException) => {
    if (response.headersSent || response.destroyed) return void response.destroy();
    // The app closed an idle connection just as we picked it; nothing of the request was seen, so ask again.
    const hasNoBody = request.method === "GET" || request.method === "HEAD";
    if (upstream.reusedSocket && !isRetry && hasNoBody && error.code === "ECONNRESET") {
      return passOn(request, response, way, true);
    }
    answerStarting(response, request.url ?? "/");
  });
  // The browser went away: the app should stop working for it.
  response.once("close", () => {
    if (!response.writableFinished) upstream.destroy();
  });
  if (isRetry) upstream.end();
  else pipeline(request, upstream, () => undefined);
}

/** A WebSocket of the app itself: live reload while developing. */
function tunnel(request: IncomingMessage, socket: Socket, head: Buffer, appPort: number): void {
  const { method, url, headers } = request;
  const upstream = http.request({
    host: "127.0.0.1",
    port: appPort,
    method,
    path: url,
    headers,
    agent: false,
    setHost: false,
  });
  upstream.once("upgrade", (answer: IncomingMessage, inner: Socket, innerHead: Buffer) => {
    inner.on("error", () => socket.destroy());
    const lines = [`HTTP/1.1 101 ${answer.statusMessage ?? ""}`];
    for (let i = 0; i < answer.rawHeaders.length; i += 2)
      lines.push(`${answer.rawHeaders[i]}: ${answer.rawHeaders[i + 1]}`);
    socket.write(`${lines.join("\r\n")}\r\n\r\n`);
    socket.write(innerHead);
    inner.write(head);
    pipeline(inner, socket, inner, () => undefined);
  });
  upstream.once("response", (answer) => {
    answer.resume();
    socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  });
  upstream.once("error", () => socket.destroy());
  socket.once("close", () => upstream.destroy());
  upstream.end();
}

function describeUpgrade(request: IncomingMessage, socket: Socket, head: Buffer, publicUrl?: string): UpgradeMessage {
  return {
    type: "upgrade",
    url: request.url ?? "/",
    headers: { ...request.headers, ...forwarded(request, publicUrl) },
    remoteAddress: socket.remoteAddress ?? "",
    head: head.toString("base64"),
  };
}

/** Headers without those that speak of one connection only, and without those that `Connection` names as such. */
export function withoutHops(headers: http.IncomingHttpHeaders): OutgoingHttpHeaders {
  const named = new Set((headers.connection ?? "").split(",").map((name) => name.trim().toLowerCase()));
  return Object.fromEntries(
    Object.entries(headers).filter(([name, value]) => value !== undefined && !hopByHop.has(name) && !named.has(name)),
  );
}

/**
 * Who asks, and by which scheme. What a proxy in front of us says of that is believed when it runs on this machine;
 * from anyone else it would be a way to pose as another address.
 */
export function forwarded(
  request: Pick<IncomingMessage, "headers" | "socket">,
  publicUrl = "http://127.0.0.1",
): Record<string, string> {
  const known = new URL(publicUrl);
  const peer = (request.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
  const isLocal = peer === "::1" || peer.startsWith("127.");
  const said = (name: string) => {
    const value = isLocal ? request.headers[name] : undefined;
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const chain = said("x-forwarded-for");
  return {
    "x-forwarded-for": chain === undefined ? peer : `${chain}, ${peer}`,
    "x-forwarded-proto":
      said("x-forwarded-proto") ?? (request.headers.host === known.host ? known.protocol.slice(0, -1) : "http"),
    "x-forwarded-host": said("x-forwarded-host") ?? request.headers.host ?? "",
  };
}
