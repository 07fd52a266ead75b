/** Keeps the roles of open sockets true: a change of access closes them, and the studio comes back with what it may. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { FilmAccess } from "#db/queries/film-access.ts";
import type { AccessChange } from "#domain/collab/access-change.ts";
import type { CloseCode } from "#domain/collab/close-codes.ts";
import type { Id } from "#domain/ids.ts";
import type { Connection } from "./connection.ts";
import { limits } from "./limits.ts";
import type { Room } from "./room.ts";

export type ReadAccess = (projectId: Id, userId: string) => Promise<FilmAccess>;

export class AccessWatch {
  readonly #rooms: () => Iterable<Room>;
  readonly #read: ReadAccess;
  readonly #log: Logger;
  #lookedAt: number;
  /** Counts changes, so that a socket that is just coming in knows to look again. */
  changes = 0;

  constructor(rooms: () => Iterable<Room>, read: ReadAccess, log: Logger, now: () => number) {
    this.#rooms = rooms;
    this.#read = read;
    this.#log = log;
    this.#lookedAt = now();
  }

  /** A role is believed for a while only: what was told of it may have got lost. */
  sweep(now: number): void {
    if (now - this.#lookedAt < limits.roleCheckMs) return;
    this.#lookedAt = now;
    void this.look({});
  }

  /** Reads the roles of all sockets that the change may be about. Never throws. */
  async look(change: AccessChange): Promise<void> {
    this.changes += 1;
    for (const room of this.#rooms()) {
      if (change.projectId !== undefined && change.projectId !== room.projectId) continue;
      const people = groupByUser(room.connections);
      await Promise.all([...people].map(([userId, sockets]) => this.#lookAt(room, userId, sockets, change)));
    }
  }

  async #lookAt(room: Room, userId: string, sockets: Connection[], change: AccessChange): Promise<void> {
    if (change.userId !== undefined && change.userId !== userId) return;
    if (change.workspaceId !== undefined && sockets.every(({ person }) => person.workspaceId !== change.workspaceId))
      return;
    const access = await this.#readPatiently(room.projectId, userId);
    for (const socket of sockets) {
      const code = codeFor(access, socket);
      if (code === null) continue;
      this.#log.info({ document: room.documentId, user: userId, code }, "access changed");
      socket.close(code);
    }
  }

  async #readPatiently(projectId: Id, userId: string): Promise<FilmAccess> {
    for (;;) {
      try {
        return await this.#read(projectId, userId);
      } catch (error) {
        this.#log.warn({ err: error }, "could not read a role; trying again");
        await sleep(500);
      }
    }
  }
}

function codeFor(access: FilmAccess, socket: Connection): CloseCode | null {
  switch (access.status) {
    case "no-film":
      return 4404;
    case "no-role":
      return 4403;
    case "allowed":
      return access.role === socket.person.role ? null : 4509;
  }
}

function groupByUser(connections: Iterable<Connection>): Map<string, Connection[]> {
  const groups = new Map<string, Connection[]>();
  for (const connection of connections)
    groups.set(connection.userId, [...(groups.get(connection.userId) ?? []), connection]);
  return groups;
}
