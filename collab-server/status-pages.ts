/**
 * What this process tells over HTTP. Everybody may know that it lives; how it stands is for whoever is on the machine, or
 * on the private network that the port for metrics listens on.
 */
import http, { type IncomingMessage, type RequestListener } from "node:http";
import type { Logger } from "pino";

interface Pages {
  health: () => object;
  /** Prometheus' text form. */
  metrics: () => string;
}

/** For the public port. */
export function publicPages(pages: Pages): RequestListener {
  const everything = privatePages(pages);
  return (request, response) => {
    if (isFromThisMachine(request)) return everything(request, response);
    if (request.url === "/healthz") return void response.end(JSON.stringify({ status: "ok" }));
    response.writeHead(404, { "content-type": "application/json" });
    response.end(JSON.stringify({ error: { code: "thing/not-found", message: "Only WebSockets live here." } }));
  };
}

function privatePages(pages: Pages): RequestListener {
  return (request, response) => {
    if (request.url === "/healthz") {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(pages.health()));
    } else if (request.url === "/metrics") {
      response.writeHead(200, { "content-type": "text/plain; version=0.0.4" });
      response.end(pages.metrics());
    } else {
      response.writeHead(404, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { code: "thing/not-found", message: "There is /healthz and /metrics." } }));
    }
  };
}

/** Listens for a collector of metrics. @returns how to stop */
export async function servePrivatePages(
  pages: Pages,
  { port, host, log }: { port: number; host: string; log: Logger },
): Promise<() => void> {
  const server = http.createServer(privatePages(pages));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  server.on("error", (error) => log.error({ err: error }, "metrics"));
  return () => {
    server.close();
    server.closeAllConnections();
  };
}

/** A proxy on this machine that passes on somebody else's request says so in a header. */
function isFromThisMachine({ socket, headers }: IncomingMessage): boolean {
  const address = socket.localAddress ?? "";
  const isLoopback = address.startsWith("127.") || address === "::1" || address.startsWith("::ffff:127.");
  return isLoopback && headers["x-forwarded-for"] === undefined && headers["forwarded"] === undefined;
}
