/** What made a take stale, in words. */
import type { InputChange } from "#domain/film/staleness.ts";

const names: Record<InputChange["what"], string> = {
  action: "Action",
  dialogue: "Dialogue",
  prompt: "Prompt",
  people: "In the picture",
  element: "Element",
  place: "Place",
  synopsis: "About the scene",
  framing: "Camera",
  length: "Length",
  rate: "Frame rate",
  seed: "Seed",
  plan: "Scene plan",
};

/** `Camera`; of an element its name. */
export function changeName(change: Pick<InputChange, "what" | "name">): string {
  return change.name ?? names[change.what];
}

/** `Changed since take 3: action, Captain Hale, length` */
export function changesSentence(changes: readonly Pick<InputChange, "what" | "name">[], takeNumber: number): string {
  const said = changes.map((change) => change.name ?? names[change.what].toLowerCase());
  return `Changed since take ${takeNumber}: ${said.join(", ")}`;
}

/** What stands where there was, or is, nothing. */
export function nothingWords(what: InputChange["what"]): string {
  if (what === "element") return "not in the shot";
  if (what === "prompt") return "composed from the shot";
  return what === "people" ? "nobody" : "nothing";
}
