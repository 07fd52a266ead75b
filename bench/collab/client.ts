import type { Adapter } from "./adapters/adapter.ts";
import { RawWs } from "./raw-ws.ts";

export interface ClientEvents {
  /** The server takes what is sent from now on. */
  ready?: () => void;
  step2?: (update: Uint8Array) => void;
  update?: (update: Uint8Array) => void;
  /** The first `frames` update-carrying frames of this socket are acknowledged. */
  saved?: (frames: number) => void;
  closed?: (code: number, reason: string) => void;
}

/** What a client has when it comes. */
export interface Baggage {
  /** Whether it asks for the document at all. */
  asks: boolean;
  stateVector: Uint8Array;
  /** What it answers when it is asked back. */
  missing: (stateVector: Uint8Array) => Uint8Array;
}

const emptyUpdate = new Uint8Array([0, 0]);
export const nothing: Baggage = { asks: true, stateVector: new Uint8Array([0]), missing: () => emptyUpdate };

/** One editor's socket, in the words of the server it talks to. */
export class Client {
  readonly ws: RawWs;
  readonly adapter: Adapter;
  readonly room: string;
  readonly baggage: Baggage;
  on: ClientEvents;
  /** Takes every message in place of the adapter: where thousands come a second, looking for marks is enough. */
  hot: ((message: Buffer) => void) | null = null;
  /** Update-carrying frames sent: step 2 and updates. */
  carried = 0;
  /** How many of them were acknowledged. */
  saved = 0;
  isClosed = false;

  constructor(address: string, adapter: Adapter, room: string, on: ClientEvents = {}, baggage: Baggage = nothing) {
    this.adapter = adapter;
    this.room = room;
    this.on = on;
    this.baggage = baggage;
    this.ws = new RawWs(address, {
      open: () => adapter.open(this),
      message: (message) => (this.hot === null ? adapter.read(this, message) : this.hot(message)),
      closed: (code, reason) => {
        this.isClosed = true;
        this.on.closed?.(code, reason);
      },
    });
  }

  sendUpdate(update: Uint8Array): void {
    this.carried += 1;
    this.ws.send(this.adapter.updateFrame(this.room, update));
  }

  noteSaved(frames: number): void {
    this.saved = frames;
    this.on.saved?.(frames);
  }
}
