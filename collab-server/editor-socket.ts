/** The socket of one editor, as a connection needs it; the real one is a WebSocket of `ws`. */
import type { Duplex } from "node:stream";
import { WebSocket } from "ws";
import { closeCodes, type CloseCode, type CloseReason } from "#domain/collab/close-codes.ts";

export interface EditorSocket {
  readonly readyState: number;
  readonly OPEN: number;
  /** Bytes written that the network has not taken yet. */
  readonly bufferedAmount: number;
  /** Writes bytes that are framed already. @param whenOut called once the network has taken them */
  writeFramed(bytes: Uint8Array, whenOut?: () => void): void;
  /** Between the two, writes are gathered and leave together. */
  cork(): void;
  uncork(): void;
  ping(): void;
  /** Stops reading, and reads on. */
  pause(): void;
  resume(): void;
  close(code: number, reason: string): void;
  /** Ends it at once, whatever the peer does. */
  terminate(): void;
  on(event: "message", listener: (data: unknown, isBinary: boolean) => void): unknown;
  on(event: "pong" | "close", listener: () => void): unknown;
}

/**
 * Our frames are made once for a whole room and written past ws; it only reads, answers pings and closes. That is safe
 * because without compression ws writes at once too, so nothing of its own can be half out.
 */
export class EditorWebSocket extends WebSocket implements EditorSocket {
  #wire: Duplex | null = null;

  /** Called once, after the upgrade. */
  useWire(wire: Duplex): void {
    this.#wire = wire;
  }
  writeFramed(bytes: Uint8Array, whenOut?: () => void): void {
    if (whenOut === undefined) this.#wire?.write(bytes);
    else this.#wire?.write(bytes, whenOut);
  }
  cork(): void {
    this.#wire?.cork();
  }
  uncork(): void {
    this.#wire?.uncork();
  }

  /**
   * ws answers a frame that breaks the protocol with a code of the protocol. Stock clients would come back from those and
   * send the same again; ours say that it is no use.
   */
  override close(code?: number, reason?: string | Buffer): void {
    const isOurs = code === undefined || code >= 3000;
    super.close(isOurs ? code : code === 1009 ? 4413 : 4400, reason);
  }
}

/** Closes with the code's name as reason, or a nearer one, and does not wait for ever for the peer to agree. */
export function closeSocket(socket: EditorSocket, code: CloseCode, reason?: CloseReason): void {
  // A paused socket would never read the peer's half of the closing.
  socket.resume();
  socket.close(code, reason ?? closeCodes[code].name);
  setTimeout(() => socket.terminate(), 2000).unref();
}
