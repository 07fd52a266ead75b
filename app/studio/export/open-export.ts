/** Opens the export dialog from wherever something is exported; the top bar listens, it has the dialog. */
import type { DocumentId } from "./documents.ts";

type Listener = (format: DocumentId | undefined) => void;

let listener: Listener | null = null;

/** @param format  chosen already; else what was there */
export function openExport(format?: DocumentId): void {
  listener?.(format);
}

/** @returns stops listening */
export function onOpenExport(listen: Listener): () => void {
  listener = listen;
  return () => {
    if (listener === listen) listener = null;
  };
}
