/**
 * The copy of a film that this browser keeps, so that what a closed tab could not send is not lost. Beside the content
 * stands the generation of the document that it is a copy of: one that was begun anew on the server must not be merged
 * with it.
 *
 * Then the copy is set aside: it stays under its own name, and the film goes on under another one. Nothing is moved or
 * deleted, because another tab may still be writing to it, and because it is the only place where some of it is.
 */
import { IndexeddbPersistence } from "y-indexeddb";
import * as Y from "yjs";
import { recall, remember } from "../shell/remembered.ts";

export interface LocalCopy {
  /** Of the document that it is a copy of; "" when it was never told. */
  generation: string;
  noteGeneration(generation: string): void;
  /** The next copy of this film begins empty; this one stays as it is. */
  setAside(now: Date): void;
  close(): void;
}

/** A browser whose storage takes longer goes without. */
const longestWaitMs = 5000;

/**
 * @returns a document with all that this browser kept of it. The copy is null where the browser keeps nothing; content
 *   never comes later, when nobody would ask any more which document it is of
 */
export async function openLocalCopy(documentId: string): Promise<{ doc: Y.Doc; copy: LocalCopy | null }> {
  const doc = new Y.Doc();
  if (typeof indexedDB === "undefined") return { doc, copy: null };
  const name = copyNameOf(documentId);
  const kept = new IndexeddbPersistence(name, doc);
  try {
    const [generation] = await within(longestWaitMs, Promise.all([readGeneration(kept), kept.whenSynced]));
    return { doc, copy: keepCopy(documentId, name, kept, generation) };
  } catch {
    drop(kept);
    doc.destroy();
    return { doc: new Y.Doc(), copy: null };
  }
}

function keepCopy(documentId: string, name: string, kept: IndexeddbPersistence, generation: string): LocalCopy {
  return {
    generation,
    noteGeneration: (heard) => note(kept, "generation", heard),
    setAside(now) {
      note(kept, "setAsideAt", now.toISOString());
      setCopyAside(documentId, name, now);
    },
    close: () => drop(kept),
  };
}

/** What this tab set aside and the browser could not remember. */
const namesHere = new Map<string, string>();

/** Where the copy of a film is; the first one has the document's own name. */
export function copyNameOf(documentId: string): string {
  return namesHere.get(documentId) ?? recall(`copy ${documentId}`) ?? documentId;
}

export function setCopyAside(documentId: string, name: string, now: Date): void {
  // Two tabs may find out at the same time; the second one goes on where the first one does.
  if (copyNameOf(documentId) !== name) return;
  const next = `${documentId} since ${now.toISOString()}`;
  remember(`copy ${documentId}`, next);
  if (recall(`copy ${documentId}`) === next) namesHere.delete(documentId);
  else namesHere.set(documentId, next);
}

async function readGeneration(kept: IndexeddbPersistence): Promise<string> {
  const value: unknown = await kept.get("generation");
  return typeof value === "string" ? value : "";
}

function note(kept: IndexeddbPersistence, key: string, value: string): void {
  // Full storage keeps the content from being written as well; the film goes on without.
  kept.set(key, value).catch(() => undefined);
}

function drop(kept: IndexeddbPersistence): void {
  // Fails only where it could not be opened.
  kept.destroy().catch(() => undefined);
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`took longer than ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
