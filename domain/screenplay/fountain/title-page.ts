/** What a title page says: keys as written, each with its lines. */
import type { LexedLine } from "./relex.ts";

export interface TitleEntry {
  /** e.g. `Draft date`; "" for lines above the first key. */
  key: string;
  /** With their marks of bold and so on; none when the key says nothing. */
  values: string[];
}

/** A line that is set in belongs to the key above it, so does one without a colon. */
export function readTitlePage(lines: readonly LexedLine[]): TitleEntry[] {
  const entries: TitleEntry[] = [];
  for (const line of lines) {
    if (line.kind !== "title-page") break;
    const last = entries.at(-1);
    const isBelow = last !== undefined && /^(?:\t| {3})/.test(line.text);
    const colon = isBelow ? -1 : line.content.indexOf(":", 1);
    const value = line.content.slice(colon + 1).trimStart();
    if (colon !== -1)
      entries.push({ key: line.content.slice(0, colon).trimEnd(), values: value === "" ? [] : [value] });
    else if (last) last.values.push(line.content);
    else entries.push({ key: "", values: [line.content] });
  }
  return entries;
}
