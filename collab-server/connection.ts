/**
 * One editor's socket: reads frames, holds back what the peer is too slow for, closes with our codes. It knows nothing
 * of documents; the room does.
 */
import { canEdit, type Role } from "#domain/collab/access.ts";
import type { CloseCode, CloseReason } from "#domain/collab/close-codes.ts";
import { closeSocket, type EditorSocket } from "./editor-socket.ts";
import {
  deniedMessage,
  fragmentsOf,
  framed,
  readFrame,
  savedMessage,
  type ClientFrame,
  type Message,
} from "./frames.ts";
import { limits } from "./limits.ts";
import { TokenBucket } from "./token-bucket.ts";

export interface Person {
  userId: string;
  name: string;
  role: Role;
  workspaceId: string;
}

export interface ConnectionEvents {
  frame: (connection: Connection, frame: ClientFrame) => void;
  /** Once per connection, however it ended. */
  closed: (connection: Connection) => void;
  /** It was behind and has drained: it wants what it missed. */
  drained: (connection: Connection) => void;
}

/** A large message on its way, a fragment at a time. */
type Transfer = Generator<[Buffer, Uint8Array]>;

export class Connection {
  readonly socket: EditorSocket;
  readonly person: Person;
  /** Update-carrying frames received so far. */
  received = 0;
  /** How many of them, from the first, are stored. */
  saved = 0;
  /** The first frame that was refused. It stands for ever unstored, so it and what follows is never acknowledged. */
  #refusedAt = Infinity;
  askedBack = false;
  /** Counts up with everyone who comes into the room. */
  joined = 0;
  /** Set while the socket is too full: the room's sequence number of the first update it missed. */
  missedFrom: number | null = null;
  readonly #events: ConnectionEvents;
  readonly #now: () => number;
  #heardAt: number;
  /** When the network last took something of what it should. */
  #progressAt: number;
  #transfer: Transfer | null = null;
  /** What waits for the end of a transfer: no other message may stand between its fragments. */
  #afterTransfer: Message[] = [];
  #saidSaved = 0;
  #frameBudget: TokenBucket;
  #byteBudget: TokenBucket;
  /** In ms of holding it back: whoever has to be held back all the time is closed in the end. */
  #patience: TokenBucket;
  #rateTimer: NodeJS.Timeout | null = null;
  #isHeldByRoom = false;
  #closed = false;

  constructor(socket: EditorSocket, person: Person, events: ConnectionEvents, now: () => number) {
    this.socket = socket;
    this.person = person;
    this.#events = events;
    this.#now = now;
    this.#heardAt = now();
    this.#progressAt = this.#heardAt;
    this.#frameBudget = new TokenBucket(limits.framesPerSecond, limits.frameBurst, this.#heardAt);
    this.#byteBudget = new TokenBucket(limits.bytesPerSecond, limits.byteBurst, this.#heardAt);
    this.#patience = new TokenBucket(limits.heldMsPerSecond, limits.mostHeldMs, this.#heardAt);
    socket.on("message", (data, isBinary) => this.#read(data, isBinary));
    socket.on("pong", () => (this.#heardAt = this.#now()));
    socket.on("close", () => this.#end());
  }

  get userId(): string {
    return this.person.userId;
  }
  get canEdit(): boolean {
    return canEdit(this.person.role);
  }
  get isOpen(): boolean {
    return !this.#closed && this.socket.readyState === this.socket.OPEN;
  }
  /** It has all that the room has shown. */
  get isUpToDate(): boolean {
    return this.missedFrom === null && this.#transfer === null;
  }

  /** Sends a part of the document. A full socket is told what it missed when it has drained. */
  sendUpdate(frame: Buffer, sequence: number): void {
    if (!this.isOpen || this.missedFrom !== null) return;
    if (this.#transfer !== null || this.socket.bufferedAmount > limits.softBufferedBytes) {
      this.missedFrom = sequence;
      this.#progressAt = this.#now();
      return;
    }
    if (this.saved === this.#saidSaved) return this.socket.writeFramed(frame);
    // In one write: it costs more than all the rest.
    this.#saidSaved = this.saved;
    this.socket.writeFramed(Buffer.concat([framed(savedMessage(this.saved)), frame]));
  }

  /** Sends what nobody misses when it is dropped; whoever is behind gets it anew with what it missed. */
  sendPassing(frame: Buffer): void {
    if (this.isOpen && this.isUpToDate && this.socket.bufferedAmount <= limits.softBufferedBytes)
      this.socket.writeFramed(frame);
  }

  /** Sends what must arrive, in order; a large message in slices, as the socket drains. */
  send(message: Message): void {
    if (!this.isOpen) return;
    if (this.#transfer !== null) {
      this.#afterTransfer.push(message);
    } else if (message.body.length <= limits.sliceBytes) {
      this.socket.writeFramed(framed(message));
    } else {
      this.#transfer = fragmentsOf(message, limits.sliceBytes);
      this.#sendSlice();
    }
  }

  /** The first `frames` update-carrying frames of this socket are stored; said with the next update it is sent. */
  acknowledge(frames: number): void {
    this.saved = Math.max(this.saved, Math.min(frames, this.#refusedAt - 1));
  }

  /** That update-carrying frame is not taken. */
  refuse(frame: number, reason: string): void {
    this.#refusedAt = Math.min(this.#refusedAt, frame);
    this.send(deniedMessage(reason));
  }

  /** Says how many are stored, unless that was said already. */
  saySaved(): void {
    if (!this.isOpen || this.#transfer !== null || this.saved === this.#saidSaved) return;
    this.#saidSaved = this.saved;
    this.socket.writeFramed(framed(savedMessage(this.saved)));
  }

  /** Looks at how full the socket is; called by the process's one sweep. */
  sweep(now: number): void {
    if (!this.isOpen) return;
    const buffered = this.socket.bufferedAmount;
    const isWaiting = this.missedFrom !== null || this.#transfer !== null;
    if (this.missedFrom !== null && this.#transfer === null && buffered <= limits.drainedBytes)
      this.#events.drained(this);
    else if (buffered > limits.hardBufferedBytes) this.close(4508);
    else if (isWaiting && now - this.#progressAt > limits.behindMs) this.close(4508);
    else if (!this.#isHeld && now - this.#heardAt > limits.silentMs) this.socket.terminate();
  }

  ping(): void {
    if (this.isOpen && this.missedFrom === null) this.socket.ping();
  }

  /** The room has more on its way to Postgres than it may: nothing more is read. */
  holdReading(hold: boolean): void {
    this.#isHeldByRoom = hold;
    this.#readOrNot();
  }

  /** Ends the connection with a code of ours; at once for everybody else, whatever the peer does. */
  close(code: CloseCode, reason?: CloseReason): void {
    closeSocket(this.socket, code, reason);
    this.#end();
  }

  get #isHeld(): boolean {
    return this.#isHeldByRoom || this.#rateTimer !== null;
  }

  #read(data: unknown, isBinary: boolean): void {
    if (this.#closed) return;
    this.#heardAt = this.#now();
    let frame: ClientFrame;
    try {
      if (!isBinary || !(data instanceof Uint8Array)) throw new Error("not a binary frame");
      frame = readFrame(data);
    } catch {
      return this.close(4400);
    }
    this.#events.frame(this, frame);
    this.#spend(data.length);
  }

  #spend(bytes: number): void {
    const now = this.#heardAt;
    const debtMs = Math.max(this.#frameBudget.spend(1, now), this.#byteBudget.spend(bytes, now));
    if (debtMs === 0 || this.#closed || this.#rateTimer !== null) return;
    const waitMs = Math.max(limits.shortestHoldMs, debtMs);
    if (this.#patience.spend(waitMs, now) > 0) return this.close(4529, "too-fast");
    this.#rateTimer = setTimeout(() => {
      this.#rateTimer = null;
      if (!this.#closed) this.#readOrNot();
    }, waitMs);
    this.#readOrNot();
  }

  #readOrNot(): void {
    if (this.#isHeld) return this.socket.pause();
    this.#heardAt = this.#now();
    this.socket.resume();
  }

  #sendSlice(): void {
    if (!this.isOpen || this.#transfer === null) return;
    const next = this.#transfer.next();
    if (next.done === true) return this.#endTransfer();
    const [start, slice] = next.value;
    this.#progressAt = this.#now();
    this.socket.cork();
    this.socket.writeFramed(start);
    // The next slice with the next turn: other rooms come in between.
    this.socket.writeFramed(slice, () => setImmediate(() => this.#sendSlice()));
    this.socket.uncork();
  }

  #endTransfer(): void {
    this.#transfer = null;
    const waiting = this.#afterTransfer.splice(0);
    for (const message of waiting) this.send(message);
    if (this.#transfer !== null) return;
    this.saySaved();
    if (this.missedFrom !== null) this.#events.drained(this);
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#transfer?.return(undefined);
    this.#transfer = null;
    this.#afterTransfer = [];
    if (this.#rateTimer !== null) clearTimeout(this.#rateTimer);
    this.#events.closed(this);
  }
}
