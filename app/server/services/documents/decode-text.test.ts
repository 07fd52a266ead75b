import { expect, test } from "vitest";
import { decodeText } from "./decode-text.ts";

const script =
  "INT. CAFÉ - NACHT\r\n\r\nMÜLLER\r\n“Ça va?” – so früh, für dich.\r\n\r\nEr geht über die Brücke, naïve señora.\r\n";

/** Bytes of a one-byte encoding, by asking its decoder for all of them. */
function encode(text: string, label: string): Uint8Array {
  const signs = [...new TextDecoder(label).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))];
  const quotes: Record<string, number> = label === "windows-1252" ? { "“": 0x93, "”": 0x94, "–": 0x96 } : {};
  return Uint8Array.from([...text].map((sign) => quotes[sign] ?? signs.indexOf(sign)));
}

function utf16(text: string, isBig: boolean, mark: boolean): Uint8Array {
  const bytes = Buffer.from((mark ? "\uFEFF" : "") + text, "utf16le");
  return isBig ? bytes.swap16() : bytes;
}

test("UTF-8 is taken as it is, and a mark is remembered, not kept", () => {
  expect(decodeText(new TextEncoder().encode(script))).toEqual({ text: script, encoding: "UTF-8", bom: false });
  expect(decodeText(new TextEncoder().encode(`\uFEFF${script}`))).toEqual({
    text: script,
    encoding: "UTF-8",
    bom: true,
  });
  expect(decodeText(new Uint8Array()).text).toBe("");
});

test("UTF-16 is told with its mark and without", () => {
  for (const isBig of [false, true])
    for (const mark of [false, true])
      expect(decodeText(utf16(script, isBig, mark))).toEqual({ text: script, encoding: "UTF-16", bom: mark });
});

test("what older programs wrote is read by its letters", () => {
  const russian =
    "ИНТ. КОМНАТА - НОЧЬ\n\nОльга сидит у окна и смотрит на дождь. Она никого не ждёт.\n\nОЛЬГА\nКто там? Я тебя давно не видела.\n".repeat(
      4,
    );
  const greek =
    "ΕΣΩΤ. ΣΠΙΤΙ - ΝΥΧΤΑ\n\nΗ Μαρία κοιτάζει τη θάλασσα και περιμένει το πλοίο.\n\nΜΑΡΙΑ\nΠού είσαι τώρα;\n".repeat(4);
  const cases: [string, string, string][] = [
    ["windows-1252", script.repeat(3), "windows-1252"],
    ["macintosh", script.repeat(3), "Mac Roman"],
    ["windows-1251", russian, "windows-1251"],
    ["koi8-r", russian, "KOI8-R"],
  ];
  for (const [label, text, name] of cases)
    expect(decodeText(encode(text, label))).toEqual({ text, encoding: name, bom: false });
  expect(decodeText(encode(greek, "iso-8859-7")).text).toBe(greek);
});

test("Japanese in Shift JIS is read", () => {
  // 雨が降っている。彼女は窓の外を見る。
  const sentence = [
    0x89, 0x4a, 0x82, 0xaa, 0x8d, 0x7e, 0x82, 0xc1, 0x82, 0xc4, 0x82, 0xa2, 0x82, 0xe9, 0x81, 0x42, 0x0a,
  ];
  const bytes = Uint8Array.from(Array.from({ length: 30 }, () => sentence).flat());
  expect(decodeText(bytes)).toMatchObject({ encoding: "Shift_JIS", text: "雨が降っている。\n".repeat(30) });
});

test("a picture is no text, whatever it is called", () => {
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13);
  expect(() => decodeText(png)).toThrow(/something else than text/);
});
