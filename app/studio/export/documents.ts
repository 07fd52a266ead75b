/** What the script and the board can be written as. Nothing is rendered: the file is there at once. */
export type DocumentId =
  | "script-pdf"
  | "script-fdx"
  | "script-fountain"
  | "script-txt"
  | "storyboard-pdf"
  | "shot-list";

export interface DocumentKind {
  name: string;
  /** What is in it, for people. */
  holds: string;
  of: "script" | "board";
  ending: string;
  /** What can be chosen of it. */
  choices: readonly ("paper" | "sceneNumbers")[];
}

export const documents: Record<DocumentId, DocumentKind> = {
  "script-pdf": {
    ...{ name: "Script, PDF", holds: "as it is printed and sent, in Courier", of: "script", ending: "pdf" },
    choices: ["paper", "sceneNumbers"],
  },
  "script-fdx": {
    ...{ name: "Script, Final Draft", holds: "opens in Final Draft and most others", of: "script", ending: "fdx" },
    choices: [],
  },
  "script-fountain": {
    ...{ name: "Script, Fountain", holds: "plain text, to the letter", of: "script", ending: "fountain", choices: [] },
  },
  "script-txt": {
    ...{ name: "Script, plain text", holds: "laid out in pages with spaces", of: "script", ending: "txt" },
    choices: ["paper"],
  },
  "storyboard-pdf": {
    ...{ name: "Storyboard, PDF", holds: "six shots a page, with words and notes", of: "board", ending: "pdf" },
    choices: ["paper"],
  },
  "shot-list": {
    ...{ name: "Shot list, CSV", holds: "a row a shot, for any spreadsheet", of: "board", ending: "csv", choices: [] },
  },
};
export const documentIds = Object.keys(documents) as DocumentId[];
export const isDocument = (id: string): id is DocumentId => Object.hasOwn(documents, id);

export type Paper = "letter" | "a4";
export type SceneNumbers = "none" | "left" | "both";

/** North America writes on letter, everybody else on A4. */
export const paperOf = (language: string): Paper =>
  /^(?:en-(?:US|CA)|es-(?:MX|US)|fr-CA|fil)\b/.test(language) ? "letter" : "a4";

export function documentPath(
  projectId: string,
  id: DocumentId,
  { paper, sceneNumbers }: { paper: Paper; sceneNumbers: SceneNumbers },
): string {
  const { of, ending, choices } = documents[id];
  const query = new URLSearchParams({ format: ending });
  if (choices.includes("paper")) query.set("paper", paper);
  if (choices.includes("sceneNumbers")) query.set("sceneNumbers", sceneNumbers);
  if (ending === "csv") query.set("mark", "true");
  return `/v1/projects/${projectId}/${of === "script" ? "screenplay" : "storyboard"}?${query}`;
}
