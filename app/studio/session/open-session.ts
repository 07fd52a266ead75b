/** Builds everything one open film needs in this tab, and takes it down again. No React in here. */
import { v7 as uuid } from "uuid";
import * as Y from "yjs";
import { canComment, canEdit, type Role } from "#domain/collab/access.ts";
import { peerColorValues, type PeerColor } from "#domain/collab/presence.ts";
import { collectionNames, collectionOf, metaOf, screenplayOf } from "#domain/film/document.ts";
import type { Film } from "#domain/film/snapshot.ts";
import { OwnUndo } from "#domain/film/staging-undo.ts";
import { ticketLifeSeconds } from "#domain/collab/ticket.ts";
import { documentIdOf, type Id } from "#domain/ids.ts";
import { connectFilm, type FilmConnection, type Ticket } from "./film-connection.ts";
import { keepColorApart } from "./color-apart.ts";
import { watchFilm } from "./film-store.ts";
import { watchProposal, type ProposalWatch } from "./live-proposal.ts";
import { openLocalCopy } from "./local-copy.ts";
import { watchPeers } from "./peers-store.ts";
import { writePresence } from "./presence-writer.ts";
import type { BegunAnew, Connection, FilmSession, Peer, PresenceWriter } from "./session-contract.ts";
import { createStore, type Store } from "./store.ts";
import { watchWork, type WorkStore } from "./work-store.ts";

export interface OpenFilm {
  session: FilmSession;
  film: Store<Film>;
  connection: Store<Connection>;
  peers: Store<Peer[]>;
  presence: PresenceWriter;
  work: WorkStore;
  proposal: ProposalWatch;
  selection: Store<{ shotIds: Id[]; clipIds: Id[] }>;
  wire: FilmConnection;
  close(): void;
}

export interface OpenFilmOptions {
  projectId: Id;
  workspaceId: Id;
  workspaceName: string;
  me: { id: Id; name: string; color: PeerColor; isGuest: boolean };
  ticket: Ticket;
  /** It is opened again because of that. */
  anew: BegunAnew | null;
  denied(reason: string): void;
  roleChanged(role: Role): void;
  /** The film has to be opened again; this one has ended. */
  begunAnew(how: BegunAnew): void;
  /** This person wanted to take back what others have changed since; it stays. */
  overruled(): void;
}

const onlyHere =
  "This film was begun anew on the server, and this browser keeps no copies. Take what you still need from this tab, then reload the page.";

/** One clock for all who come, so that a wrong one on somebody's desk takes nobody's colour. */
const joinedAt = ({ expiresAt }: Ticket) =>
  expiresAt === undefined ? Date.now() : Date.parse(expiresAt) - ticketLifeSeconds * 1000;

export async function openFilm(options: OpenFilmOptions): Promise<OpenFilm> {
  const { projectId, ticket, me } = options;
  const mayEdit = canEdit(ticket.role);
  const { doc, copy } = mayEdit ? await openLocalCopy(documentIdOf(projectId)) : { doc: new Y.Doc(), copy: null };

  const { film, stop: stopFilm } = watchFilm(doc);
  const work = watchWork(projectId);
  const proposal = watchProposal(doc);
  const connection = createStore<Connection>({
    status: "loading",
    sentence: null,
    unsavedEdits: 0,
    othersSee: false,
  });
  const beginAnew = (unsavedEdits: number) => {
    // What is nowhere else is not thrown away; the connection has ended, and the person decides.
    if (copy === null && unsavedEdits > 0) return connection.set((ended) => ({ ...ended, sentence: onlyHere }));
    copy?.setAside(new Date());
    options.begunAnew({ isCopyKept: copy !== null });
  };
  const wire = connectFilm({
    doc,
    projectId,
    ticket,
    generation: copy?.generation ?? "",
    state: connection,
    events: {
      job: (frame) => work.take(frame),
      ephemeral: (frame) => work.preview(frame),
      denied: options.denied,
      roleChanged: options.roleChanged,
      generation: (heard) => copy?.noteGeneration(heard),
      begunAnew: beginAnew,
      synced: () => void work.refresh(),
    },
  });
  const { peers, stop: stopPeers } = watchPeers(wire.awareness);
  const color = peerColorValues[me.color];
  const presence = writePresence(wire.awareness, {
    user: { id: me.id, name: me.name, color, colorLight: `${color}44`, role: ticket.role, joinedAt: joinedAt(ticket) },
    view: "script",
    pointer: null,
    selection: { shotIds: [], clipIds: [] },
    playhead: null,
    activity: null,
  });
  const stopColor = keepColorApart(wire.awareness);

  const origin = { by: "this person" };
  // What somebody said is not unsaid by undoing a cut.
  const undone = collectionNames.filter((name) => name !== "comments").map((name) => collectionOf(doc, name));
  const undo = new OwnUndo(doc, [metaOf(doc), screenplayOf(doc), ...undone], {
    trackedOrigins: new Set([origin]),
    captureTimeout: 500,
    overruled: options.overruled,
  });
  const session: FilmSession = {
    projectId,
    workspaceId: options.workspaceId,
    workspaceName: options.workspaceName,
    me: { ...me, color },
    role: ticket.role,
    mayEdit,
    mayComment: canComment(ticket.role),
    keepsCopy: copy !== null,
    anew: options.anew,
    doc,
    edit: { newId: uuid, origin, projectId },
    undo,
    awareness: wire.awareness,
  };

  return {
    session,
    film,
    connection,
    peers,
    presence,
    work,
    proposal,
    wire,
    selection: createStore<{ shotIds: Id[]; clipIds: Id[] }>({ shotIds: [], clipIds: [] }),
    close() {
      presence.stop();
      stopColor();
      stopPeers();
      stopFilm();
      proposal.close();
      wire.close();
      undo.destroy();
      copy?.close();
      doc.destroy();
    },
  };
}
