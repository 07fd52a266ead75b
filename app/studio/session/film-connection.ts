/**
 * One socket to the film's document, kept alive: fetches a ticket before every connect, counts what is stored,
 * hears jobs and previews, and says in one `Connection` what the top bar shows.
 *
 * It names the generation of the document it holds in the URL, and the server lets in nobody with another one, so two
 * documents are never merged. A document that was begun anew ends the connection for good.
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
import { canEdit, Role } from "#domain/collab/access.ts";
import { closeCodes, sentenceOfClose } from "#domain/collab/close-codes.ts";
import { EphemeralFrame, frameTypes, JobFrame } from "#domain/collab/frames.ts";
import { StudioError } from "#domain/errors.ts";
import type { Id } from "#domain/ids.ts";
import { api, sentenceOf } from "./api.ts";
import { describeConnection, nextLookInMs } from "./connection-state.ts";
import { countSaved } from "./saved-count.ts";
import type { Connection } from "./session-contract.ts";
import { sameShallow, type Store } from "./store.ts";

export const Ticket = z.object({
  url: z.string(),
  documentId: z.string(),
  ticket: z.string(),
  role: Role,
  /** By the studio's clock; every ticket lasts as long, so of two tickets it tells which was given first. */
  expiresAt: z.iso.datetime().optional(),
});
export type Ticket = z.infer<typeof Ticket>;

export async function fetchTicket(projectId: Id): Promise<Ticket> {
  return Ticket.parse(await api.post(`/v1/projects/${projectId}/ticket`));
}

export interface ConnectionEvents {
  job(frame: JobFrame): void;
  ephemeral(frame: EphemeralFrame): void;
  /** The server refused an edit; the reason is a sentence. Said once for each reason. */
  denied(reason: string): void;
  /** Which document this is; said once, when it was not known. */
  generation(generation: string): void;
  /** The server has another document by this name now: this one must not be sent there, and is not. */
  begunAnew(unsavedEdits: number): void;
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
  /** Of what `doc` holds; "" when that is nothing, or not known. */
  generation: string;
  state: Store<Connection>;
  events: ConnectionEvents;
  /** A clock that never goes back, ms. */
  now?: () => number;
}): FilmConnection {
  const { doc, projectId, state, events, now = () => performance.now() } = options;
  const saved = countSaved(now);
  const awareness = new Awareness(doc);
  let { generation } = options;
  let role = options.ticket.role;
  let closed = false;
  let ended = false;
  let isFirstSocket = true;
  let failures = 0;
  let ticketRefusals = 0;
  let heardAtMs = 0;
  /** Why an edit was refused on this socket. */
  let refusal: string | null = null;
  const reasonsTold = new Set<string>();
  let retry: ReturnType<typeof setTimeout> | undefined;
  let look: ReturnType<typeof setTimeout> | undefined;

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
      this.addEventListener("message", () => {
        heardAtMs = now();
      });
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
    params: { ticket: options.ticket.ticket, generation },
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
  on(frameTypes.generation, (decoder) => {
    const named = decoding.readVarString(decoder);
    if (generation === "") {
      generation = named;
      events.generation(named);
    } else if (named !== generation) endForAnother();
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
    readAuthMessage(decoder, doc, (_doc, reason) => {
      // A watcher's answer to sync step 1 repeats what others wrote; refused, that is not news. An editor's may carry what
      // this browser kept from before, which no edit of this tab counts.
      if (!canEdit(role) && saved.unsaved() === 0) return;
      refusal = reason;
      if (!reasonsTold.has(reason)) events.denied(reason);
      reasonsTold.add(reason);
      show();
    });
  });

  provider.on("status", ({ status }) => {
    if (status !== "connected") return;
    saved.socketOpened();
    refusal = null;
  });
  provider.on("sync", (isSynced: boolean) => {
    if (isSynced) {
      failures = 0;
      ticketRefusals = 0;
      events.synced();
    }
    show();
  });
  provider.on("connection-close", (event: CloseEvent | null) => {
    // Nothing reconnects but us; see the top of this file.
    provider.shouldConnect = false;
    isFirstSocket = false;
    if (closed || ended) return;
    const code = event?.code ?? 0;
    const sentence = sentenceOfClose(code, event?.reason ?? "");
    if (code === 4410) return endForAnother();
    const isFinal = code >= 4400 && code < 4500 && !(code === 4401 && ticketRefusals < mostTicketRefusals);
    if (code === 4401) ticketRefusals += 1;
    if (isFinal) return end(sentence ?? "The studio closed the connection.");
    // The provider calls this before it says that it is not in sync any more.
    show({ isSynced: false, closeSentence: code === 4401 ? null : sentence });
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
    if (closed || ended || provider.ws !== null) return;
    try {
      const ticket = await fetchTicket(projectId);
      if (closed || ended || provider.ws !== null) return;
      provider.params = { ticket: ticket.ticket, generation };
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
    ended = true;
    clearTimeout(retry);
    clearTimeout(look);
    state.set({ status: "ended", sentence, unsavedEdits: saved.unsaved(), othersSee: false });
  }

  function endForAnother(): void {
    end(closeCodes[4410].sentence);
    provider.destroy();
    events.begunAnew(saved.unsaved());
  }

  function show({ isSynced = provider.synced, closeSentence = null as string | null } = {}): void {
    clearTimeout(look);
    if (closed || ended) return;
    const facts = {
      before: state.get(),
      isFirstSocket,
      isSynced,
      // Only who may edit has work of their own here besides the edits of this tab.
      isStored: canEdit(role) ? saved.settled() : saved.unsaved() === 0,
      unsavedEdits: saved.unsaved(),
      waitingSinceMs: saved.waitingSinceMs(),
      heardAtMs,
      refusal,
      closeSentence,
      nowMs: now(),
    };
    const next = describeConnection(facts);
    if (!sameShallow(facts.before, next)) state.set(next);
    const lookInMs = nextLookInMs(next, facts);
    if (lookInMs !== null) look = setTimeout(() => show(), lookInMs);
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
      clearTimeout(look);
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

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
