import { EventEmitter } from "node:events";
import type { EditorSocket } from "../editor-socket.ts";

const open = 1;
const closing = 2;
const closed = 3;

/** What goes to the peer. */
export type FromServer = { bytes: Uint8Array } | "ping" | { close: number };

interface Wire {
  /** There may be something to take. */
  take: () => void;
  hold: (isHeld: boolean) => void;
  terminated: () => void;
}

/** The server's end of a `SocketPair`: what it writes is taken by the wire when that has room. */
export class ServerEnd extends EventEmitter implements EditorSocket {
  readonly OPEN = open;
  readyState = open;
  bufferedAmount = 0;
  readonly #wire: Wire;
  readonly #written: { item: FromServer; whenOut: (() => void) | undefined }[] = [];
  #corks = 0;
  #isPaused = false;
  #isDead = false;

  constructor(wire: Wire) {
    super();
    this.#wire = wire;
  }

  writeFramed(bytes: Uint8Array, whenOut?: () => void): void {
    if (this.readyState === open) this.#write({ bytes }, whenOut);
  }
  ping(): void {
    if (this.readyState === open) this.#write("ping");
  }
  cork(): void {
    this.#corks += 1;
  }
  uncork(): void {
    this.#corks = Math.max(0, this.#corks - 1);
    if (this.#corks === 0) this.#wire.take();
  }
  pause(): void {
    if (this.#isPaused) return;
    this.#isPaused = true;
    this.#wire.hold(true);
  }
  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#wire.hold(false);
  }
  close(code: number): void {
    if (this.readyState !== open) return;
    this.readyState = closing;
    this.#write({ close: code });
  }
  terminate(): void {
    if (this.readyState === closed || this.#isDead) return;
    this.#wire.terminated();
    setImmediate(() => this.vanish());
  }

  /** A message of the peer. As in ws it is a view of the buffer in which it came. */
  hear(message: Uint8Array): void {
    const network = Buffer.alloc(message.length + 16, 0xff);
    network.set(message, 8);
    this.emit("message", network.subarray(8, 8 + message.length), true);
  }

  /** The connection is over, and this end knows it. */
  vanish(): void {
    if (this.readyState === closed) return;
    this.readyState = closed;
    this.#forget();
    this.emit("close");
  }

  /** Its process is gone: nobody is told anything. */
  die(): void {
    this.#isDead = true;
    this.readyState = closed;
    this.#forget();
    this.removeAllListeners();
  }

  /** What the network takes next, with what else was written meanwhile when it was corked. */
  takeNext(): FromServer | null {
    if (this.#corks > 0) return null;
    const next = this.#written.shift();
    if (next === undefined) return null;
    const { item, whenOut } = next;
    if (typeof item === "object" && "bytes" in item) this.bufferedAmount -= item.bytes.length;
    if (whenOut !== undefined) setImmediate(() => this.#isDead || whenOut());
    return item;
  }

  #write(item: FromServer, whenOut?: () => void): void {
    if (typeof item === "object" && "bytes" in item) this.bufferedAmount += item.bytes.length;
    this.#written.push({ item, whenOut });
    this.#wire.take();
  }

  #forget(): void {
    const lost = this.#written.splice(0);
    this.bufferedAmount = 0;
    // A write that fails is over as well.
    for (const { whenOut } of lost) if (whenOut !== undefined && !this.#isDead) setImmediate(whenOut);
  }
}
