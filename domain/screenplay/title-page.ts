/** What a title page says: keys as written, each with its lines. */
import type { LexedLine } from "./relex.ts";

export interface TitleEntry {
  /** e.g. `Draft date`; "" for lines above the first key. */
  key: string;
  /** With their marks of bold and so on; none when the key says nothing. */
  values: string[];
}

const keyed = /^(\S[^:]*?)\s*:\s*(.*)$/;

/** A line that is set in belongs to the key above it, so does one without a colon. */
export function readTitlePage(lines: readonly LexedLine[]): TitleEntry[] {
  const entries: TitleEntry[] = [];
  for (const line of lines) {
    if (line.kind !== "title-page") break;
    const last = entries.at(-1);
    const isBelow = last !== undefined && /^(?:\t| {3})/.test(line.text);
    const match = isBelow ? null : keyed.exec(line.content);
    if (match) entries.push({ key: match[1] ?? "", values: match[2] ? [match[2]] : [] });
    else if (last) last.values.push(line.content);
    else entries.push({ key: "", values: [line.content] });
  }
  return entries;
}
