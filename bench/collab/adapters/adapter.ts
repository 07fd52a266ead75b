import type { Client } from "../client.ts";

/** How to talk to one kind of server. */
export interface Adapter {
  /** @param base  `ws://127.0.0.1:<port>` */
  address(base: string, room: string): string;
  /** The socket is open. */
  open(client: Client): void;
  read(client: Client, message: Buffer): void;
  updateFrame(room: string, update: Uint8Array): Uint8Array;
  awarenessFrame(room: string, update: Uint8Array): Uint8Array;
  /** Whether it acknowledges updates. */
  acknowledges: boolean;
  /** Messages that no client should send, by what is wrong with them. */
  garbage(room: string): Record<string, Uint8Array>;
}
