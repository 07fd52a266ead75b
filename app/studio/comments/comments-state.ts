import type { CommentPlace } from "#domain/film/comments.ts";
import type { Id } from "#domain/ids.ts";
import { createStore, type Store } from "#app/studio/session/store.ts";

export interface CommentsState {
  /** Goes up whenever somebody asks for the panel. */
  asked: number;
  /** The thread that is open; the script shows its words. */
  openId: Id | null;
  /** What the next remark is about, when it was begun at something; null: what is selected. */
  draft: CommentPlace | null;
}

/** What of the comments is open in this tab. */
export const commentsState: Store<CommentsState> = createStore<CommentsState>({ asked: 0, openId: null, draft: null });

/** Brings the panel up to write about a place. */
export function beginComment(draft: CommentPlace | null): void {
  commentsState.set(({ asked }) => ({ asked: asked + 1, openId: null, draft }));
}

/** Brings the panel up with a thread open. */
export function openThread(openId: Id): void {
  commentsState.set(({ asked }) => ({ asked: asked + 1, openId, draft: null }));
}

export function closeDraft(): void {
  commentsState.set((before) => ({ ...before, draft: null }));
}
