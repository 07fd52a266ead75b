/**
 * What every view of the studio gets from the session: the document, who is here, the jobs and the takes. Views
 * import hooks from the files beside this one; they never touch the provider, the socket or fetch by themselves.
 *
 * - `film-session.tsx`   `<FilmSessionProvider>`, `useSession(): FilmSession`
 * - `use-film.ts`        `useFilm(select)`: a slice of the film snapshot; re-renders only when the slice changed
 * - `use-connection.ts`  `useConnection(): Connection`
 * - `use-peers.ts`       `usePeers(): Peer[]`, `usePresence(): PresenceWriter`
 * - `use-jobs.ts`        `useJobs()`, `useShotJobs(shotId)`, `useJobPreview(jobId)`, `jobActions`
 * - `use-takes.ts`       `useTakes(shotId)`, `usePlayingTake(shotId)`
 * - `use-selection.ts`   `useSelection()`: what this person has selected, local
 * - `transport.ts`       the playhead: `transport`, `usePlaying()`
 * - `api.ts`             `api.get/post/put/patch/delete(path, body?)`, throws StudioError with the server's sentence
 */
import type * as Y from "yjs";
import type { Role } from "#domain/collab/access.ts";
import type { Presence } from "#domain/collab/presence.ts";
import type { EditContext } from "#domain/film/edit.ts";
import type { ExportFormat } from "#domain/jobs/export-formats.ts";
import type { AssetView, JobView, TakeView } from "#domain/jobs/messages/views.ts";
import type { Id } from "#domain/ids.ts";

export interface FilmSession {
  projectId: Id;
  workspaceId: Id;
  workspaceName: string;
  me: { id: Id; name: string; color: string; isGuest: boolean };
  role: Role;
  mayEdit: boolean;
  /** Whoever may edit may comment, too. */
  mayComment: boolean;
  /** This browser keeps a copy, so what is not stored outlives the tab. */
  keepsCopy: boolean;
  /** Set when the film was begun anew on the server while this browser had the one before. */
  anew: BegunAnew | null;
  doc: Y.Doc;
  /** Pass this to every function of `domain/film/edit.ts`; its origin is what `undo` follows. */
  edit: EditContext;
  undo: Y.UndoManager;
  awareness: import("y-protocols/awareness").Awareness;
}

export interface BegunAnew {
  /** The copy of the film before stays in this browser, beside the new one. */
  isCopyKept: boolean;
}

/**
 * What the top bar says about the work: only frame 101 makes it "saved". On an open socket an edit that waits for it is
 * `saving`, after some seconds `late`, then `stuck`; each goes back to `saved` by itself. After an edit was `refused`
 * nothing is stored any more on that socket.
 */
export interface Connection {
  status: "loading" | "saved" | "saving" | "late" | "stuck" | "refused" | "offline" | "ended";
  /** A sentence when something is wrong (close code, refusal). */
  sentence: string | null;
  unsavedEdits: number;
  /** While late or stuck: the studio passed on what waits, and only storing it takes long. */
  othersSee: boolean;
}

export interface Peer {
  clientId: number;
  presence: Presence;
  isMe: boolean;
}

export interface PresenceWriter {
  set(patch: Partial<Omit<Presence, "user">>): void;
}

export interface JobsState {
  /** Newest first; live progress folded in. */
  jobs: JobView[];
  running: number;
  queued: number;
  /** How many render agents are connected; null while not known. */
  agents: number | null;
  /** Somebody has paused the film's queue: nothing new begins. */
  isPaused: boolean;
}

export interface JobActions {
  generateShot(shotId: Id): Promise<JobView>;
  generateAll(shotIds?: Id[]): Promise<void>;
  /** Of these, those that are stale still: somebody else may have been faster. */
  reshootStale(shotIds: readonly Id[]): Promise<void>;
  cancel(jobId: Id): Promise<void>;
  retry(jobId: Id): Promise<void>;
  /** @param frame  which picture a still shows, from 0 */
  exportFilm(format: ExportFormat, frame?: number): Promise<JobView>;
  makeScore(): Promise<JobView>;
}

export interface TakesState {
  takes: TakeView[];
  assets: AssetView[];
}

export interface Selection {
  shotIds: Id[];
  clipIds: Id[];
  selectShots(ids: Id[]): void;
  selectClips(ids: Id[]): void;
}
