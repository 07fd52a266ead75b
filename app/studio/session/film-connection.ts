/**
 * One socket to the film's document, kept alive: fetches a ticket before every connect, counts what is stored,
 * hears jobs and previews, and says in one `Connection` what the top bar shows.
 *
 * The stock provider reconnects by itself with the ticket it has; here every close stops it, and it is started
 * again only with a fresh ticket, because a ticket lives ten minutes and roles change.
 */
import * as decoding from "lib0/decoding";
import { readAuthMessage } from "y-protocols/auth";
import { Awareness } from "y-protocols/awareness";
import { WebsocketProvider } from "y-websocket";
import type * as Y from "yjs";
import { z } from "zod";
import { Role } from "#domain/collab/access.ts";
import { closeCodes, type CloseCode } from "#domain/collab/close-codes.ts";
import { EphemeralFrame, frameTypes, JobFrame } from "#domain/collab/frames.ts";
import { StudioError } from "#domain/errors.ts";
import type { Id } from "#domain/ids.ts";
import { api, sentenceOf } from "./api.ts";
import { countSaved } from "./saved-count.ts";
import type { Connection } from "./session-contract.ts";
import { sameShallow, type Store } from "./store.ts";

export const Ticket = z.object({ url: z.string(), documentId: z.string(), ticket: z.string(), role: Role });
export type Ticket = z.infer<typeof Ticket>;

export async function fetchTicket(projectId: Id): Promise<Ticket> {
  return Ticket.parse(await api.post(`/v1/projects/${projectId}/ticket`));
}

export interface ConnectionEvents {
  job(frame: JobFrame): void;
  ephemeral(frame: EphemeralFrame): void;
  /** The server refused an edit; the reason is a sentence. */
  denied(reason: string): void;
  /** First sync, and every sync after a break. */
  synced(): void;
  roleChanged(role: Role): void;
}

const firstRetryMs = 300;
const longestRetryMs = 8000;
const mostTicketRefusals = 3;

export interface FilmConnection {
  awareness: Awareness;
  /** Sends a frame 102 to everybody in the room; lost when the socket is down. */
  sendEphemeral(frame: Uint8Array): void;
  close(): void;
}

export function connectFilm(options: {
  doc: Y.Doc;
  projectId: Id;
  ticket: Ticket;
  state: Store<Connection>;
  events: ConnectionEvents;
}): FilmConnection {
  const { doc, projectId, state, events } = options;
  const saved = countSaved();
  const awareness = new Awareness(doc);
  let role = options.ticket.role;
  let closed = false;
  let failures = 0;
  let refusals = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;

  // Registered ahead of the provider's own listener, so that an edit is known before the frame that carries it.
  const onUpdate = (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
    if (!transaction.local) return;
    saved.edited();
    show();
  };
  doc.on("update", onUpdate);

  class CountingSocket extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      saved.socketOpened();
    }
    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBufferLike>): void {
      if (data instanceof Uint8Array) saved.frameSent(data);
      super.send(data as Uint8Array<ArrayBuffer>);
      show();
    }
  }

  const provider = new WebsocketProvider(options.ticket.url, options.ticket.documentId, doc, {
    awareness,
    connect: false,
    // Tabs of one browser meet on the server too; a second path would carry edits that no socket acknowledges.
    disableBc: true,
    params: { ticket: options.ticket.ticket },
    WebSocketPolyfill: CountingSocket,
    shouldReconnect: () => true,
  });

  const on = (type: number, handle: (decoder: decoding.Decoder) => void) => {
    provider.messageHandlers[type] = (_encoder: unknown, decoder: decoding.Decoder) => handle(decoder);
  };
  on(frameTypes.saved, (decoder) => {
    saved.stored(decoding.readVarUint(decoder));
    show();
  });
  on(frameTypes.job, (decoder) => {
    const frame = JobFrame.safeParse(readJson(decoding.readVarString(decoder)));
    if (frame.success) events.job(frame.data);
  });
  on(frameTypes.ephemeral, (decoder) => {
    const frame = EphemeralFrame.safeParse(readJson(decoding.readVarString(decoder)));
    if (frame.success) events.ephemeral(frame.data);
  });
  on(frameTypes.auth, (decoder) => {
    // A watcher's empty answer to sync step 1 may be refused as well; that is not news.
    readAuthMessage(decoder, doc, (_doc, reason) => {
      if (saved.unsaved() > 0) events.denied(reason);
    });
  });

  provider.on("sync", (isSynced: boolean) => {
    if (isSynced) {
      failures = 0;
      refusals = 0;
      events.synced();
    }
    show();
  });
  provider.on("connection-close", (event: CloseEvent | null) => {
    // Nothing reconnects but us; see the top of this file.
    provider.shouldConnect = false;
    if (closed) return;
    const code = event?.code ?? 0;
    const isFinal = code >= 4400 && code < 4500 && !(code === 4401 && refusals < mostTicketRefusals);
    if (code === 4401) refusals += 1;
    if (isFinal) return end(closeSentence(code) ?? "The studio closed the connection.");
    show(closeSentence(code));
    comeBackLater();
  });

  function comeBackLater(): void {
    clearTimeout(retry);
    const wait = Math.min(longestRetryMs, firstRetryMs * 2 ** failures) * (0.7 + 0.6 * Math.random());
    failures += 1;
    retry = setTimeout(() => void comeBack(), wait);
  }

  async function comeBack(): Promise<void> {
    clearTimeout(retry);
    if (closed || provider.ws !== null) return;
    try {
      const ticket = await fetchTicket(projectId);
      if (closed || provider.ws !== null) return;
      provider.params = { ticket: ticket.ticket };
      if (ticket.role !== role) {
        role = ticket.role;
        events.roleChanged(role);
        if (closed) return;
      }
      provider.connect();
    } catch (error) {
      if (error instanceof StudioError && isFinalRefusal(error)) return end(sentenceOf(error));
      show();
      comeBackLater();
    }
  }

  function end(sentence: string): void {
    clearTimeout(retry);
    state.set({ status: "ended", sentence, unsavedEdits: saved.unsaved() });
  }

  function show(sentence: string | null = null): void {
    if (closed || state.get().status === "ended") return;
    const next = describe(sentence);
    if (!sameShallow(state.get(), next)) state.set(next);
  }

  function describe(sentence: string | null): Connection {
    const unsavedEdits = saved.unsaved();
    if (!provider.wsconnected) {
      const before = state.get();
      if (before.status === "loading") return { status: "loading", sentence, unsavedEdits };
      const kept = sentence ?? before.sentence;
      return { status: "offline", sentence: kept, unsavedEdits };
    }
    if (!provider.synced)
      return { status: state.get().status === "loading" ? "loading" : "saving", sentence: null, unsavedEdits };
    return { status: unsavedEdits === 0 ? "saved" : "saving", sentence: null, unsavedEdits };
  }

  const onOnline = () => {
    failures = 0;
    void comeBack();
  };
  addEventListener("online", onOnline);
  provider.connect();

  return {
    awareness,
    sendEphemeral(frame) {
      if (provider.wsconnected) provider.ws?.send(frame as Uint8Array<ArrayBuffer>);
    },
    close() {
      closed = true;
      clearTimeout(retry);
      removeEventListener("online", onOnline);
      doc.off("update", onUpdate);
      provider.destroy();
      awareness.destroy();
    },
  };
}

function isFinalRefusal(error: StudioError): boolean {
  return error.code === "auth/required" || error.code === "auth/forbidden" || error.code === "thing/not-found";
}

function closeSentence(code: number): string | null {
  return Object.hasOwn(closeCodes, code) ? closeCodes[code as CloseCode].sentence : null;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
