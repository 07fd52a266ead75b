/** How a film's title is set on its poster: chosen by its id, so that it is always the same. */
export interface Lettering {
  face: "serif" | "italic" | "caps" | "type";
  place: "top" | "low";
  /** Degrees on the colour wheel for the drawn poster. */
  hue: number;
  /** Which of the four drawings. */
  motif: number;
  /** The title, broken for a narrow column. */
  lines: string[];
}

const faces = ["serif", "italic", "caps", "type"] as const;
const hues = [205, 28, 232, 18, 190, 262, 150, 340] as const;
const longestTitle = 40;

export function lettering(id: string, title: string): Lettering {
  const seed = hash(id);
  return {
    face: faces[seed % faces.length] ?? "serif",
    place: (seed >>> 3) % 2 === 0 ? "top" : "low",
    hue: hues[(seed >>> 5) % hues.length] ?? 205,
    motif: (seed >>> 11) % 4,
    lines: breakTitle(title),
  };
}

/** One word a line, short words staying with what follows: "Marigold at Sea" → Marigold / at Sea. */
export function breakTitle(title: string): string[] {
  const short = title.length > longestTitle ? `${title.slice(0, longestTitle).replace(/\s+\S*$/, "")}…` : title;
  const lines: string[] = [];
  let open = "";
  for (const word of short.split(/\s+/).filter(Boolean)) {
    const line = open ? `${open} ${word}` : word;
    if (word.length <= 3 && lines.length + 1 < 4) open = line;
    else {
      lines.push(line);
      open = "";
    }
  }
  if (open) lines.push(open);
  return lines.length === 0 ? ["Untitled"] : lines;
}

function hash(text: string): number {
  let value = 2166136261;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 16777619);
  // Ids that differ in their last letter only must not look alike.
  value = Math.imul(value ^ (value >>> 16), 2246822507);
  value = Math.imul(value ^ (value >>> 13), 3266489909);
  return (value ^ (value >>> 16)) >>> 0;
}
