import { expect, test } from "vitest";
import { lexScript } from "./relex.ts";
import { readTitlePage } from "./title-page.ts";

test("reads keys with one line, with several below them, and with none", () => {
  const page = `Title:
    _**BRICK & STEEL**_
    _**FULL RETIRED**_
Credit: Written by
Draft date : 1/20/2012
Source:
Contact: Next Level Productions
\t1588 Mission Dr.: rear
\tSolvang, CA 93463

INT. HOUSE - DAY`;
  expect(readTitlePage(lexScript(page).lines)).toEqual([
    { key: "Title", values: ["_**BRICK & STEEL**_", "_**FULL RETIRED**_"] },
    { key: "Credit", values: ["Written by"] },
    { key: "Draft date", values: ["1/20/2012"] },
    { key: "Source", values: [] },
    { key: "Contact", values: ["Next Level Productions", "1588 Mission Dr.: rear", "Solvang, CA 93463"] },
  ]);
});

test("a page may begin with a key of the writer's own, prose and talk do not", () => {
  const keysOf = (text: string) => readTitlePage(lexScript(text).lines).map((entry) => entry.key);
  expect(keysOf("Film: Low Water\nAuthor: N. Okafor\n\nINT. A - DAY")).toEqual(["Film", "Author"]);
  expect(keysOf("Film: Low Water\n   a story\nAuthor: N. Okafor\n\n")).toEqual(["Film", "Author"]);
  expect(keysOf("MAYA: Hello.\nDAN: Hello.\n\n")).toEqual([]);
  expect(keysOf("Notes: for the crew only\nTitle: Low Water\n\n")).toEqual(["Notes", "Title"]);
  expect(keysOf("Notes:\n    for the crew only\n\n")).toEqual(["Notes"]);
  for (const word of ["Notes", "Note", "Source", "Date"]) {
    expect(keysOf(`${word}: we open on a beach.\n\nINT. A - DAY`)).toEqual([]);
    expect(keysOf(`${word}: we open on a beach.\nIt rains.\n\n`)).toEqual([]);
  }
  expect(keysOf("Meanwhile: the author: nobody.\nHe goes.\n\n")).toEqual([]);
});
