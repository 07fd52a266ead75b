/** Which words of a text went and which came: what people look at before they take a change. */

export interface DiffPart {
  kind: "same" | "gone" | "new";
  text: string;
}

/** Longer texts are compared at their ends only. */
const mostCells = 250_000;

/** @returns parts that give `before` without the new ones and `after` without those gone */
export function diffWords(before: string, after: string): DiffPart[] {
  const a = wordsOf(before);
  const b = wordsOf(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail])
    tail += 1;
  const parts: DiffPart[] = [];
  const add = (kind: DiffPart["kind"], text: string) => {
    const last = parts.at(-1);
    if (text === "") return;
    if (last?.kind === kind) last.text += text;
    else parts.push({ kind, text });
  };
  add("same", a.slice(0, head).join(""));
  for (const { kind, text } of middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail))) add(kind, text);
  add("same", a.slice(a.length - tail).join(""));
  return parts;
}

/** Words and the space between them; joined they are the text. */
const wordsOf = (text: string) => text.match(/\s+|\S+/g) ?? [];

/** The longest common run of words stays, in the order that reads best: what went, then what came. */
function middle(a: readonly string[], b: readonly string[]): DiffPart[] {
  const all = (kind: DiffPart["kind"], words: readonly string[]) => words.map((text): DiffPart => ({ kind, text }));
  if (a.length * b.length > mostCells) return [...all("gone", a), ...all("new", b)];
  const width = b.length + 1;
  const longest = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      longest[i * width + j] =
        a[i] === b[j]
          ? (longest[(i + 1) * width + j + 1] as number) + 1
          : Math.max(longest[(i + 1) * width + j] as number, longest[i * width + j + 1] as number);
  const parts: DiffPart[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      parts.push({ kind: "same", text: a[i] as string });
      i += 1;
      j += 1;
    } else if ((longest[(i + 1) * width + j] as number) >= (longest[i * width + j + 1] as number)) {
      parts.push({ kind: "gone", text: a[i] as string });
      i += 1;
    } else {
      parts.push({ kind: "new", text: b[j] as string });
      j += 1;
    }
  }
  return [...parts, ...all("gone", a.slice(i)), ...all("new", b.slice(j))];
}
