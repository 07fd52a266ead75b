import { ensureFilmDocument, loadFilmDocument, readLogHeads } from "#db/queries/film-documents.ts";
import { documentIdOf, type Id } from "#domain/ids.ts";
import { limits } from "./limits.ts";
import { RoomContent } from "./room-content.ts";
import { Room, type RoomDeps } from "./room.ts";

export interface RoomsDeps extends RoomDeps {
  /** A room was put away. */
  left: () => void;
}

interface Place {
  opening: Promise<Room | null>;
  room: Room | null;
  askedAt: number;
  isLeaving: boolean;
}
interface Due {
  projectId: Id;
  place: Place;
  unusedSince: number;
}

/** The open documents of this process. However many ask at once, each is loaded one time. */
export class Rooms {
  readonly #places = new Map<Id, Place>();
  readonly #deps: RoomsDeps;
  /** Rooms that nobody needs, the longest unused first; a few at a time are put away. */
  #due: Due[] = [];
  #leaving = 0;
  #headsCheckedAt: number;
  #isCheckingHeads = false;

  constructor(deps: RoomsDeps) {
    this.#deps = deps;
    this.#headsCheckedAt = deps.now();
  }

  /**
   * @returns null when there is no such project, or it was deleted
   * @throws when Postgres is away
   */
  async open(projectId: Id): Promise<Room | null> {
    const known = this.#places.get(projectId);
    if (known !== undefined) {
      known.askedAt = this.#deps.now();
      return known.opening;
    }
    const place: Place = { opening: this.#load(projectId), room: null, askedAt: this.#deps.now(), isLeaving: false };
    this.#places.set(projectId, place);
    try {
      place.room = await place.opening;
    } finally {
      if (place.room === null) this.#places.delete(projectId);
    }
    return place.room;
  }

  find(projectId: Id): Room | null {
    return this.#places.get(projectId)?.room ?? null;
  }

  *all(): Iterable<Room> {
    for (const place of this.#places.values()) if (place.room !== null) yield place.room;
  }

  get size(): number {
    return this.#places.size;
  }

  sweep(now: number): void {
    for (const room of this.all()) room.sweep(now);
    this.#due = this.#listDue(now);
    this.#putAway();
    const { backplane } = this.#deps;
    const everyMs = backplane.isConnected ? limits.headCheckMs : limits.headCheckWithoutBrokerMs;
    if (now - this.#headsCheckedAt >= everyMs) void this.checkHeads();
  }

  /** Compares the heads of the logs with what our rooms have, and reads what they did not hear of. Never throws. */
  async checkHeads(): Promise<void> {
    if (this.#isCheckingHeads) return;
    this.#isCheckingHeads = true;
    this.#headsCheckedAt = this.#deps.now();
    try {
      const open = [...this.all()].filter((room) => room.connections.size > 0);
      if (open.length === 0) return;
      const heads = await readLogHeads(
        this.#deps.sql,
        open.map((room) => room.documentId),
      );
      await Promise.all(open.map((room) => room.readTo(heads.get(room.documentId) ?? 0)));
    } catch (error) {
      this.#deps.log.debug({ err: error }, "could not look at the heads of the logs");
    } finally {
      this.#isCheckingHeads = false;
    }
  }

  /** Another instance has come: it learns who is here, and we what it wrote before we heard of it. */
  meet(): void {
    for (const room of this.all()) room.presence.introduce();
    void this.checkHeads();
  }

  lose(instance: string): void {
    for (const room of this.all()) room.dropInstance(instance);
  }

  holdReading(hold: boolean): void {
    for (const room of this.all()) room.holdReading(hold);
  }

  /** Stores everything that is gathered anywhere. */
  async settle(): Promise<void> {
    await Promise.all([...this.all()].map((room) => room.settle()));
  }

  async #load(projectId: Id): Promise<Room | null> {
    if (!(await ensureFilmDocument(this.#deps.sql, projectId))) return null;
    const documentId = documentIdOf(projectId);
    const stored = await loadFilmDocument(this.#deps.sql, documentId);
    if (stored === null) return null;
    const content = new RoomContent(documentId, stored, this.#deps);
    // Only what was named damaged before has to be read before it is sent.
    if (stored.damage !== null) await content.read();
    const room = new Room(projectId, stored, content, this.#deps);
    // What another instance wrote between our reading and our listening.
    if (this.#deps.backplane.others > 0) {
      await this.#deps.backplane.listening();
      const heads = await readLogHeads(this.#deps.sql, [room.documentId]);
      await room.readTo(heads.get(room.documentId) ?? 0);
    }
    return room;
  }

  /** Those unused for long; and of a great many the longest unused at once, so that memory does not grow with visits. */
  #listDue(now: number): Due[] {
    const unused: Due[] = [];
    for (const [projectId, place] of this.#places)
      if (!place.isLeaving && place.room?.isIdle === true)
        unused.push({ projectId, place, unusedSince: usedAt(place) });
    unused.sort((a, b) => a.unusedSince - b.unusedSince);
    const tooMany = unused.length - limits.maxUnusedRooms;
    return unused.filter(({ unusedSince }, i) => {
      const unusedMs = now - unusedSince;
      return unusedMs > limits.unloadAfterMs || (i < tooMany && unusedMs > limits.unloadAtLeastAfterMs);
    });
  }

  #putAway(): void {
    while (this.#leaving < limits.putAwayTogether) {
      const next = this.#due.shift();
      if (next === undefined) return;
      this.#leaving += 1;
      void this.#unload(next).finally(() => {
        this.#leaving -= 1;
        this.#putAway();
      });
    }
  }

  /** Leaves a short document behind, unless somebody comes back meanwhile. */
  async #unload({ projectId, place, unusedSince }: Due): Promise<void> {
    const { room } = place;
    const isWanted = () => !room?.isIdle || usedAt(place) !== unusedSince;
    if (room === null || isWanted()) return;
    place.isLeaving = true;
    await room.upkeep.refreshIndex();
    await room.upkeep.compact();
    place.isLeaving = false;
    if (isWanted()) return;
    this.#places.delete(projectId);
    room.close();
    this.#deps.left();
  }
}

const usedAt = (place: Place): number => Math.max(place.askedAt, place.room?.usedAt ?? 0);
