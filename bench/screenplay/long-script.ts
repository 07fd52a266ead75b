/** A screenplay of so many pages, the same one for a seed: scenes, action, speeches, and what writers leave between. */
import { layOutPages } from "#domain/screenplay/pages/pages.ts";
import { lexScript } from "#domain/screenplay/fountain/relex.ts";
import { seededRandom } from "#domain/screenplay/seeded.ts";

const places = ["HARBOUR", "FERRY LOUNGE", "LIGHTHOUSE ROCK", "ENGINE ROOM", "MARKET STREET", "THE BLUE DOOR", "ATTIC"];
const times = ["DAY", "NIGHT", "DUSK", "DAWN", "CONTINUOUS"];
const people = ["MAYA", "HALE", "OLD TAM", "ÉLODIE", "CAPTAIN (V.O.)", "R2-D2", "NOOR"];
const words =
  "rain hisses on black water the boat strains at its ropes and nobody comes down to the pier where a lamp burns low she looks up slowly then runs past crates of fish under nets that smell of salt".split(
    " ",
  );
const asides = [
  "[[is this too much?]]",
  "/*\nAn old version.\n\nMAYA\nNo.\n*/",
  "= They meet again.",
  "## Second act",
  "CUT TO:",
];

export function longScript(pages: number, seed = 1): { text: string; pages: number; lines: number } {
  const random = seededRandom(seed);
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const sentence = (least: number, most: number) => {
    const count = least + Math.floor(random() * (most - least));
    const said = Array.from({ length: count }, () => one(words)).join(" ");
    const marked = random() < 0.05 ? `*${said}*` : said;
    return `${marked.charAt(0).toUpperCase()}${marked.slice(1)}.`;
  };
  const parts = ["Title:\n    _**LOW WATER**_\nCredit: written by\nAuthor: N. Okafor\nDraft date: 1/2/2026\n"];
  const scene = () => {
    parts.push(
      `${one(["INT.", "EXT.", "INT./EXT."])} ${one(places)} - ${one(times)}${random() < 0.2 ? ` #${parts.length}A#` : ""}\n`,
    );
    for (let beat = 0; beat < 8; beat += 1) {
      if (random() < 0.45)
        parts.push(`${Array.from({ length: 1 + Math.floor(random() * 3) }, () => sentence(6, 16)).join(" ")}\n`);
      else {
        const how = random() < 0.25 ? "(quietly)\n" : "";
        const dual = random() < 0.04 ? " ^" : "";
        parts.push(`${one(people)}${dual}\n${how}${sentence(4, 22)}\n`);
      }
    }
    if (random() < 0.15) parts.push(`${one(asides)}\n`);
  };
  // Pages are counted now and then, as counting reads it all.
  for (let scenes = 0; ; scenes += 1) {
    scene();
    if (scenes % Math.max(8, Math.floor(pages / 8)) !== 0) continue;
    const text = parts.join("\n");
    const { lines } = lexScript(text);
    const count = layOutPages(lines, { paper: "letter" }).length;
    if (count >= pages) return { text, pages: count, lines: lines.length };
  }
}
