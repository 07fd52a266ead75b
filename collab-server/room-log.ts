/**
 * The way of an edit in one room: gathered, committed, shown to everyone, acknowledged; in that order. One row per
 * gathering, one row on its way at a time. When a commit takes long, what waits is shown first and acknowledged later.
 */
import { limits } from "./limits.ts";
import type { AppendOutcome, LogWriter } from "./store/log-writer.ts";
import { mergeInTree, type UpdateContent } from "./updates.ts";

/** Whose frames an update came in: it is told how many of them are stored. */
interface Author {
  acknowledge(frames: number): void;
}

interface Submission {
  bytes: Uint8Array;
  content: UpdateContent;
  /** The author, and how many update-carrying frames it had sent with this one. */
  author?: { who: Author; frames: number };
  edit?: { id: string; settle: (outcome: EditOutcome) => void };
}
/** `changed` is false when the edit left the document as it was, so that no row speaks of it. */
export type EditOutcome = { status: "stored"; position: number; changed: boolean } | { status: "gone" };

/** What was gathered in one window. */
interface Packet {
  bytes: Uint8Array;
  contents: UpdateContent[];
  savedUpTo: Map<Author, number>;
  edits: { id: string; settle: (outcome: EditOutcome) => void }[];
  /** Given by the room once everyone was sent it; noted when stored. */
  shown: { stored: (position: number) => void } | null;
}

export interface RoomLogEvents {
  /** Sends bytes to everyone. @returns what to call when they are stored */
  show: (bytes: Uint8Array) => { stored: (position: number) => void };
  stored: (contents: UpdateContent[], bytes: number) => void;
  /** Another instance wrote: read what is above our position, show it. @returns the position now */
  catchUp: () => Promise<number>;
  gone: () => void;
  /** More is unstored than may be: stop reading, or go on. */
  full: (isFull: boolean) => void;
  /** Updates that decode but cannot be merged: whoever sent them. */
  unmergeable: (authors: Author[], error: unknown) => void;
}

export class RoomLog {
  readonly documentId: string;
  /** The last log position known to be stored. */
  position: number;
  readonly #writer: LogWriter;
  readonly #events: RoomLogEvents;
  readonly #now: () => number;
  #gathering: Submission[] = [];
  #waiting: Packet[] = [];
  #inFlight: Packet[] | null = null;
  #unstoredBytes = 0;
  #isFull = false;
  #isLate = false;
  #isGone = false;
  #lastFlushAt = -Infinity;
  #timer: NodeJS.Timeout | NodeJS.Immediate | null = null;
  #whenQuiet: (() => void)[] = [];

  constructor(documentId: string, position: number, writer: LogWriter, events: RoomLogEvents, now: () => number) {
    this.documentId = documentId;
    this.position = position;
    this.#writer = writer;
    this.#events = events;
    this.#now = now;
  }

  get isQuiet(): boolean {
    return this.#gathering.length === 0 && this.#waiting.length === 0 && this.#inFlight === null;
  }
  get unstoredBytes(): number {
    return this.#unstoredBytes;
  }

  submit(submission: Submission): void {
    if (this.#isGone) return submission.edit?.settle({ status: "gone" });
    this.#gathering.push(submission);
    this.#count(submission.bytes.length);
    if (this.#timer !== null) return;
    const waitMs = this.#lastFlushAt + limits.gatherMs - this.#now();
    // A lone edit leaves with the end of this turn of the event loop, together with what came in the same packet.
    this.#timer = waitMs <= 0 ? setImmediate(() => this.flush()) : setTimeout(() => this.flush(), waitMs);
  }

  /** An author's frame that brought nothing new: acknowledged as soon as those before it are. */
  acknowledgeNothing(who: Author, frames: number): void {
    const last = this.#gathering.findLast((item) => item.author?.who === who)?.author;
    if (last !== undefined) return void (last.frames = frames);
    const packet = [...(this.#inFlight ?? []), ...this.#waiting].findLast((item) => item.savedUpTo.has(who));
    if (packet === undefined) who.acknowledge(frames);
    else packet.savedUpTo.set(who, frames);
  }

  /** What was submitted and not shown yet: an edit made here must know of it. */
  hiddenParts(): Uint8Array[] {
    const packets = [...(this.#inFlight ?? []), ...this.#waiting].filter((packet) => packet.shown === null);
    return [...packets.map((packet) => packet.bytes), ...this.#gathering.map((item) => item.bytes)];
  }

  /** Resolves when everything submitted so far has found its fate. */
  quiet(): Promise<void> {
    return this.isQuiet ? Promise.resolve() : new Promise((resolve) => this.#whenQuiet.push(resolve));
  }

  /** Ends the window now. */
  flush(): void {
    if (this.#timer !== null) {
      clearTimeout(this.#timer as NodeJS.Timeout);
      clearImmediate(this.#timer as NodeJS.Immediate);
      this.#timer = null;
    }
    if (this.#gathering.length === 0) return;
    this.#lastFlushAt = this.#now();
    const gathered = this.#gathering;
    this.#gathering = [];
    const authors = gathered.flatMap((item) => (item.author === undefined ? [] : [item.author]));
    try {
      const packet: Packet = {
        bytes: mergeInTree(gathered.map((item) => item.bytes)),
        contents: gathered.map((item) => item.content),
        savedUpTo: new Map(authors.map((author) => [author.who, author.frames])),
        edits: gathered.flatMap((item) => (item.edit === undefined ? [] : [item.edit])),
        shown: null,
      };
      this.#count(packet.bytes.length - sizeOf(gathered));
      if (this.#isLate) packet.shown = this.#events.show(packet.bytes);
      this.#waiting.push(packet);
    } catch (error) {
      this.#count(-sizeOf(gathered));
      for (const item of gathered) item.edit?.settle({ status: "gone" });
      this.#events.unmergeable([...new Set(authors.map((author) => author.who))], error);
    }
    this.#pump();
  }

  #pump(): void {
    if (this.#inFlight !== null) return;
    if (this.#waiting.length === 0) {
      if (this.isQuiet) for (const resolve of this.#whenQuiet.splice(0)) resolve();
      return;
    }
    const packets = this.#takeRow();
    const bytes = this.#mergeRow(packets);
    this.#inFlight = packets;
    void this.#store(packets, bytes);
  }

  /** Packets that cannot be merged go into rows of their own. */
  #mergeRow(packets: Packet[]): Uint8Array {
    try {
      return mergeInTree(packets.map((packet) => packet.bytes));
    } catch {
      this.#waiting.unshift(...packets.splice(1));
      return mergeInTree(packets.map((packet) => packet.bytes));
    }
  }

  #takeRow(): Packet[] {
    let count = 0;
    let bytes = 0;
    for (const packet of this.#waiting) {
      if (count > 0 && bytes + packet.bytes.length > limits.maxRowBytes) break;
      bytes += packet.bytes.length;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #store(packets: Packet[], bytes: Uint8Array): Promise<void> {
    const lateTimer = setTimeout(() => this.#showLate(), limits.lateCommitMs);
    const editIds = packets.flatMap((packet) => packet.edits.map((edit) => edit.id));
    let outcome: AppendOutcome = "taken";
    for (;;) {
      outcome = await this.#writer.append({ documentId: this.documentId, position: this.position + 1, bytes, editIds });
      if (outcome !== "taken") break;
      this.position = await this.#events.catchUp();
    }
    clearTimeout(lateTimer);
    this.#isLate = false;
    this.#inFlight = null;
    if (outcome === "gone") this.#abandon(packets);
    else this.#settle(packets, bytes);
    this.#pump();
  }

  #settle(packets: Packet[], bytes: Uint8Array): void {
    this.position += 1;
    if (packets.every((packet) => packet.shown === null)) {
      this.#events.show(bytes).stored(this.position);
    } else {
      for (const packet of packets) (packet.shown ?? this.#events.show(packet.bytes)).stored(this.position);
    }
    for (const packet of packets) {
      this.#events.stored(packet.contents, packet.bytes.length);
    }
    for (const packet of packets) for (const [author, frames] of packet.savedUpTo) author.acknowledge(frames);
    for (const packet of packets)
      for (const edit of packet.edits) edit.settle({ status: "stored", position: this.position, changed: true });
    this.#uncount(packets);
  }

  /** The document was deleted under us. */
  #abandon(packets: Packet[]): void {
    this.#isGone = true;
    const all = [...packets, ...this.#waiting.splice(0)];
    for (const packet of all) for (const edit of packet.edits) edit.settle({ status: "gone" });
    this.#uncount(all);
    this.#events.gone();
  }

  #showLate(): void {
    this.#isLate = true;
    for (const packet of [...(this.#inFlight ?? []), ...this.#waiting])
      packet.shown ??= this.#events.show(packet.bytes);
  }

  #uncount(packets: Packet[]): void {
    this.#count(-sizeOf(packets));
  }

  #count(bytes: number): void {
    this.#unstoredBytes = Math.max(0, this.#unstoredBytes + bytes);
    const isFull = this.#unstoredBytes > (this.#isFull ? limits.maxUnstoredBytes / 2 : limits.maxUnstoredBytes);
    if (isFull === this.#isFull) return;
    this.#isFull = isFull;
    this.#events.full(isFull);
  }
}

const sizeOf = (items: readonly { bytes: Uint8Array }[]): number =>
  items.reduce((sum, item) => sum + item.bytes.length, 0);
