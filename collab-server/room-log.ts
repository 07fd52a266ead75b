/**
 * The way of an edit in one room: gathered, committed, shown to everyone, acknowledged; in that order. One row per
 * gathering, one row on its way at a time. When a commit takes long, what waits is shown first and acknowledged later.
 * A named edit has a row of its own and is shown only once stored, because another instance may have stored it first.
 */
import { limits } from "./limits.ts";
import type { AppendOutcome, LogWriter } from "./store/log-writer.ts";
import type { Ticker } from "./ticker.ts";
import { mergeGathered, mergeInTree, type UpdateContent } from "./updates.ts";

/** Whose frames an update came in: it is told how many of them are stored. */
interface Author {
  /** Notes it; said with what it is sent next, or by `saySaved`. */
  acknowledge(frames: number): void;
  saySaved(): void;
}

interface Submission {
  bytes: Uint8Array;
  content: UpdateContent;
  /** The author, and how many update-carrying frames it had sent with this one. */
  author: { who: Author; frames: number };
}
export type EditOutcome = AppendOutcome;

/** What was gathered in one window, or one named edit. */
interface Packet {
  bytes: Uint8Array;
  contents: UpdateContent[];
  savedUpTo: Map<Author, number>;
  edit: { id: string; settle: (outcome: EditOutcome) => void } | null;
  /** Given by the room once everyone was sent it; noted when stored. */
  shown: { stored: (position: number) => void } | null;
}

export interface RoomLogEvents {
  /** Sends bytes to everyone here. @returns what to call when they are stored */
  show: (bytes: Uint8Array) => { stored: (position: number) => void };
  /** Bytes that everyone here sees, and that are not stored yet. */
  late: (bytes: Uint8Array) => void;
  /** A row is stored; everyone here has it. */
  stored: (position: number, bytes: Uint8Array, contents: UpdateContent[]) => void;
  gone: () => void;
  /** Bytes that wait for Postgres, more or fewer than before. */
  unstored: (change: number) => void;
  /** Updates that decode but cannot be merged: whoever sent them. */
  unmergeable: (authors: Author[], error: unknown) => void;
}

export class RoomLog {
  readonly documentId: string;
  readonly #writer: LogWriter;
  readonly #events: RoomLogEvents;
  readonly #ticker: Ticker;
  readonly #now: () => number;
  #gathering: Submission[] = [];
  #waiting: Packet[] = [];
  #inFlight: Packet[] | null = null;
  #isLate = false;
  #isGone = false;
  #lastFlushAt = -Infinity;
  #isFlushDue = false;
  #whenQuiet: (() => void)[] = [];

  constructor(documentId: string, writer: LogWriter, events: RoomLogEvents, ticker: Ticker, now: () => number) {
    this.documentId = documentId;
    this.#writer = writer;
    this.#events = events;
    this.#ticker = ticker;
    this.#now = now;
  }

  get isQuiet(): boolean {
    return this.#gathering.length === 0 && this.#waiting.length === 0 && this.#inFlight === null;
  }

  submit(submission: Submission): void {
    if (this.#isGone) return;
    this.#gathering.push(submission);
    this.#events.unstored(submission.bytes.length);
    if (this.#isFlushDue) return;
    this.#isFlushDue = true;
    const flush = () => this.flush();
    // A lone edit leaves with the end of this turn of the event loop, together with what came in the same packet.
    if (this.#now() - this.#lastFlushAt >= limits.quietMs) setImmediate(flush);
    else this.#ticker.next(flush);
  }

  /** Stores a named edit. */
  submitEdit(id: string, bytes: Uint8Array, content: UpdateContent): Promise<EditOutcome> {
    if (this.#isGone) return Promise.resolve({ status: "gone" });
    this.flush();
    this.#events.unstored(bytes.length);
    return new Promise((settle) => {
      this.#waiting.push({ bytes, contents: [content], savedUpTo: new Map(), edit: { id, settle }, shown: null });
      this.#pump();
    });
  }

  /** An author's frame that brought nothing new: acknowledged as soon as those before it are. */
  acknowledgeNothing(who: Author, frames: number): void {
    const last = this.#gathering.findLast((item) => item.author.who === who)?.author;
    if (last !== undefined) return void (last.frames = frames);
    const packet = [...(this.#inFlight ?? []), ...this.#waiting].findLast((item) => item.savedUpTo.has(who));
    if (packet !== undefined) return void packet.savedUpTo.set(who, frames);
    who.acknowledge(frames);
    who.saySaved();
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
    this.#isFlushDue = false;
    if (this.#gathering.length === 0) return;
    this.#lastFlushAt = this.#now();
    const gathered = this.#gathering;
    this.#gathering = [];
    try {
      const packet: Packet = {
        bytes: mergeGathered(gathered),
        contents: gathered.map((item) => item.content),
        savedUpTo: new Map(gathered.map(({ author }) => [author.who, author.frames])),
        edit: null,
        shown: null,
      };
      this.#events.unstored(packet.bytes.length - sizeOf(gathered));
      if (this.#isLate) this.#showNow(packet);
      this.#waiting.push(packet);
    } catch (error) {
      this.#events.unstored(-sizeOf(gathered));
      this.#events.unmergeable([...new Set(gathered.map(({ author }) => author.who))], error);
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
      const isAlone = packet.edit !== null || this.#waiting[0]?.edit !== null;
      if (count > 0 && (isAlone || bytes + packet.bytes.length > limits.maxRowBytes)) break;
      bytes += packet.bytes.length;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #store(packets: Packet[], bytes: Uint8Array): Promise<void> {
    const lateTimer = setTimeout(() => this.#showLate(), limits.lateCommitMs);
    const editIds = packets.flatMap(({ edit }) => (edit === null ? [] : [edit.id]));
    const outcome = await this.#writer.append({ documentId: this.documentId, bytes, editIds });
    clearTimeout(lateTimer);
    this.#isLate = false;
    this.#inFlight = null;
    switch (outcome.status) {
      case "gone":
        this.#abandon(packets);
        break;
      case "repeated":
        for (const packet of packets) packet.edit?.settle(outcome);
        this.#events.unstored(-sizeOf(packets));
        break;
      case "stored":
        this.#settle(packets, bytes, outcome.position);
    }
    this.#pump();
  }

  #settle(packets: Packet[], bytes: Uint8Array, position: number): void {
    for (const packet of packets) for (const [author, frames] of packet.savedUpTo) author.acknowledge(frames);
    if (packets.every((packet) => packet.shown === null)) {
      this.#events.show(bytes).stored(position);
    } else {
      for (const packet of packets) (packet.shown ?? this.#events.show(packet.bytes)).stored(position);
    }
    for (const packet of packets) for (const author of packet.savedUpTo.keys()) author.saySaved();
    const contents = packets.flatMap((packet) => packet.contents);
    this.#events.stored(position, bytes, contents);
    for (const packet of packets) packet.edit?.settle({ status: "stored", position });
    this.#events.unstored(-sizeOf(packets));
  }

  /** The document was deleted under us. */
  #abandon(packets: Packet[]): void {
    this.#isGone = true;
    const all = [...packets, ...this.#waiting.splice(0)];
    for (const packet of all) packet.edit?.settle({ status: "gone" });
    this.#events.unstored(-sizeOf(all) - sizeOf(this.#gathering.splice(0)));
    this.#events.gone();
  }

  #showLate(): void {
    this.#isLate = true;
    for (const packet of [...(this.#inFlight ?? []), ...this.#waiting]) this.#showNow(packet);
  }

  #showNow(packet: Packet): void {
    if (packet.shown !== null || packet.edit !== null) return;
    packet.shown = this.#events.show(packet.bytes);
    this.#events.late(packet.bytes);
  }
}

const sizeOf = (items: readonly { bytes: Uint8Array }[]): number =>
  items.reduce((sum, item) => sum + item.bytes.length, 0);
