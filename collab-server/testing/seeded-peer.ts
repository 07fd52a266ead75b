/**
 * Somebody in a film, speaking y-websocket as the stock client does, over one end of a `SocketPair`. It keeps book of
 * what it was told: which frames are acknowledged, what it was shown, and whether the server ever broke its word.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as awarenessProtocol from "y-protocols/awareness";
import * as Y from "yjs";
import { canEdit, type Role } from "#domain/collab/access.ts";
import { frameTypes } from "#domain/collab/frames.ts";
import type { Person } from "../connection.ts";
import { Content } from "./content.ts";
import type { Dice } from "./dice.ts";
import { changeFilm, comment, trespass, type FilmChange } from "./film-changes.ts";
import type { FilmRecord } from "./film-record.ts";
import type { PeerEnd } from "./socket-pair.ts";

const step1 = 0;
const step2 = 1;
const update = 2;

export interface SeededPeerOptions {
  name: string;
  role: Role;
  film: FilmRecord;
  dice: Dice;
  /** Called when the server did what it must not. */
  onFault: (what: string) => void;
}

export class SeededPeer {
  readonly name: string;
  readonly role: Role;
  readonly film: FilmRecord;
  doc: Y.Doc;
  awareness: awarenessProtocol.Awareness;
  /** The end of the line that it is on now. */
  line: PeerEnd | null = null;
  isOpen = false;
  isSynced = false;
  /** Of the line it is on now. */
  saved = 0;
  edits = 0;
  readonly closeCodes: number[] = [];
  /** Its document holds what it was not allowed to do. */
  isSpoiled = false;
  /** Update-carrying frames sent on this line. */
  #sent: Content[] = [];
  /** The first of them that must not be stored. */
  #firstForbidden: number | null = null;
  #isTrespassing = false;
  #generation: string | null = null;
  readonly #dice: Dice;
  readonly #onFault: (what: string) => void;

  constructor({ name, role, film, dice, onFault }: SeededPeerOptions) {
    this.name = name;
    this.role = role;
    this.film = film;
    this.#dice = dice;
    this.#onFault = onFault;
    [this.doc, this.awareness] = this.#newDocument();
  }

  get person(): Person {
    return { userId: `user of ${this.name}`, name: this.name, role: this.role, workspaceId: "workspace" };
  }
  /** Everything it sent on this line is acknowledged. */
  get isSaved(): boolean {
    return this.isOpen && this.saved === this.#sent.length;
  }
  get sent(): number {
    return this.#sent.length;
  }

  /** Gets on a line, in the place of the one it was on. */
  plugIn(line: PeerEnd): void {
    this.unplug();
    this.line = line;
    this.#sent = [];
    this.saved = 0;
    this.#firstForbidden = null;
    const isCurrent = (run: () => void) => () => this.line === line && run();
    line.onOpen = isCurrent(() => {
      this.isOpen = true;
      this.#send(frameTypes.sync, step1, Y.encodeStateVector(this.doc));
      this.#shareAwareness([this.doc.clientID]);
    });
    line.onMessage = (message) => {
      if (this.line === line) this.#read(message);
    };
    line.onGarbage = (error) => this.#fault(`was sent garbage: ${String(error)}`);
    line.onClose = (code) => {
      if (this.line !== line) return;
      this.closeCodes.push(code);
      if (code >= 4400 && code < 4500) this.#fault(`was closed with ${code}`);
      this.#leave();
    };
  }

  /** Says goodbye, as a tab that is closed. */
  unplug(): void {
    const { line } = this;
    this.#leave();
    line?.close();
  }

  /** Comes back as somebody who reloads the page: with nothing. */
  beginAnew(): void {
    this.unplug();
    this.doc.destroy();
    [this.doc, this.awareness] = this.#newDocument();
    this.isSpoiled = false;
  }

  /** Makes a change that this person may make; viewers only look. */
  edit(what?: FilmChange): void {
    if (this.role === "viewer") return;
    this.edits += 1;
    if (canEdit(this.role)) changeFilm(this.doc, this.#dice, what);
    else comment(this.doc, this.#dice, this.person);
  }

  /** Tries what only an editor may. */
  trespass(): void {
    this.isSpoiled = true;
    this.#isTrespassing = true;
    const from = Y.getState(this.doc.store, this.doc.clientID);
    trespass(this.doc, this.#dice);
    this.film.forbidden.structs.add(this.doc.clientID, from, Y.getState(this.doc.store, this.doc.clientID));
    this.#isTrespassing = false;
  }

  point(): void {
    this.awareness.setLocalStateField("cursor", this.#dice.below(1000));
  }
  /** Clients do so every 15 seconds, so that others know they are still there. */
  pointAgain(): void {
    this.awareness.setLocalState(this.awareness.getLocalState());
  }

  /** Leaves for good. */
  end(): void {
    this.unplug();
    this.doc.destroy();
  }

  /** Who it sees, by name. */
  get sees(): string[] {
    const names = [...this.awareness.getStates().values()].map((state) => String(state["name"]));
    return names.sort();
  }

  #newDocument(): [Y.Doc, awarenessProtocol.Awareness] {
    const doc = new Y.Doc();
    doc.clientID = this.#dice.between(1, 2 ** 32 - 1);
    this.film.noteAuthor(doc.clientID, this.name);
    doc.on("update", (bytes: Uint8Array, origin: unknown) => {
      if (origin === this || !this.isOpen) return;
      this.#sendUpdate(update, bytes);
      // TCP does not say a thing twice, but a client may.
      if (this.#dice.chance(0.03)) this.#sendUpdate(update, bytes);
    });
    const awareness = new awarenessProtocol.Awareness(doc);
    awareness.setLocalState({ name: this.name });
    type Changes = { added: number[]; updated: number[]; removed: number[] };
    awareness.on("update", ({ added, updated, removed }: Changes) =>
      this.#shareAwareness([...added, ...updated, ...removed]),
    );
    return [doc, awareness];
  }

  #leave(): void {
    this.line = null;
    this.isOpen = false;
    this.isSynced = false;
    const others = [...this.awareness.getStates().keys()].filter((id) => id !== this.doc.clientID);
    awarenessProtocol.removeAwarenessStates(this.awareness, others, this);
  }

  #read(message: Uint8Array): void {
    const decoder = decoding.createDecoder(message);
    switch (decoding.readVarUint(decoder)) {
      case frameTypes.sync: {
        const kind = decoding.readVarUint(decoder);
        return this.#readSync(kind, decoding.readVarUint8Array(decoder));
      }
      case frameTypes.awareness:
        return awarenessProtocol.applyAwarenessUpdate(this.awareness, decoding.readVarUint8Array(decoder), this);
      case frameTypes.auth:
        decoding.readVarUint(decoder);
        // A guest who was shown what is not stored yet may bring it along when asked for its own.
        if (!this.isSpoiled && this.film.late.isEmpty)
          this.#fault(`was refused without a reason: ${decoding.readVarString(decoder)}`);
        return;
      case frameTypes.saved:
        return this.#noteSaved(decoding.readVarUint(decoder));
      case frameTypes.generation: {
        const generation = decoding.readVarString(decoder);
        if (this.#generation !== null && this.#generation !== generation) this.#fault("was told another generation");
        this.#generation = generation;
      }
    }
  }

  #readSync(kind: number, bytes: Uint8Array): void {
    if (kind === step1) return this.#sendUpdate(step2, Y.encodeStateAsUpdate(this.doc, bytes));
    const content = Content.of(bytes);
    this.film.shown.add(content);
    for (const [client, ranges] of this.film.forbidden.structs.of)
      for (const [from, to] of content.structs.of.get(client) ?? [])
        if (ranges.some((range) => from < range[1] && range[0] < to)) this.#fault("was shown what nobody may write");
    Y.applyUpdate(this.doc, bytes, this);
    if (kind === step2) this.isSynced = true;
  }

  #noteSaved(frames: number): void {
    if (frames < this.saved || frames > this.#sent.length)
      return this.#fault(`sent ${this.#sent.length} frames, of which ${this.saved} and then ${frames} were saved`);
    for (const content of this.#sent.slice(this.saved, frames)) this.film.acknowledged.add(content);
    this.saved = frames;
    if (this.#firstForbidden !== null && frames >= this.#firstForbidden)
      this.#fault(`had frame ${frames} acknowledged, though frame ${this.#firstForbidden} must be refused`);
  }

  #sendUpdate(kind: typeof step2 | typeof update, bytes: Uint8Array): void {
    this.#sent.push(Content.of(bytes));
    if (this.#isTrespassing || (this.isSpoiled && kind === step2)) this.#firstForbidden ??= this.#sent.length;
    this.#send(frameTypes.sync, kind, bytes);
  }

  #shareAwareness(clients: number[]): void {
    if (!this.isOpen) return;
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, frameTypes.awareness);
    encoding.writeVarUint8Array(encoder, awarenessProtocol.encodeAwarenessUpdate(this.awareness, clients));
    this.line?.send(encoding.toUint8Array(encoder));
  }

  #send(type: number, kind: number, bytes: Uint8Array): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, type);
    encoding.writeVarUint(encoder, kind);
    encoding.writeVarUint8Array(encoder, bytes);
    this.line?.send(encoding.toUint8Array(encoder));
  }

  #fault(what: string): void {
    this.#onFault(`${this.name} (${this.role}) ${what}`);
  }
}
