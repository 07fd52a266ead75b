export const abbreviation = /(?:^|[\s(“"'])(?:Mr|Mrs|Ms|Dr|St|Sgt|Capt|Lt|Col|Gen|Prof|Jr|Sr|vs|etc|No|\p{Lu})\.$/u;

/** Splits running text after `.`, `!`, `?`, `…` and their Asian forms; never loses a character but the space between. */
export function sentencesOf(text: string): string[] {
  const rough = text.split(
    /(?<=[.!?…]["'”’)\]]?)\s+(?=["'“‘(¿¡[]?[\p{Lu}\p{Lo}\p{N}])|(?<=[。！？])(?![。！？”’」』）])/u,
  );
  const out: string[] = [];
  for (const piece of rough) {
    const last = out.at(-1);
    if (last !== undefined && last.length < 400 && abbreviation.test(last)) out[out.length - 1] = `${last} ${piece}`;
    else if (piece.trim() !== "") out.push(piece.trim());
  }
  return out;
}

export function wordCount(text: string): number {
  return wordsOf(lettersOf(text));
}

/** What a count of words is made of; those of texts with a space between them add up. */
export interface Letters {
  words: number;
  unspaced: number;
}

export function lettersOf(text: string): Letters {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0;
  // Scripts without spaces count by characters, about two to a word.
  const unspaced = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu)?.length ?? 0;
  return { words, unspaced };
}

export const wordsOf = ({ words, unspaced }: Letters): number => (unspaced > words ? Math.ceil(unspaced / 2) : words);

/** No piece of a speech is longer, whatever its words are. */
const mostLetters = 2000;

/** Cuts a speech into pieces of at most about `most` words, at sentences, else at commas, else between words. */
export function piecesOf(text: string, most: number): string[] {
  const fits = (part: string) => part.length <= mostLetters && wordCount(part) <= most;
  if (fits(text)) return [text];
  const parts = sentencesOf(text).flatMap((sentence) => (fits(sentence) ? [sentence] : byWords(sentence, most)));
  const out: string[] = [];
  let count = 0;
  for (const part of parts) {
    const words = wordCount(part);
    const last = out.at(-1);
    if (last !== undefined && count + words <= most && last.length + part.length < mostLetters) {
      out[out.length - 1] = `${last} ${part}`;
      count += words;
    } else {
      out.push(part);
      count = words;
    }
  }
  return out;
}

function byWords(sentence: string, most: number): string[] {
  const words = sentence.split(/\s+/);
  const out: string[] = [];
  let piece: string[] = [];
  for (const word of words) {
    const { words: counted, unspaced } = lettersOf(word);
    const isUnspaced = unspaced > counted && unspaced > 2 * most;
    if (isUnspaced || word.length > mostLetters) {
      if (piece.length > 0) out.push(piece.join(" "));
      piece = [];
      // Scripts without spaces have about two characters to a word.
      out.push(...cutToLength(word, isUnspaced ? 2 * most : mostLetters));
      continue;
    }
    piece.push(word);
    const enough = piece.length >= most || (piece.length >= most * 0.6 && /[,;:–—]$/.test(word));
    if (enough) {
      out.push(piece.join(" "));
      piece = [];
    }
  }
  if (piece.length > 0) out.push(piece.join(" "));
  return out;
}

const goodCut = /[\s,;:–—、，；：。！？]/;

/** Cuts what is longer than `most` characters, at least 2, at spaces and commas of any script, else anywhere between characters. */
export function cutToLength(text: string, most: number): string[] {
  const out: string[] = [];
  let from = 0;
  while (text.length - from > most) {
    let to = from + most;
    while (to > from + most / 2 && !goodCut.test(text[to - 1] as string)) to -= 1;
    if (!goodCut.test(text[to - 1] as string)) to = from + most;
    // Both halves of a character stay together.
    if (/[\udc00-\udfff]/.test(text[to] as string) && /[\ud800-\udbff]/.test(text[to - 1] as string)) to -= 1;
    out.push(text.slice(from, to));
    from = to;
  }
  out.push(text.slice(from));
  return out.map((piece) => piece.trim()).filter((piece) => piece !== "");
}
