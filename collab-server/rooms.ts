import { ensureFilmDocument, loadFilmDocument } from "#db/queries/film-documents.ts";
import { documentIdOf, type Id } from "#domain/ids.ts";
import { limits } from "./limits.ts";
import { Room, type RoomDeps } from "./room.ts";

interface Place {
  opening: Promise<Room | null>;
  room: Room | null;
  askedAt: number;
  isLeaving: boolean;
}

/** The open documents of this process. However many ask at once, each is loaded one time. */
export class Rooms {
  readonly #places = new Map<Id, Place>();
  readonly #deps: RoomDeps;

  constructor(deps: RoomDeps) {
    this.#deps = deps;
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
    for (const [projectId, place] of this.#places) {
      if (place.room === null) continue;
      place.room.sweep(now);
      if (!place.isLeaving && isUnused(place, now)) void this.#unload(projectId, place);
    }
  }

  /** Stores everything that is gathered anywhere. */
  async settle(): Promise<void> {
    await Promise.all([...this.all()].map((room) => room.settle()));
  }

  async #load(projectId: Id): Promise<Room | null> {
    if (!(await ensureFilmDocument(this.#deps.sql, projectId))) return null;
    const stored = await loadFilmDocument(this.#deps.sql, documentIdOf(projectId));
    return stored === null ? null : new Room(projectId, stored, this.#deps);
  }

  /** Leaves a short document behind, unless somebody comes back meanwhile. */
  async #unload(projectId: Id, place: Place): Promise<void> {
    if (place.room === null) return;
    place.isLeaving = true;
    await place.room.upkeep.refreshIndex();
    await place.room.upkeep.compact();
    if (isUnused(place, this.#deps.now())) this.#places.delete(projectId);
    place.isLeaving = false;
  }
}

function isUnused(place: Place, now: number): boolean {
  const usedAt = Math.max(place.askedAt, place.room?.usedAt ?? now);
  return place.room !== null && place.room.isIdle && now - usedAt > limits.unloadAfterMs;
}
