/**
 * The way in: upgrade, ticket, role, room. An upgrade is refused only without a well-formed ticket; everything else is
 * said by a close code, because a browser cannot read the status of a refused upgrade.
 */
import { IncomingMessage, type IncomingHttpHeaders } from "node:http";
import type { Socket } from "node:net";
import type { Logger } from "pino";
import { WebSocket, WebSocketServer } from "ws";
import { isTicketShaped, verifyTicket } from "#bus/ticket-mac.ts";
import type { FilmAccess } from "#db/queries/film-access.ts";
import type { CloseCode } from "#domain/collab/close-codes.ts";
import { projectIdOf } from "#domain/ids.ts";
import type { AccessWatch, ReadAccess } from "./access-watch.ts";
import { closeSocket, Connection, type Person } from "./connection.ts";
import { limits } from "./limits.ts";
import type { Metrics } from "./metrics.ts";
import type { Room } from "./room.ts";
import type { Rooms } from "./rooms.ts";

/**
 * ws answers a frame that breaks the protocol with a code of the protocol. Stock clients would come back from those and
 * send the same again; ours say that it is no use.
 */
class EditorSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    const isOurs = code === undefined || code >= 3000;
    super.close(isOurs ? code : code === 1009 ? 4413 : 4400, reason);
  }
}

interface EntranceDeps {
  secret: string;
  rooms: Rooms;
  access: ReadAccess;
  watch: AccessWatch;
  metrics: Metrics;
  log: Logger;
  now: () => number;
}

interface Request {
  documentId: string;
  ticket: string;
}

export class Entrance {
  readonly sockets = new Set<WebSocket>();
  readonly #deps: EntranceDeps;
  #isClosing = false;
  readonly #server = new WebSocketServer({
    noServer: true,
    WebSocket: EditorSocket,
    maxPayload: limits.maxFrameBytes,
    perMessageDeflate: false,
    clientTracking: false,
    skipUTF8Validation: true,
  });

  constructor(deps: EntranceDeps) {
    this.#deps = deps;
    this.#server.on("error", (error) => deps.log.error({ err: error }, "WebSocket server"));
    this.#server.on("wsClientError", (_error, socket) => socket.destroy());
  }

  /** From our own HTTP server, or with a socket that the front door accepted for us. */
  upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    socket.on("error", () => socket.destroy());
    const wanted = readRequest(request.url ?? "");
    if (wanted === "no-such-path") return refuse(socket, "404 Not Found");
    if (wanted === "no-ticket") return refuse(socket, "401 Unauthorized");
    this.#server.handleUpgrade(request, socket, head, (ws) => {
      this.sockets.add(ws);
      ws.on("close", () => this.sockets.delete(ws));
      ws.on("error", (error) => {
        this.#deps.metrics.badFrames += 1;
        this.#deps.log.debug({ err: error }, "socket");
      });
      // Nothing is read before somebody listens.
      ws.pause();
      void this.#welcome(ws, wanted);
    });
  }

  /** From now on whoever comes is told to come back later. */
  beginClosing(): void {
    this.#isClosing = true;
  }

  async #welcome(ws: WebSocket, request: Request): Promise<void> {
    try {
      const found = await this.#findRoom(request);
      if (ws.readyState !== ws.OPEN) return;
      if ("code" in found) return closeSocket(ws, found.code);
      const { room, person } = found;
      const connection = new Connection(
        ws,
        person,
        {
          frame: (from, frame) => room.receive(from, frame),
          closed: (from) => room.leave(from),
          drained: (from) => room.catchUp(from),
        },
        this.#deps.now,
      );
      room.join(connection);
      ws.resume();
    } catch (error) {
      this.#deps.log.warn({ err: error, document: request.documentId }, "could not let somebody in");
      closeSocket(ws, 4503);
    }
  }

  async #findRoom(request: Request): Promise<{ room: Room; person: Person } | { code: CloseCode }> {
    const { secret, rooms, access, watch, now } = this.#deps;
    if (this.#isClosing) return { code: 4503 };
    if (this.sockets.size > limits.maxSockets) return { code: 4529 };
    const claims = verifyTicket(request.ticket, secret, now());
    if (claims === null || claims.documentId !== request.documentId) return { code: 4401 };
    const projectId = projectIdOf(claims.documentId);
    if (projectId === null) return { code: 4404 };
    for (;;) {
      const changes = watch.changes;
      const allowed = await access(projectId, claims.userId);
      if (allowed.status !== "allowed") return { code: codeOf(allowed) };
      const room = await rooms.open(projectId);
      if (room === null) return { code: 4404 };
      if (room.connections.size >= limits.maxSocketsPerRoom) return { code: 4529 };
      // A role that changed while the film was loading is read again.
      if (changes !== watch.changes) continue;
      const { role, workspaceId } = allowed;
      return { room, person: { userId: claims.userId, name: claims.name, role, workspaceId } };
    }
  }
}

function codeOf(access: Exclude<FilmAccess, { status: "allowed" }>): CloseCode {
  return access.status === "no-film" ? 4404 : 4403;
}

function readRequest(url: string): Request | "no-such-path" | "no-ticket" {
  const [path = "", query = ""] = url.split("?", 2);
  const match = /^\/collab\/([^/]{1,200})$/.exec(path);
  if (match === null) return "no-such-path";
  const ticket = new URLSearchParams(query).get("ticket") ?? "";
  if (!isTicketShaped(ticket)) return "no-ticket";
  try {
    return { documentId: decodeURIComponent(match[1] ?? ""), ticket };
  } catch {
    return "no-such-path";
  }
}

function refuse(socket: Socket, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}

/** Builds the request that came to somebody else's port. */
export function requestFrom(socket: Socket, url: string, headers: IncomingHttpHeaders): IncomingMessage {
  const request = new IncomingMessage(socket);
  request.method = "GET";
  request.url = url;
  request.headers = headers;
  return request;
}
