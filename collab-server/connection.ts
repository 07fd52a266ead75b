/**
 * One editor's socket: reads frames, holds back what the peer is too slow for, closes with our codes. It knows nothing
 * of documents; the room does.
 */
import type { RawData, WebSocket } from "ws";
import { canEdit, type Role } from "#domain/collab/access.ts";
import { closeCodes, type CloseCode } from "#domain/collab/close-codes.ts";
import { readFrame, savedFrame, type ClientFrame } from "./frames.ts";
import { limits } from "./limits.ts";

export interface Person {
  userId: string;
  name: string;
  role: Role;
  workspaceId: string;
}

interface ConnectionEvents {
  frame: (connection: Connection, frame: ClientFrame) => void;
  /** Once per connection, however it ended. */
  closed: (connection: Connection) => void;
  /** It was behind and has drained: it wants what it missed. */
  drained: (connection: Connection) => void;
}

export class Connection {
  readonly ws: WebSocket;
  readonly person: Person;
  /** Update-carrying frames received so far. */
  received = 0;
  /** How many of them, from the first, are stored. */
  saved = 0;
  /** A refused frame stands for ever unstored: nothing after it can be acknowledged. */
  refused = false;
  askedBack = false;
  /** Set while the socket is too full: the room's sequence number of the first update it missed. */
  missedFrom: number | null = null;
  behindSince = 0;
  /** Sent at once on joining; does not count as being slow. */
  allowance = 0;
  heardAt: number;
  readonly #events: ConnectionEvents;
  readonly #now: () => number;
  #tokens: number = limits.frameBurst;
  #tokensAt: number;
  #paused = new Set<"rate" | "room">();
  #rateTimer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(ws: WebSocket, person: Person, events: ConnectionEvents, now: () => number) {
    this.ws = ws;
    this.person = person;
    this.#events = events;
    this.#now = now;
    this.heardAt = now();
    this.#tokensAt = this.heardAt;
    ws.on("message", (data, isBinary) => this.#read(data, isBinary));
    ws.on("pong", () => (this.heardAt = this.#now()));
    ws.on("close", () => this.#end());
  }

  get userId(): string {
    return this.person.userId;
  }
  get canEdit(): boolean {
    return canEdit(this.person.role);
  }
  get isOpen(): boolean {
    return !this.#closed && this.ws.readyState === this.ws.OPEN;
  }
  get isBehind(): boolean {
    return this.missedFrom !== null;
  }

  /** Sends a part of the document. A full socket is told what it missed when it has drained. */
  sendUpdate(frame: Buffer, sequence: number): void {
    if (!this.isOpen || this.isBehind) return;
    if (this.ws.bufferedAmount > limits.softBufferedBytes) {
      this.missedFrom = sequence;
      this.behindSince = this.#now();
      return;
    }
    this.ws.send(frame);
  }

  /** Sends what nobody misses when it is dropped, or what is too small to matter. */
  sendPassing(frame: Buffer): void {
    if (this.isOpen && !this.isBehind && this.ws.bufferedAmount <= limits.softBufferedBytes) this.ws.send(frame);
  }

  /** Sends regardless of how full the socket is: what a join answers, what is missing after a drain. */
  sendWhole(frame: Buffer): void {
    if (!this.isOpen) return;
    this.allowance = Math.max(this.allowance, frame.length);
    this.ws.send(frame);
  }

  /** The first `frames` update-carrying frames of this socket are stored. */
  acknowledge(frames: number): void {
    if (frames <= this.saved) return;
    this.saved = frames;
    if (this.isOpen) this.ws.send(savedFrame(frames));
  }

  /** Looks at how full the socket is; called by the process's one sweep. */
  sweep(now: number): void {
    if (!this.isOpen) return;
    const buffered = this.ws.bufferedAmount;
    if (this.missedFrom !== null && buffered <= limits.drainedBytes) this.#events.drained(this);
    else if (buffered > limits.hardBufferedBytes + this.allowance) this.close(4508);
    else if (this.missedFrom !== null && now - this.behindSince > limits.behindMs) this.close(4508);
    else if (this.#paused.size === 0 && now - this.heardAt > limits.silentMs) this.ws.terminate();
  }

  ping(): void {
    if (this.isOpen && !this.isBehind) this.ws.ping();
  }

  holdReading(reason: "rate" | "room", hold: boolean): void {
    if (hold) this.#paused.add(reason);
    else this.#paused.delete(reason);
    if (this.#paused.size > 0) this.ws.pause();
    else {
      this.heardAt = this.#now();
      this.ws.resume();
    }
  }

  /** Ends the connection with a code of ours; at once for everybody else, whatever the peer does. */
  close(code: CloseCode): void {
    closeSocket(this.ws, code);
    this.#end();
  }

  #read(data: RawData, isBinary: boolean): void {
    if (this.#closed) return;
    this.heardAt = this.#now();
    let frame: ClientFrame;
    try {
      if (!isBinary || !(data instanceof Uint8Array)) throw new Error("not a binary frame");
      frame = readFrame(data);
    } catch {
      return this.close(4400);
    }
    this.#events.frame(this, frame);
    this.#spendToken();
  }

  #spendToken(): void {
    const now = this.#now();
    this.#tokens =
      Math.min(limits.frameBurst, this.#tokens + ((now - this.#tokensAt) * limits.framesPerSecond) / 1000) - 1;
    this.#tokensAt = now;
    if (this.#tokens > 0 || this.#rateTimer !== null || this.#closed) return;
    this.holdReading("rate", true);
    const refillMs = ((1 - this.#tokens) * 1000) / limits.framesPerSecond;
    this.#rateTimer = setTimeout(
      () => {
        this.#rateTimer = null;
        if (!this.#closed) this.holdReading("rate", false);
      },
      Math.max(100, refillMs),
    );
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#rateTimer !== null) clearTimeout(this.#rateTimer);
    this.#events.closed(this);
  }
}

/** Closes with the code's name as reason and does not wait for ever for the peer to agree. */
export function closeSocket(ws: WebSocket, code: CloseCode): void {
  // A paused socket would never read the peer's half of the closing.
  ws.resume();
  ws.close(code, closeCodes[code].name);
  setTimeout(() => ws.terminate(), 2000).unref();
}
