/**
 * What lines are meant to be that do not read so yet: an empty line has no kind in the text, nor has a name with no
 * words under it. It is kept for the caret's line and those that touch it, and forgotten when the caret goes away.
 */
import { StateEffect, StateField, type EditorState, type Text, type Transaction } from "@codemirror/state";
import type { LineKind } from "#domain/screenplay/fountain/line-kinds.ts";

interface Meant {
  /** Where the line begins. */
  from: number;
  kind: LineKind;
}

/** `at` is a position in the line, in the document after the change; null takes it back. */
export const meanLine = StateEffect.define<{ at: number; kind: LineKind | null }>({
  map: (value, changes) => ({ ...value, at: changes.mapPos(value.at, 1) }),
});

export const meantKinds = StateField.define<readonly Meant[]>({
  create: () => none,
  update(value, transaction) {
    const said = transaction.effects.filter((effect) => effect.is(meanLine));
    if (value.length === 0 && said.length === 0) return value;
    const { doc } = transaction.state;
    let meant = moved(value, transaction, doc);
    for (const { value: one } of said) {
      const { from } = doc.lineAt(one.at);
      meant = meant.filter((known) => known.from !== from);
      if (one.kind) meant = [...meant, { from, kind: one.kind }];
    }
    return transaction.selection || said.length > 0
      ? touching(meant, doc, transaction.state.selection.main.head)
      : meant;
  },
});

const none: readonly Meant[] = [];

export function meantAt(state: EditorState, position: number): LineKind | null {
  const meant = state.field(meantKinds);
  if (meant.length === 0) return null;
  const { from } = state.doc.lineAt(position);
  return meant.find((one) => one.from === from)?.kind ?? null;
}

function moved(value: readonly Meant[], { changes, docChanged }: Transaction, doc: Text): readonly Meant[] {
  if (!docChanged) return value;
  return value.flatMap(({ from, kind }) => {
    // A line break typed at the line's beginning pushes its text down; what is meant stays where the caret was.
    const at = changes.mapPos(from, -1);
    return doc.lineAt(at).from === at ? [{ from: at, kind }] : [];
  });
}

function touching(meant: readonly Meant[], doc: Text, head: number): readonly Meant[] {
  const caret = doc.lineAt(head).number;
  const byLine = new Map(meant.map((one) => [doc.lineAt(one.from).number, one]));
  const kept: Meant[] = [];
  for (let line = caret; byLine.has(line); line -= 1) kept.push(byLine.get(line) as Meant);
  for (let line = caret + 1; byLine.has(line); line += 1) kept.push(byLine.get(line) as Meant);
  return kept.length === 0 ? none : kept;
}
