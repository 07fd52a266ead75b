import type { FountainKind } from "#domain/screenplay/fountain.ts";

/** What a kind of line is called in the status bar. */
export const lineNames: Record<FountainKind, string> = {
  "title-page": "Title page",
  "scene-heading": "Scene heading",
  action: "Action",
  character: "Character",
  "dual-character": "Character, side by side",
  parenthetical: "Parenthetical",
  dialogue: "Dialogue",
  transition: "Transition",
  centered: "Centred",
  lyric: "Lyric",
  section: "Section",
  synopsis: "Synopsis",
  note: "Note",
  boneyard: "Set aside",
  "page-break": "Page break",
  blank: "Action",
};
