import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";
import { passNames, type PassName } from "#domain/jobs/passes.ts";
import type { PageCommand, PageReport } from "./protocol.ts";
import { headerBytes, soundNames, type SoundName } from "./protocol.ts";

/** What the page sends that is no JSON. */
export type Packet = {
  run: number;
  index: number;
  kind: number;
  /** Of a picture. */
  pass: PassName;
  /** Of sound. */
  sound: SoundName;
  data: Buffer;
};

export type PageListener = {
  report(report: PageReport): void;
  bytes(packet: Packet): void;
  /** The page or its browser is gone. */
  closed(): void;
};

/** Serves the page on a loopback port and speaks with it. Only a page that knows the token is answered. */
export class PageLink {
  readonly url: string;
  private readonly server: Server;
  private readonly sockets: WebSocketServer;
  private socket: WebSocket | null = null;
  private listener: PageListener | null = null;
  private backlog: PageReport[] = [];

  private constructor(server: Server, sockets: WebSocketServer, url: string) {
    this.server = server;
    this.sockets = sockets;
    this.url = url;
  }

  /** @param script path of the bundled page */
  static async open(script: string): Promise<PageLink> {
    const code = await readFile(script);
    const token = randomBytes(18).toString("hex");
    const server = createServer((request, response) => {
      if (!(request.url ?? "").includes(token)) {
        response.writeHead(404).end();
      } else if (request.url?.startsWith("/page.js") === true) {
        response.writeHead(200, { "content-type": "text/javascript" }).end(code);
      } else {
        response
          .writeHead(200, { "content-type": "text/html" })
          .end(
            `<!doctype html><meta charset=utf-8><title>Backlot previz</title><body><script type=module src="/page.js?t=${token}"></script>`,
          );
      }
    });
    const sockets = new WebSocketServer({
      server,
      maxPayload: 256 * 1024 * 1024,
      perMessageDeflate: false,
      verifyClient: ({ req }: { req: IncomingMessage }) => (req.url ?? "").includes(token),
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(0, "127.0.0.1", () => resolve());
    });
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the page's server has no port");
    const link = new PageLink(server, sockets, `http://127.0.0.1:${address.port}/?t=${token}`);
    sockets.on("connection", (socket) => link.take(socket));
    return link;
  }

  private take(socket: WebSocket): void {
    this.socket?.terminate();
    this.socket = socket;
    socket.binaryType = "nodebuffer";
    socket.on("message", (data: Buffer, isBinary: boolean) => {
      if (!isBinary) {
        const report = JSON.parse(data.toString("utf8")) as PageReport;
        if (this.listener === null) this.backlog.push(report);
        else this.listener.report(report);
        return;
      }
      this.listener?.bytes({
        run: data.readUInt32LE(0),
        index: data.readUInt32LE(4),
        kind: data.readUInt32LE(8),
        pass: passNames[data.readUInt32LE(12)] ?? "beauty",
        sound: soundNames[data.readUInt32LE(12)] ?? "mix",
        data: data.subarray(headerBytes),
      });
    });
    socket.on("close", () => {
      if (this.socket !== socket) return;
      this.socket = null;
      this.listener?.closed();
    });
    socket.on("error", () => socket.terminate());
  }

  listen(listener: PageListener | null): void {
    this.listener = listener;
    if (listener === null) return;
    const waiting = this.backlog;
    this.backlog = [];
    for (const report of waiting) listener.report(report);
  }

  /** @returns false when no page is there to hear it */
  send(command: PageCommand): boolean {
    if (this.socket === null || this.socket.readyState !== this.socket.OPEN) return false;
    this.socket.send(JSON.stringify(command));
    return true;
  }

  get connected(): boolean {
    return this.socket !== null;
  }

  async close(): Promise<void> {
    this.listener = null;
    this.socket?.terminate();
    this.sockets.close();
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}
