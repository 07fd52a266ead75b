import fs from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { runsOf } from "#domain/screenplay/fountain/emphasis.ts";
import { fountainOfFdx } from "#domain/screenplay/files/fdx-elements.ts";
import { lexFountain } from "#domain/screenplay/fountain.ts";
import { lexScript } from "#domain/screenplay/fountain/relex.ts";
import { writeFdx } from "#domain/screenplay/files/write-fdx.ts";
import { writeFountain, type ScriptElement } from "#domain/screenplay/fountain/write-fountain.ts";
import { readFdx } from "./read-fdx.ts";

const roundTrip = (fountain: string) => fountainOfFdx(readFdx(writeFdx(lexScript(fountain).lines)));
const kindsAndWords = (text: string) =>
  lexFountain(text)
    .filter((line) => line.kind !== "blank")
    .map((line) => [line.kind, runsOf(line.content), line.number]);
const aFile = (content: string, more = "") =>
  `<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n<FinalDraft DocumentType="Script" Template="No" Version="5"><Content>${content}</Content>${more}</FinalDraft>`;

test("the sample film comes back from Final Draft as it went", () => {
  const sample = fs.readFileSync("sample/low-water.fountain", "utf8");
  expect(roundTrip(sample)).toBe(sample);
});

test("what Fountain has and Final Draft has not travels along", () => {
  const script = `Title: A & B
Author: N. Okafor

# Act one

= They meet.

INT. HOUSE - DAY #1-A#

Line one.
Line two. <tag> "quoted"

[[a note
on two lines]]

MAYA
(low)
**Bold** and _under_ *it*.

DAN ^
Now. [[why?]]

~La la

> THE END <

===

@McAVOY ^
alone
`;
  const back = roundTrip(script);
  expect(back).toBe(script.replace("@McAVOY ^", "@McAVOY"));
});

test("kinds and words survive the way through Final Draft and back", () => {
  const word = fc.constantFrom(
    "Rain",
    "door",
    "Ünder",
    "ночь",
    "مرحبا",
    "a&b",
    "<i>",
    "2*3",
    "it's",
    "10.",
    "TO:",
    "ÉTÉ",
  );
  const words = fc.array(word, { minLength: 1, maxLength: 6 }).map((list) => list.join(" "));
  const styled = fc
    .tuple(words, fc.constantFrom("", "*", "**", "***", "_"))
    .map(([text, mark]) => `${mark}${text.replaceAll("*", "")}${mark}`);
  const one = <K extends ScriptElement["kind"]>(kind: K, text: fc.Arbitrary<string>) =>
    text.map((value): ScriptElement[] => [{ kind, text: value }]);
  const name = fc.constantFrom("MAYA", "DAN (V.O.)", "McCLANE", "أحمد", "ОЛЬГА");
  const speech = fc.tuple(name, fc.boolean(), styled, fc.boolean()).map(([who, low, said, dual]): ScriptElement[] => [
    { kind: "character", text: who },
    ...(low ? [{ kind: "parenthetical" as const, text: "(low)" }] : []),
    { kind: "dialogue", text: said },
    ...(dual
      ? [
          { kind: "dual-character" as const, text: who },
          { kind: "dialogue" as const, text: said },
        ]
      : []),
  ]);
  const heading = fc
    .tuple(
      fc.constantFrom("INT. HOUSE - DAY", "SNIPER SCOPE"),
      fc.option(fc.constantFrom("1", "12A"), { nil: undefined }),
    )
    .map(([text, number]): ScriptElement[] => [{ kind: "scene-heading", text, ...(number ? { number } : {}) }]);
  const script = fc.array(
    fc.oneof(
      heading,
      speech,
      one("action", styled),
      one("transition", words),
      one("centered", styled),
      one("lyric", words),
      one("section", words).map((list) => [...list, { kind: "action" as const, text: "Then." }]),
    ),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(script, (elements) => {
      const written = writeFountain(elements.flat());
      expect(kindsAndWords(roundTrip(written))).toEqual(kindsAndWords(written));
    }),
    { numRuns: 150 },
  );
});

test("what Final Draft itself writes is read: notes, summaries, shots, styles, two who speak at once", () => {
  const text = fountainOfFdx(
    readFdx(
      aFile(
        `<Paragraph Number="7" Type="Scene Heading"><SceneProperties Length="1/8" Page="1" Title=""><Summary><Paragraph Alignment="Left"><Text>She waits.</Text></Paragraph></Summary></SceneProperties><ScriptNote ID="1" Name="x"><Paragraph><Text>Really </Text><Text>night?</Text></Paragraph></ScriptNote><Text>Int. Café - night</Text></Paragraph>
<Paragraph Type="Action"><Text>A door </Text><Text AdornmentStyle="0" Style="Bold+Underline">slams</Text><Text>.</Text></Paragraph>
<Paragraph Type="Shot"><Text Style="AllCaps">Close on the clock</Text></Paragraph>
<Paragraph><DualDialogue><Paragraph Type="Character"><Text>Anna</Text></Paragraph><Paragraph Type="Dialogue"><Text>Yes.</Text></Paragraph><Paragraph Type="Character"><Text>Ben</Text></Paragraph><Paragraph Type="Dialogue"><Text>No.</Text></Paragraph></DualDialogue></Paragraph>
<Paragraph Type="Transition"><Text>Cut to:</Text></Paragraph>`,
        `<HeaderAndFooter><Header><Paragraph><Text>never seen</Text></Paragraph></Header></HeaderAndFooter><TitlePage><Content><Paragraph Alignment="Center"><Text>THE CLOCK</Text></Paragraph><Paragraph Alignment="Center"><Text>Written by</Text></Paragraph><Paragraph Alignment="Center"><Text>Anna Ek</Text></Paragraph><Paragraph Alignment="Left"><Text>12 May 2025</Text></Paragraph><Paragraph Alignment="Left"><Text>anna@example.org</Text></Paragraph></Content></TitlePage>`,
      ),
    ),
  );
  expect(text).toBe(`Title: THE CLOCK
Credit: Written by
Author: Anna Ek
Draft date: 12 May 2025
Contact: anna@example.org

Int. Café - night #7#

= She waits.

[[Really night?]]

A door _**slams**_.

CLOSE ON THE CLOCK

ANNA
Yes.

BEN ^
No.

> Cut to:
`);
});

test("a broken file is refused with the line where it broke", () => {
  const whole = writeFdx(lexScript("INT. A - DAY\n\nRain.\n").lines);
  expect(() => readFdx(whole.slice(0, -40))).toThrow(/broken at line \d+/);
  expect(() => readFdx("<html><body></body></html>")).toThrow(/no Final Draft script/);
  expect(() => readFdx(aFile("<Paragraph>".repeat(5000)))).toThrow(/nested deeper/);
});

test("entities that a file brings along are not known, so nothing grows and nothing is fetched", () => {
  const laughs = `<?xml version="1.0"?><!DOCTYPE FinalDraft [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]><FinalDraft><Content><Paragraph Type="Action"><Text>`;
  for (const entity of ["&b;", "&x;"])
    expect(() => readFdx(`${laughs}${entity}</Text></Paragraph></Content></FinalDraft>`)).toThrow(/broken/);
});
