/** Named edits made in one room, one after the other: each sees what the one before it did. */
import { randomInt } from "node:crypto";
import type { FilmEdit } from "#domain/collab/film-edits.ts";
import { StudioError } from "#domain/errors.ts";
import type { DocumentDesk } from "./documents/document-desk.ts";
import { limits } from "./limits.ts";
import type { RoomContent } from "./room-content.ts";
import type { EditOutcome, RoomLog } from "./room-log.ts";
import { inspectUpdate, isEmpty } from "./updates.ts";

/** `unchanged`: the edit left the document as it was, so that no row speaks of it. */
export type AppliedEdit = EditOutcome | { status: "unchanged"; position: number };

export class RoomEdits {
  readonly #content: RoomContent;
  readonly #log: RoomLog;
  /** Takes what is in the log above what the room has. */
  readonly #readOn: () => Promise<void>;
  readonly #desks: { desk: DocumentDesk; deskHere: DocumentDesk };
  /** They all write as one client, so that they do not each leave a client in the document. */
  #clientId = randomInt(1, 2 ** 32 - 1);
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    content: RoomContent,
    log: RoomLog,
    readOn: () => Promise<void>,
    desks: { desk: DocumentDesk; deskHere: DocumentDesk },
  ) {
    this.#content = content;
    this.#log = log;
    this.#readOn = readOn;
    this.#desks = desks;
  }

  /** @throws StudioError when the edit cannot be made; nothing is written then */
  apply(editId: string, edit: FilmEdit): Promise<AppliedEdit> {
    const applied = this.#last.then(() => this.#apply(editId, edit));
    this.#last = applied.catch(() => undefined);
    return applied;
  }

  async #apply(editId: string, edit: FilmEdit): Promise<AppliedEdit> {
    const { bytes, damage, positions } = this.#content;
    await this.#content.wake();
    if (damage !== null) throw new StudioError("document/unavailable", "This film's document is damaged.");
    const desk = bytes.size > limits.mergeOnJoinBytes ? this.#desks.desk : this.#desks.deskHere;
    const parts = [...bytes.parts(), ...this.#log.hiddenParts()];
    const changed = await desk.ask<"edit">({ kind: "edit", parts, clientId: this.#clientId, edit });
    if (changed.bytes === null) return { status: "unchanged", position: positions.upTo };
    const content = inspectUpdate(changed.bytes);
    if (isEmpty(content)) return { status: "unchanged", position: positions.upTo };
    const outcome = await this.#log.submitEdit(editId, changed.bytes, content);
    // It is in the log, by another instance or by a commit of ours whose answer got lost; the next edit must know of it.
    if (outcome.status !== "repeated") return outcome;
    // Nor may its clocks be given out again.
    this.#clientId = randomInt(1, 2 ** 32 - 1);
    await this.#readOn();
    return outcome;
  }
}
