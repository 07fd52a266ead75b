import { PDFDocument } from "pdf-lib";
import { expect, test } from "vitest";
import { readScriptFile } from "./read-script.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

test("Fountain stays to the letter, whatever it looks like; line ends and mark are noted", async () => {
  const text = "INT. A - DAY\r\n\r\n                    MAYA\r\n          Hello.\r\n".repeat(4);
  expect(await readScriptFile(bytesOf(`\uFEFF${text}`), "a.fountain")).toEqual({
    ...{
      format: "fountain",
      encoding: "UTF-8",
      text: text.replaceAll("\r\n", "\n"),
      eol: "\r\n",
      bom: true,
      notes: [],
    },
  });
});

test("a text whose lines end in different ways says so", async () => {
  const file = await readScriptFile(bytesOf("INT. A - DAY\r\n\nRain.\rSnow.\n"), "a.txt");
  expect(file).toMatchObject({ format: "text", text: "INT. A - DAY\n\nRain.\nSnow.\n", eol: "\n" });
  expect(file.notes).toEqual([expect.stringContaining("ended in different ways")]);
});

test("Final Draft is told by its bytes, also in the encoding that it declares", async () => {
  const xml = `<?xml version="1.0" encoding="ISO-8859-1"?><FinalDraft><Content><Paragraph Type="Action"><Text>Caf\u00e9.</Text></Paragraph></Content></FinalDraft>`;
  const file = await readScriptFile(Buffer.from(xml, "latin1"), "whatever.bin");
  expect(file).toMatchObject({ format: "fdx", text: "Café.\n" });
});

test("other programs' files are refused by name, with what to do instead", async () => {
  const cases: [Uint8Array, RegExp][] = [
    [bytesOf("PK\u0003\u0004rest"), /Export the script as Final Draft/],
    [Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1, 2), /old Word file/],
    [bytesOf("{\\rtf1 hello}"), /RTF/],
    [Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13), /something else than text/],
    [bytesOf("%PDF-1.7\nand then nothing"), /damaged/],
  ];
  for (const [bytes, sentence] of cases) await expect(readScriptFile(bytes, "a.fountain")).rejects.toThrow(sentence);
});

test("a PDF of pictures holds no text, and says what to do", async () => {
  const pdf = await PDFDocument.create();
  pdf.addPage().drawRectangle({ x: 50, y: 50, width: 300, height: 500 });
  const error = await readScriptFile(await pdf.save(), "scan.pdf").catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: "screenplay/no-text", message: expect.stringContaining("OCR") });
});

test("a script over 2 MB is refused, in whatever file it came", async () => {
  const text = `${"x".repeat(79)}\n`.repeat(26_000);
  await expect(readScriptFile(bytesOf(text), "a.txt")).rejects.toMatchObject({ code: "screenplay/too-large" });
  const wide = new Uint8Array(Buffer.from(text, "utf16le"));
  await expect(readScriptFile(wide, "a.txt")).rejects.toMatchObject({ code: "screenplay/too-large" });
});

test("a locked PDF says that it is locked", async () => {
  await expect(readScriptFile(lockedPdf(), "locked.pdf")).rejects.toThrow(/password/);
});

/** A PDF that says it is encrypted with a password that nobody gave. */
function lockedPdf(): Uint8Array {
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>",
    `<< /Filter /Standard /V 2 /R 3 /Length 128 /P -3904 /O <${"ab".repeat(32)}> /U <${"cd".repeat(32)}> >>`,
  ];
  let file = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const at = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const xref = file.length;
  file += `xref\n0 5\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("")}`;
  file += `trailer\n<< /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<${"00".repeat(16)}> <${"00".repeat(16)}>] >>\nstartxref\n${xref}\n%%EOF\n`;
  return bytesOf(file);
}
