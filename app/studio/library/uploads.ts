/** Sounds that are on their way in this tab. They go on when the view is changed. */
import { addSound } from "#domain/film/timeline.ts";
import { StudioError } from "#domain/errors.ts";
import { secondsToFrames } from "#domain/time.ts";
import { readMeta } from "#domain/film/snapshot.ts";
import { toast } from "#app/ui/toast.tsx";
import { decodeSound, keepSound } from "../player/sound-bank.ts";
import { sentenceOf } from "../session/api.ts";
import type { FilmSession } from "../session/session-contract.ts";
import { createStore, type Store } from "../session/store.ts";
import { checkSound, uploadFile } from "./upload.ts";

export interface Upload {
  name: string;
  fraction: number;
  cancel(): void;
}

export const uploads: Store<readonly Upload[]> = createStore<readonly Upload[]>([]);

/** Brings a sound and lays it on the timeline from `at`. Says in a sentence what went wrong; never throws. */
export async function bringSound(file: File, at: number, session: FilmSession): Promise<void> {
  const abort = new AbortController();
  let own: Upload = { name: file.name, fraction: 0, cancel: () => abort.abort() };
  const change = (fraction: number) => {
    const before = own;
    own = { ...own, fraction };
    uploads.set((all) => all.map((one) => (one === before ? own : one)));
  };
  uploads.set((all) => [...all, own]);
  guard();
  try {
    if (!navigator.onLine)
      throw new StudioError(
        "service/unavailable",
        "You are offline. The sound can be added when the connection is back.",
      );
    const contentType = checkSound(file, new Uint8Array(await file.slice(0, 64).arrayBuffer()));
    const bytes = await file.arrayBuffer();
    // Decoded first, from a copy because decoding empties it: what can't be played is never sent.
    const sound = await decodeSound(bytes.slice(0));
    const asset = await uploadFile(file, contentType, bytes, {
      projectId: session.projectId,
      onProgress: change,
      signal: abort.signal,
    });
    keepSound(asset.id, sound);
    const durationFrames = Math.max(1, secondsToFrames(sound.duration, readMeta(session.doc).fps));
    session.undo.stopCapturing();
    addSound(session.doc, { assetId: asset.id, durationFrames, name: nameOf(file), at }, session.edit);
    session.undo.stopCapturing();
  } catch (error) {
    toast.wrong(sentenceOf(error));
  } finally {
    uploads.set((all) => all.filter((one) => one !== own));
    guard();
  }
}

const nameOf = (file: File) => file.name.replace(/\.[^.]+$/, "").slice(0, 200) || "Sound";

/** While something is on its way, closing the tab asks first. */
function guard(): void {
  window.removeEventListener("beforeunload", ask);
  if (uploads.get().length > 0) window.addEventListener("beforeunload", ask);
}

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
