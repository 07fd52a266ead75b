import * as Y from "yjs";

/** A document as updates, to be applied in order. */
export type Parts = readonly Uint8Array[];

/** Part `at` of a document decodes, and still Yjs cannot apply it: everything before it is what there is. */
export class UnreadableDocument extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.name = "UnreadableDocument";
    this.at = at;
  }
}

/** @throws UnreadableDocument naming the first part that cannot be applied; `doc` is of no use then */
export function applyParts(doc: Y.Doc, parts: Parts): void {
  let at = 0;
  try {
    // One transaction: observers and garbage collection run once.
    doc.transact(() => {
      for (; at < parts.length; at += 1) Y.applyUpdate(doc, parts[at] as Uint8Array);
    });
  } catch (error) {
    throw new UnreadableDocument(at, error instanceof Error ? error.message : String(error));
  }
}

/** @throws UnreadableDocument */
export function withDocument<T>(parts: Parts, use: (doc: Y.Doc) => T): T {
  const doc = new Y.Doc();
  try {
    applyParts(doc, parts);
    return use(doc);
  } finally {
    doc.destroy();
  }
}

/** Leaves out the parts that cannot be applied. @returns the rest, and how many were left out */
export function readableParts(parts: Parts): { parts: Parts; leftOut: number } {
  let rest = parts;
  for (;;) {
    try {
      withDocument(rest, () => {});
      return { parts: rest, leftOut: parts.length - rest.length };
    } catch (error) {
      if (!(error instanceof UnreadableDocument) || error.at >= rest.length) throw error;
      const { at } = error;
      rest = rest.filter((_, index) => index !== at);
    }
  }
}
