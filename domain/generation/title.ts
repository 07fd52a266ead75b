/** Longer is cut at a word. */
const longest = 90;

/** A prompt's first sentence, as the title of what came of it. */
export function titleOf(prompt: string): string {
  const text = prompt.slice(0, 2000).replace(/\s+/g, " ").trim();
  const sentence = /^.{12,}?[.!?](?= |$)/.exec(text)?.[0].replace(/\.$/, "") ?? text;
  const letters = Array.from(sentence);
  letters[0] = letters[0]?.toUpperCase() ?? "";
  if (letters.length <= longest) return letters.join("") || "Untitled scene";
  const cut = letters.slice(0, longest).join("");
  const end = cut.lastIndexOf(" ");
  return `${(end > longest / 2 ? cut.slice(0, end) : cut).replace(/[ ,;:.–-]+$/, "")} …`;
}
