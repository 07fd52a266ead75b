/** Finding words in words: whole ones, whatever their case and whatever stands between them. */

/**
 * @returns the text as plain words with a space round each: `Ship's wheel!` → ` ship s wheel `. One such text includes
 *   another where the words stand in it as whole words: "ray" is not in "gray".
 */
export function plainWords(text: string): string {
  const words = text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}_]+/gu, " ")
    .trim();
  return words === "" ? "" : ` ${words} `;
}

/** "The lighthouse" is "lighthouse" when one looks for it. */
export function withoutArticle(name: string): string {
  return name.trim().replace(/^(?:the|an?)\s+(?=\S)/iu, "");
}
