import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { addressHeader } from "./auth.ts";

export interface HttpServer {
  port: number;
  /** Takes no more connections, lets running answers finish for a while, then cuts them. */
  close(graceMs: number): Promise<void>;
}

// The app's own variables do not matter to a server.
type AnyApp = Pick<Hono, "fetch">;

/**
 * Listens. `before` may answer a request ahead of the app (Vite, in development).
 * @param trustProxy believe `X-Forwarded-*` of anybody, not of this machine alone
 */
export async function listen(
  app: AnyApp,
  options: {
    host: string;
    port: number;
    trustProxy: boolean;
    /** One that somebody else listens to as well (live reload, in development). */
    server?: Server;
    before?: (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
  },
): Promise<HttpServer> {
  const answer = getRequestListener((request, env) => app.fetch(request, env), { autoCleanupIncoming: false });
  const server = options.server ?? createServer();
  server.on("request", (request, response) => {
    tellAddress(request, options.trustProxy);
    response.once("finish", () => drain(request));
    const go = () => void answer(request, response);
    if (options.before === undefined) go();
    else options.before(request, response, go);
  });
  // Uploads take their time, event streams for ever.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : options.port,
    close: (graceMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => server.closeAllConnections(), graceMs);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

/**
 * An answer may come before its question is all there: a body that is too large. Cutting the line then would lose the
 * answer on its way, so the rest is read and thrown away, for a while.
 */
function drain(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  const timer = setTimeout(() => request.destroy(), 10_000);
  request.once("close", () => clearTimeout(timer));
  request.once("end", () => clearTimeout(timer));
  request.resume();
}

const forwardedNames = new Set(["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", addressHeader]);

/** Some proxies write "1.2.3.4:5678" and "[2001:db8::1]:5678": each connection would be somebody else. */
const withoutPort = (address: string) => address.replace(/^\[([^\]]+)\](?::\d+)?$|^(\d+(?:\.\d+){3}):\d+$/, "$1$2");

/**
 * Sets the header that says who asks, and takes away what a stranger said of that. On one machine the front door
 * forwards over loopback; elsewhere a proxy does, when we were told so.
 */
export function tellAddress(request: IncomingMessage, trustProxy: boolean): void {
  const peer = (request.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
  const believed = trustProxy || peer === "::1" || peer.startsWith("127.");
  const chain = request.headers["x-forwarded-for"];
  const last = typeof chain === "string" ? withoutPort(chain.split(",").at(-1)?.trim() ?? "") : "";
  const drop = (name: string) => name === addressHeader || (!believed && forwardedNames.has(name));
  const address = believed && last !== "" ? last : peer || "unknown";
  // A request object reads the list as it came over the wire, or what is parsed of it: both say the same.
  const kept: string[] = [];
  for (let i = 0; i + 1 < request.rawHeaders.length; i += 2) {
    const [name = "", value = ""] = request.rawHeaders.slice(i, i + 2);
    if (!drop(name.toLowerCase())) kept.push(name, value);
  }
  kept.push(addressHeader, address);
  request.rawHeaders.splice(0, request.rawHeaders.length, ...kept);
  for (const name of Object.keys(request.headers)) if (drop(name)) delete request.headers[name];
  request.headers[addressHeader] = address;
}
