/** Furniture that a scene's words speak of and its place has not: it is put where there is room. */
import { places } from "./plan-places.ts";
import type { PlaceKind } from "./plan-places.ts";
import type { PieceKind } from "./plan-words.ts";
import type { PlannedPiece } from "#domain/screenplay/scene-plan.ts";

type Row = {
  said: RegExp;
  kind: PieceKind;
  /** Where there is one already. */
  has: readonly PlaceKind[];
  /** Only under a roof, or only without one. */
  only?: "inside" | "outside";
};

const rows: readonly Row[] = [
  { said: /\b(beds?|bunks?|mattress)\b(?! of)/, kind: "bed", has: [], only: "inside" },
  { said: /\b(sofas?|couch(?:es)?|settee)\b/, kind: "sofa", has: [] },
  { said: /\b(?:step)?ladders?\b/, kind: "ladder", has: [] },
  { said: /\b(barrels?|oil drums?|casks?)\b/, kind: "barrel", has: ["car-deck"] },
  { said: /\b(crates?|wooden box(?:es)?|packing cases?)\b/, kind: "crate", has: ["harbour", "desert"] },
  { said: /\b(columns?|pillars?)\b(?! of)/, kind: "column", has: ["cave"] },
  { said: /\b(rowing boats?|dinghy|dinghies|canoes?)\b/, kind: "boat", has: ["beach", "ship-deck"], only: "outside" },
  {
    said: /\b(bookshel(?:f|ves)|bookcases?|shelves)\b/,
    kind: "shelf",
    has: ["room", "interior", "cafe"],
    only: "inside",
  },
  { said: /\b(potted plants?|houseplants?)\b/, kind: "plant", has: ["cafe", "corridor"], only: "inside" },
  {
    said: /\bpark bench(?:es)?\b|\bbenches\b|\bon (?:a|the) bench\b/,
    kind: "bench",
    has: ["harbour", "street"],
    only: "outside",
  },
  { said: /\btables?\b/, kind: "table", has: [], only: "outside" },
];
const plural = /(?:s|ves|ies)$/;

/** @returns at most one piece for each spare spot of the place, the same for all shots whose scene has this text */
export function dressingFor(sceneText: string, place: PlaceKind): PlannedPiece[] {
  const { spare, mark, interior } = places[place];
  const said = sceneText.toLowerCase();
  const wanted = rows
    .filter(({ only, has }) => !has.includes(place) && (only === undefined || (only === "inside") === interior))
    .flatMap(({ said: pattern, kind }) => {
      const found = pattern.exec(said);
      if (found === null) return [];
      return Array.from({ length: plural.test(found[0]) ? 2 : 1 }, () => ({ kind, at: found.index }));
    })
    .sort((a, b) => a.at - b.at);
  return wanted.slice(0, spare.length).map(({ kind }, index) => {
    const [x, z] = spare[index] ?? [0, 0];
    // It faces those who stand at the mark.
    const facing = (Math.atan2(mark.at[0] - x, mark.at[2] - z) * 180) / Math.PI;
    return { id: `set:${kind}:${index}`, kind, at: [x, 0, z], facing: Math.round(facing), scale: 1, hidden: false };
  });
}
