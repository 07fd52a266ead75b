/** What somebody types in a script, key by key, and where: each key replaces one line, or makes two of it. */
import type { LexedScript } from "#domain/screenplay/fountain/relex.ts";

/** One key: lines [from, to) become `text`. */
export interface Key {
  from: number;
  to: number;
  text: string;
}

export interface Place {
  name: string;
  /** The line in which the typing begins. */
  line: (script: LexedScript) => number;
  /** "\n" is Enter, "\b" takes a character away. */
  typed: string;
}

const middle = (script: LexedScript, kind: string): number => {
  const half = script.lines.length >> 1;
  return Math.max(0, half + script.lines.slice(half).findIndex((line) => line.kind === kind));
};

export const places: readonly Place[] = [
  {
    name: "a word in a speech, in the middle",
    line: (script) => middle(script, "dialogue"),
    typed: " and then some\b\b\b\b",
  },
  {
    name: "a new scene, in the middle",
    line: (script) => middle(script, "blank"),
    typed: "\nINT. BOAT - DAY\n\nMAYA\nGo.\n\b\b",
  },
  { name: "a word in the title page", line: () => 2, typed: " and others" },
  {
    name: "/* in the middle, closed by the next one far below",
    line: (script) => middle(script, "action"),
    typed: " /* cut\b\b\b\b\b\b",
  },
  { name: "/* and */ round some words", line: (script) => middle(script, "action"), typed: " /* cut */ and on" },
  { name: "[[ and ]] round some words", line: (script) => middle(script, "action"), typed: " [[why?]]" },
];

/** The keys of one place; each is given the script as the ones before left it. */
export function* keysOf(place: Place, script: () => LexedScript): Generator<Key> {
  let line = place.line(script());
  for (const typed of place.typed) {
    const text = script().lines[line]?.text ?? "";
    if (typed === "\n") {
      yield { from: line, to: line + 1, text: `${text}\n` };
      line += 1;
    } else if (typed === "\b" && text === "" && line > 0) {
      const above = script().lines[line - 1]?.text ?? "";
      yield { from: line - 1, to: line + 1, text: above };
      line -= 1;
    } else if (typed === "\b") {
      yield { from: line, to: line + 1, text: text.slice(0, -1) };
    } else {
      yield { from: line, to: line + 1, text: text + typed };
    }
  }
}
