/** The far end of the film's socket for tests in one process: hears what the client sends, says what the test wants. */
import * as encoding from "lib0/encoding";
import * as decoding from "lib0/decoding";
import * as sync from "y-protocols/sync";
import * as Y from "yjs";
import { frameTypes } from "#domain/collab/frames.ts";
import { carriesUpdate } from "../saved-count.ts";

export class FakeSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSED = 3;
  static opened: FakeSocket[] = [];
  readonly OPEN = 1;
  readyState: number = FakeSocket.CONNECTING;
  binaryType = "arraybuffer";
  onopen: (() => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
  readonly sent: Uint8Array[] = [];
  readonly url: string;
  readonly #listeners: (() => void)[] = [];

  constructor(url: string) {
    this.url = url;
    FakeSocket.opened.push(this);
  }

  /** The newest connection that the client asked for. */
  static get last(): FakeSocket {
    const socket = FakeSocket.opened.at(-1);
    if (!socket) throw new Error("nobody connected");
    return socket;
  }

  get parameters(): URLSearchParams {
    return new URL(this.url).searchParams;
  }
  /** How many frames with updates came in. */
  get received(): number {
    return this.sent.filter(carriesUpdate).length;
  }

  addEventListener(_type: "message", listener: () => void): void {
    this.#listeners.push(listener);
  }
  send(data: Uint8Array): void {
    this.sent.push(data);
  }
  close(): void {
    this.readyState = FakeSocket.CLOSED;
  }

  /** Lets the client in, and names the document. */
  letIn(generation: string): void {
    this.readyState = FakeSocket.OPEN;
    this.onopen?.();
    this.say((encoder) => {
      encoding.writeVarUint(encoder, frameTypes.generation);
      encoding.writeVarString(encoder, generation);
    });
  }
  /** Answers sync step 1 with what `doc` holds, and asks back. */
  syncWith(doc = new Y.Doc()): void {
    this.say((encoder) => {
      encoding.writeVarUint(encoder, frameTypes.sync);
      sync.writeSyncStep2(encoder, doc);
    });
    this.say((encoder) => {
      encoding.writeVarUint(encoder, frameTypes.sync);
      sync.writeSyncStep1(encoder, doc);
    });
  }
  /** Stores all that came in. */
  storeAll(): void {
    this.say((encoder) => {
      encoding.writeVarUint(encoder, frameTypes.saved);
      encoding.writeVarUint(encoder, this.received);
    });
  }
  /** Shows everybody the newest update, its author too. */
  echo(): void {
    const frame = this.sent.filter(carriesUpdate).at(-1);
    if (frame) this.#deliver(frame);
  }
  refuse(reason: string): void {
    this.say((encoder) => {
      encoding.writeVarUint(encoder, frameTypes.auth);
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarString(encoder, reason);
    });
  }
  shut(code: number, reason = ""): void {
    this.readyState = FakeSocket.CLOSED;
    this.onclose?.({ code, reason });
  }
  say(write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder();
    write(encoder);
    this.#deliver(encoding.toUint8Array(encoder));
  }

  /** What a server that took everything would hold. */
  get text(): string {
    const doc = new Y.Doc();
    for (const frame of this.sent.filter(carriesUpdate)) {
      const decoder = decoding.createDecoder(frame);
      decoding.readVarUint(decoder);
      sync.readSyncMessage(decoder, encoding.createEncoder(), doc, null);
    }
    return doc.getText("screenplay").toString();
  }

  #deliver(frame: Uint8Array): void {
    for (const listener of this.#listeners) listener();
    this.onmessage?.({ data: frame.slice().buffer });
  }
}
