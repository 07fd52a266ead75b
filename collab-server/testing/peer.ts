/** An editor: the stock y-websocket client, with an eye on the frames beyond its own. */
import * as decoding from "lib0/decoding";
import type * as encoding from "lib0/encoding";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { frameTypes } from "#domain/collab/frames.ts";

// Each provider says goodbye when the process exits; a crowd in one process is no leak.
process.setMaxListeners(0);

type Handler = (encoder: encoding.Encoder, decoder: decoding.Decoder) => void;

export class Peer {
  readonly doc = new Y.Doc();
  readonly provider: WebsocketProvider;
  /** Who comes with that ticket. */
  readonly userId: string;
  /** Of the socket that is open now. */
  saved = 0;
  sent = 0;
  readonly jobFrames: unknown[] = [];
  readonly ephemeralFrames: unknown[] = [];
  readonly refusals: string[] = [];
  readonly closeCodes: number[] = [];
  /** Every frame that came, as it came. */
  readonly frames: Uint8Array[] = [];
  /** What the screenplay held when the client was first told it is in sync. */
  textAtSync: string | null = null;

  /** @param params  more of them in the URL */
  constructor(
    url: string,
    documentId: string,
    { ticket, userId }: { ticket: string; userId: string },
    connect: boolean,
    params: Record<string, string> = {},
  ) {
    this.userId = userId;
    const onSend = (data: Uint8Array) => {
      if (data[0] === frameTypes.sync && data[1] !== 0) this.sent += 1;
    };
    const onOpen = () => {
      this.saved = 0;
      this.sent = 0;
    };
    const onFrame = (data: unknown) => this.frames.push(new Uint8Array(data as ArrayBuffer));
    class Watched extends WebSocket {
      constructor(address: string) {
        super(address);
        this.on("message", onFrame);
        onOpen();
      }
      override send(data: Uint8Array): void {
        onSend(data);
        super.send(data);
      }
    }
    this.provider = new WebsocketProvider(url, documentId, this.doc, {
      WebSocketPolyfill: Watched as unknown as typeof globalThis.WebSocket,
      params: { ticket, ...params },
      disableBc: true,
      connect,
      maxBackoffTime: 400,
    });
    const handle = (type: number, handler: Handler) => {
      this.provider.messageHandlers[type] = handler;
    };
    handle(frameTypes.saved, (_, decoder) => (this.saved = decoding.readVarUint(decoder)));
    handle(frameTypes.job, (_, decoder) => this.jobFrames.push(JSON.parse(decoding.readVarString(decoder))));
    handle(frameTypes.ephemeral, (_, decoder) =>
      this.ephemeralFrames.push(JSON.parse(decoding.readVarString(decoder))),
    );
    handle(frameTypes.auth, (_, decoder) => {
      decoding.readVarUint(decoder);
      this.refusals.push(decoding.readVarString(decoder));
    });
    this.provider.on("connection-close", (event) => this.closeCodes.push(event?.code ?? 0));
    this.provider.on("sync", (isSynced) => {
      if (isSynced) this.textAtSync ??= this.text;
    });
  }

  get text(): string {
    return this.doc.getText("screenplay").toString();
  }
  /** Says something about the film, under this name (everybody of these tests is called P). */
  remark(id: string, text = "a remark", name = "P"): Y.Map<unknown> {
    const remark = new Y.Map<unknown>(Object.entries({ by: this.userId, name, text }));
    return this.doc.getMap<Y.Map<unknown>>("comments").set(id, remark);
  }

  type(text: string): void {
    const ytext = this.doc.getText("screenplay");
    ytext.insert(ytext.length, text);
  }
  /** Everything this client sent on its present socket is stored. */
  get isSaved(): boolean {
    return this.provider.wsconnected && this.sent > 0 && this.saved === this.sent;
  }
  close(): void {
    this.provider.destroy();
    this.doc.destroy();
  }
}

export async function until(what: string, holds: () => boolean | Promise<boolean>, timeoutMs = 8000): Promise<void> {
  const endAt = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > endAt) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export function docOf(updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
}
