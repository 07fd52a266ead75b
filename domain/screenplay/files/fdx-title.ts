/** A title page as Final Draft has it: lines in the middle and at the left, without keys. Both ways. */
import { runsOf, type Run } from "#domain/screenplay/fountain/emphasis.ts";
import type { FdxParagraph } from "./fdx.ts";
import type { TitleEntry } from "#domain/screenplay/fountain/title-page.ts";
import { writeRuns } from "#domain/screenplay/fountain/write-fountain.ts";

const plain = (text: string): Run[] => [{ text, bold: false, italic: false, underline: false }];
const empty = (count: number): FdxParagraph[] =>
  Array.from({ length: count }, () => ({ type: "General", runs: [], notes: [], isCentered: true }));

const keyOf = (key: string) => key.toLowerCase().replace(/s$/, "");
const middleKeys = ["title", "credit", "author", "source"];

export function fdxTitlePage(entries: readonly TitleEntry[]): FdxParagraph[] {
  if (entries.length === 0) return [];
  const valuesOf = (key: string) => entries.filter((entry) => keyOf(entry.key) === key).flatMap(({ values }) => values);
  const middle = middleKeys.flatMap((key) => {
    const values = valuesOf(key);
    const lines = values.map((value) => ({ type: "General", runs: runsOf(value), notes: [], isCentered: true }));
    return lines.length > 0 ? [...lines, ...empty(key === "title" ? 3 : 1)] : [];
  });
  const foot = entries
    .filter((entry) => !middleKeys.includes(keyOf(entry.key)))
    .flatMap(({ key, values }) => {
      const isUsual = keyOf(key) === "contact" || key === "";
      const says = (value: string) => (isUsual || (isDate(value) && isDateKey(key)) ? value : `${key}: ${value}`);
      return values.map((value) => ({ type: "General", runs: plainUnlessStyled(says(value)), notes: [] }));
    });
  return [...empty(12), ...middle, ...empty(foot.length > 0 ? Math.max(2, 20 - foot.length) : 0), ...foot];
}

const plainUnlessStyled = (text: string) => (/[*_\\]/.test(text) ? runsOf(text) : plain(text));
const isDateKey = (key: string) => /^(?:draft )?date$/i.test(key);
const isDate = (text: string) =>
  /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$|^(?:\d{1,2}\.? )?\p{L}{3,9}\.? (?:\d{1,2}(?:st|nd|rd|th)?,? )?\d{4}$/u.test(text);

const credit = /\b(?:by|for|von|de|di|af|av|door|par|por)\s*:?$/i;
const source =
  /^(?:based (?:up)?on|adapted from|from (?:the|a)|inspired by|after (?:a|the)|story by|nach|d['’]après)\b/i;
const keyed = /^(\p{L}[\p{L} ]{1,30}):\s*(\S.*)$/u;

/** Guesses keys from what stands where. Nothing is lost: what is no title, credit, author, source or date is contact. */
export function titleEntriesOf(paragraphs: readonly FdxParagraph[]): TitleEntry[] {
  const lines = paragraphs.map(({ runs, isCentered }) => ({
    text: writeRuns(runs).trim(),
    isMiddle: isCentered === true,
  }));
  const said = lines.filter(({ text }) => text !== "");
  const rest = said.filter(({ isMiddle }) => !isMiddle).map(({ text }) => text);
  const isAllLeft = said.length === rest.length;
  const middle = isAllLeft ? rest.splice(0, 1) : lines.filter(({ isMiddle }) => isMiddle).map(({ text }) => text);
  const found = new Map<string, string[]>();
  const add = (key: string, value: string) => found.set(key, [...(found.get(key) ?? []), value]);
  let key = "Title";
  for (const text of middle) {
    // Below the title's own lines stands who wrote it, with a word of credit or without.
    if (text === "") key = key === "Title" && found.has("Title") ? "Author" : key;
    else {
      if (source.test(text)) key = "Source";
      else if (found.has("Title") && key !== "Source" && credit.test(text)) key = "Credit";
      add(key, text);
      if (key === "Credit") key = "Author";
    }
  }
  for (const text of rest) {
    const own = keyed.exec(text);
    if (own) add(own[1] as string, own[2] as string);
    else add(isDate(text) ? "Draft date" : "Contact", text);
  }
  return [...found].map(([name, values]) => ({ key: name, values }));
}
