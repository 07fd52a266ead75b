/** The letters of a PDF: Courier Prime, and for alphabets it has not, DejaVu. What neither has is drawn as a box. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import fontkit from "@pdf-lib/fontkit";
import type { PDFDocument, PDFFont } from "pdf-lib";

export interface Style {
  bold: boolean;
  italic: boolean;
}

export interface PdfFonts {
  /**
   * Splits a text into pieces of one font each; null where no font has the letters.
   * @param text  all of one direction, in the order of reading
   */
  split(text: string, style: Style): Promise<{ text: string; font: PDFFont | null; isMono: boolean }[]>;
  /** How many letters no font had so far. */
  readonly missing: number;
}

const require = createRequire(import.meta.url);
const courier = (name: string) => `@expo-google-fonts/courier-prime/${name}/CourierPrime_${name}.ttf`;
const dejavu = (name: string) => `dejavu-fonts-ttf/ttf/${name}.ttf`;

/** By style: plain, bold, italic, both. Tried from the first to the last. */
const families: { isMono: boolean; files: readonly [string, string, string, string] }[] = [
  {
    isMono: true,
    files: [courier("400Regular"), courier("700Bold"), courier("400Regular_Italic"), courier("700Bold_Italic")],
  },
  {
    isMono: true,
    files: [
      dejavu("DejaVuSansMono"),
      dejavu("DejaVuSansMono-Bold"),
      dejavu("DejaVuSansMono-Oblique"),
      dejavu("DejaVuSansMono-BoldOblique"),
    ],
  },
  {
    isMono: false,
    files: [
      dejavu("DejaVuSans"),
      dejavu("DejaVuSans-Bold"),
      dejavu("DejaVuSans-Oblique"),
      dejavu("DejaVuSans-BoldOblique"),
    ],
  },
];

/** Every letter that a font file draws; a process reads each file once. */
const known = new Map<string, Promise<{ bytes: Buffer; letters: Set<number> }>>();

function fontFile(name: string): Promise<{ bytes: Buffer; letters: Set<number> }> {
  let file = known.get(name);
  if (!file) {
    file = readFile(require.resolve(name)).then((bytes) => ({
      bytes,
      letters: new Set(fontkit.create(bytes).characterSet),
    }));
    known.set(name, file);
  }
  return file;
}

export function openPdfFonts(pdf: PDFDocument): PdfFonts {
  pdf.registerFontkit(fontkit);
  const embedded = new Map<string, Promise<PDFFont>>();
  let missing = 0;
  const embed = async (name: string): Promise<PDFFont> => {
    let font = embedded.get(name);
    if (!font) {
      font = fontFile(name).then(({ bytes }) => pdf.embedFont(bytes, { subset: true }));
      embedded.set(name, font);
    }
    return font;
  };
  return {
    async split(text, { bold, italic }) {
      const style = (bold ? 1 : 0) + (italic ? 2 : 0);
      const pieces: { text: string; font: PDFFont | null; isMono: boolean }[] = [];
      const all = await familyOf(text, -2, style);
      // Most rows are all Latin.
      if (all === 0) return [{ text, font: await embed(families[0]!.files[style as 0]), isMono: true }];
      let before = -2;
      // A word is set in one font, also where another has some of its letters.
      for (const [word] of text.matchAll(/[\p{L}\p{M}\u200c\u200d]+|[^\p{L}\p{M}\u200c\u200d]/gu)) {
        const whole = await familyOf(word, before, style);
        for (const sign of whole === -1 ? word : [word]) {
          const found = whole === -1 ? await familyOf(sign, before, style) : whole;
          if (found === -1) missing += 1;
          const last = pieces.at(-1);
          if (last && found === before && found !== -1) last.text += sign;
          else {
            const one = families[found];
            const file = one?.files[style];
            pieces.push({
              ...{ text: sign, font: file === undefined ? null : await embed(file) },
              isMono: one?.isMono ?? true,
            });
          }
          before = found;
        }
      }
      return pieces;
    },
    get missing() {
      return missing;
    },
  };
}

/**
 * The first family that has all signs; -1 when none has.
 * @param before  of what stands before: spaces stay with it
 */
async function familyOf(signs: string, before: number, style: number): Promise<number> {
  const codes = [...signs].filter((sign) => !/\p{Cf}|\p{Cc}/u.test(sign)).map((sign) => sign.codePointAt(0) ?? 0);
  const has = async (family: number) => {
    const name = families[family]?.files[style];
    if (name === undefined) return false;
    const { letters } = await fontFile(name);
    return codes.every((code) => letters.has(code));
  };
  if (before >= 0 && /^\s$/.test(signs) && (await has(before))) return before;
  for (const index of families.keys()) if (await has(index)) return index;
  return -1;
}
