/**
 * The way in: upgrade, ticket, role, room. An upgrade is refused only without a well-formed ticket; everything else is
 * said by a close code, because a browser cannot read the status of a refused upgrade.
 */
import { IncomingMessage, type IncomingHttpHeaders } from "node:http";
import type { Socket } from "node:net";
import type { Logger } from "pino";
import { WebSocketServer } from "ws";
import { isTicketShaped, verifyTicket } from "#bus/ticket-mac.ts";
import type { FilmAccess } from "#db/queries/film-access.ts";
import type { CloseCode, CloseReason } from "#domain/collab/close-codes.ts";
import { projectIdOf } from "#domain/ids.ts";
import type { AccessWatch, ReadAccess } from "./access-watch.ts";
import { Connection, type ConnectionEvents, type Person } from "./connection.ts";
import { closeSocket, EditorWebSocket, type EditorSocket } from "./editor-socket.ts";
import { limits } from "./limits.ts";
import type { Metrics } from "./metrics.ts";
import type { Room } from "./room.ts";
import type { Rooms } from "./rooms.ts";

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
  /** Of the client's own copy of the document: "" when it holds none yet, null when it does not keep any. */
  generation: string | null;
}

type Found = { room: Room; person: Person } | { code: CloseCode; reason?: CloseReason };

export class Entrance {
  readonly sockets = new Set<EditorWebSocket>();
  readonly #perWorkspace = new Map<string, number>();
  readonly #deps: EntranceDeps;
  #isClosing = false;
  readonly #server = new WebSocketServer({
    noServer: true,
    WebSocket: EditorWebSocket,
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
      ws.useWire(socket);
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

  async #welcome(ws: EditorWebSocket, request: Request): Promise<void> {
    try {
      const found = await this.#findRoom(request);
      if (ws.readyState !== ws.OPEN) return;
      if ("code" in found) return closeSocket(ws, found.code, found.reason);
      this.#admit(ws, found.room, found.person, request.generation !== null);
      ws.resume();
    } catch (error) {
      this.#deps.log.warn({ err: error, document: request.documentId }, "could not let somebody in");
      closeSocket(ws, 4503);
    }
  }

  #admit(ws: EditorSocket, room: Room, person: Person, wantsGeneration: boolean): void {
    const { workspaceId } = person;
    const count = (change: number) => {
      const now = (this.#perWorkspace.get(workspaceId) ?? 0) + change;
      if (now > 0) this.#perWorkspace.set(workspaceId, now);
      else this.#perWorkspace.delete(workspaceId);
    };
    count(1);
    room.join(
      connect(ws, room, person, this.#deps.now, () => count(-1)),
      wantsGeneration,
    );
  }

  async #findRoom(request: Request): Promise<Found> {
    const { secret, rooms, access, watch, now } = this.#deps;
    if (this.#isClosing) return { code: 4503 };
    if (this.sockets.size > limits.maxSockets) return { code: 4529, reason: "server-full" };
    const claims = verifyTicket(request.ticket, secret, now());
    if (claims === null || claims.documentId !== request.documentId) return { code: 4401 };
    const projectId = projectIdOf(claims.documentId);
    if (projectId === null) return { code: 4404 };
    for (;;) {
      const changes = watch.changes;
      const allowed = await access(projectId, claims.userId);
      if (allowed.status !== "allowed") return { code: codeOf(allowed) };
      const { role, workspaceId } = allowed;
      if ((this.#perWorkspace.get(workspaceId) ?? 0) >= limits.maxSocketsPerWorkspace)
        return { code: 4529, reason: "workspace-full" };
      const room = await rooms.open(projectId);
      if (room === null) return { code: 4404 };
      if (room.connections.size >= limits.maxSocketsPerRoom) return { code: 4529, reason: "film-full" };
      if (request.generation && request.generation !== room.content.generation) return { code: 4410 };
      // A role that changed while the film was loading is read again.
      if (changes !== watch.changes) continue;
      return { room, person: { userId: claims.userId, name: claims.name, role, workspaceId } };
    }
  }
}

/** Ties a socket to a room, which it then has to join. @param left called once, when it has gone */
export function connect(
  socket: EditorSocket,
  room: Room,
  person: Person,
  now: () => number,
  left: () => void,
): Connection {
  const events: ConnectionEvents = {
    frame: (from, frame) => room.receive(from, frame),
    closed: (from) => {
      room.leave(from);
      left();
    },
    drained: (from) => room.catchUp(from),
  };
  return new Connection(socket, person, events, now);
}

function codeOf(access: Exclude<FilmAccess, { status: "allowed" }>): CloseCode {
  return access.status === "no-film" ? 4404 : 4403;
}

function readRequest(url: string): Request | "no-such-path" | "no-ticket" {
  const [path = "", query = ""] = url.split("?", 2);
  const match = /^\/collab\/([^/]{1,200})$/.exec(path);
  if (match === null) return "no-such-path";
  const parameters = new URLSearchParams(query);
  const ticket = parameters.get("ticket") ?? "";
  if (!isTicketShaped(ticket)) return "no-ticket";
  try {
    return { documentId: decodeURIComponent(match[1] ?? ""), ticket, generation: parameters.get("generation") };
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
