/**
 * An editor's socket without a network: at one end the `EditorSocket` that a connection writes framed bytes to, at the
 * other whole messages, and between them two lanes that take their time, stall and break as the dice say. Like TCP they
 * keep the order; like TCP a broken one is noticed by the two ends at different times, or by one only much later.
 */
import type { Dice } from "./dice.ts";
import { FramedMessages } from "./framed-messages.ts";
import { Lane } from "./lane.ts";
import { ServerEnd, type FromServer } from "./server-end.ts";

/** What a close event says when nobody said goodbye, and when the other end makes no sense. */
const brokenCode = 1006;
const protocolErrorCode = 1002;

type ToServer = Uint8Array | "pong" | "close";

/** The client's end: like a browser's WebSocket, with whole messages. */
export interface PeerEnd {
  onOpen: () => void;
  onMessage: (message: Uint8Array) => void;
  /** The server broke the protocol; a close event comes after. */
  onGarbage: (error: unknown) => void;
  /** Once. */
  onClose: (code: number) => void;
  send(message: Uint8Array): void;
  /** Says goodbye: what was sent arrives first. */
  close(): void;
}

export interface PairOptions {
  dice: Dice;
  /** A message takes up to this long, each way. */
  longestMs: number;
  /** So many bytes lie in the network; what the server writes beyond waits in its buffer. */
  windowBytes: number;
  /** An end notices up to this much later that the connection broke. */
  longestNoticeMs: number;
}

export class SocketPair {
  readonly server: ServerEnd;
  readonly peer: PeerEnd;
  readonly #dice: Dice;
  readonly #options: PairOptions;
  readonly #down: Lane<FromServer>;
  readonly #up: Lane<ToServer>;
  readonly #reader = new FramedMessages();
  #bytesUnderWay = 0;
  #isPeerOpen = false;
  #isPeerClosed = false;
  #isBroken = false;

  constructor(options: PairOptions) {
    const { dice, longestMs } = options;
    this.#dice = dice;
    this.#options = options;
    this.#down = new Lane(dice.fork(), longestMs, (item) => this.#reachPeer(item));
    this.#up = new Lane(dice.fork(), longestMs, (item) => this.#reachServer(item));
    this.server = new ServerEnd({
      take: () => this.#take(),
      hold: (isHeld) => (isHeld ? this.#up.stall() : this.#up.resume()),
      terminated: () => this.#breakApart(),
    });
    this.peer = {
      onOpen: () => {},
      onMessage: () => {},
      onGarbage: () => {},
      onClose: () => {},
      send: (message) => {
        if (!this.#isPeerClosed) this.#up.put(Uint8Array.from(message));
      },
      close: () => {
        if (!this.#isPeerClosed) this.#up.put("close");
        this.#closePeer(1000);
      },
    };
    setTimeout(() => this.#openPeer(), dice.next() * longestMs);
  }

  /** Nothing moves in either direction, and nobody is told. @returns how to let it go on */
  stall(): () => void {
    this.#down.stall();
    this.#up.stall();
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#down.resume();
      this.#up.resume();
    };
  }

  /** What is under way is lost in both directions; each end notices when it does. */
  cut(): void {
    if (this.#isBroken) return;
    this.#breakApart();
    setTimeout(() => this.server.vanish(), this.#dice.next() * this.#options.longestNoticeMs);
  }

  /** The server's process died: nothing happens at its end any more. What it wrote may still arrive, or not. */
  loseServer(): void {
    this.server.die();
    this.#up.cut();
    if (this.#dice.chance(0.5)) return this.#breakApart();
    this.#isBroken = true;
    this.#down.put({ close: brokenCode });
  }

  #breakApart(): void {
    if (this.#isBroken) return;
    this.#isBroken = true;
    this.#down.cut();
    this.#up.cut();
    setTimeout(() => this.#closePeer(brokenCode), this.#dice.next() * this.#options.longestNoticeMs);
  }

  /** The network takes what it has room for. */
  #take(): void {
    while (!this.#isBroken && this.#bytesUnderWay < this.#options.windowBytes) {
      const next = this.server.takeNext();
      if (next === null) return;
      if (typeof next === "object" && "bytes" in next) this.#bytesUnderWay += next.bytes.length;
      this.#down.put(next);
    }
  }

  #reachPeer(item: FromServer): void {
    if (item === "ping") return this.#up.put("pong");
    if ("close" in item) {
      this.#up.put("close");
      return this.#closePeer(item.close);
    }
    this.#bytesUnderWay -= item.bytes.length;
    this.#openPeer();
    // Buffers end anywhere, also in the middle of a frame's header.
    const middle = this.#dice.below(item.bytes.length + 1);
    this.#read(item.bytes.subarray(0, middle));
    this.#read(item.bytes.subarray(middle));
    this.#take();
  }

  #read(bytes: Uint8Array): void {
    if (this.#isPeerClosed) return;
    try {
      for (const message of this.#reader.take(bytes)) if (!this.#isPeerClosed) this.peer.onMessage(message);
    } catch (error) {
      this.peer.onGarbage(error);
      this.#breakApart();
      this.#closePeer(protocolErrorCode);
    }
  }

  #reachServer(item: ToServer): void {
    if (item === "close") this.server.vanish();
    else if (item === "pong") this.server.emit("pong");
    else this.server.hear(item);
  }

  #openPeer(): void {
    if (this.#isPeerOpen || this.#isPeerClosed) return;
    this.#isPeerOpen = true;
    this.peer.onOpen();
  }

  #closePeer(code: number): void {
    if (this.#isPeerClosed) return;
    this.#isPeerClosed = true;
    this.peer.onClose(code);
  }
}
