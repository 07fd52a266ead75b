/** Builds what an engine is told about a shot. People's own words win; elements speak up where nobody named them. */
import type { Element } from "#domain/film/element.ts";
import type { Scene } from "#domain/film/scene.ts";
import { shotTypeNames, type CameraMove, type Shot } from "#domain/film/shot.ts";

/** How a model is asked for a move; nothing to say when the camera stands still. */
const moveWords: Record<CameraMove, string> = {
  static: "",
  pan: "slow pan",
  tilt: "slow tilt",
  push_in: "slow push in",
  pull_out: "slow pull back",
  tracking: "tracking with the subject",
  crane: "gentle crane move",
  orbit: "camera orbits the subject",
  handheld: "handheld",
};

export interface PromptParts {
  shot: Pick<Shot, "type" | "move" | "action" | "dialogue" | "characters" | "prompt" | "elementIds">;
  scene: Pick<Scene, "setting" | "location" | "time" | "synopsis"> | null;
  /** All elements of the film. */
  elements: readonly Pick<Element, "id" | "name" | "kind" | "description" | "triggerWords">[];
}

/**
 * The whole prompt of a shot: where and when, what is seen, how it is framed, and the elements that the words call
 * for. A prompt that people wrote replaces the action; trigger words that it lacks are added behind (S1-B05, B06).
 */
export function composePrompt({ shot, scene, elements }: PromptParts): string {
  const seen = shot.prompt.trim() !== "" ? shot.prompt.trim() : sentence(shot.action.trim() || speakers(shot));
  const place = shot.prompt.trim() !== "" ? "" : placeSentence(scene);
  const move = shot.type === "tracking" && shot.move === "tracking" ? "with the subject" : moveWords[shot.move];
  const framing = [shotTypeNames[shot.type], move]
    .filter((part) => part !== "")
    .join(move === "with the subject" ? " " : ", ");
  const words = [place, seen, sentence(framing)].filter((part) => part !== "").join(" ");
  const added = elements
    .filter(
      (element) =>
        shot.elementIds.includes(element.id) ||
        names(words, element) ||
        shot.characters.some((name) => same(name, element.name)),
    )
    .flatMap((element) => {
      const missing = element.triggerWords.filter((word) => word.trim() !== "" && !contains(words, word));
      const described = element.description.trim() === "" ? "" : `${element.name}: ${element.description.trim()}`;
      return [described, missing.join(", ")].filter((part) => part !== "");
    });
  return [words, ...added.map(sentence)].join(" ").replace(/\s+/g, " ").trim().slice(0, 20_000);
}

function placeSentence(scene: PromptParts["scene"]): string {
  if (!scene) return "";
  const inside = { int: "Interior", ext: "Exterior", "int-ext": "Interior and exterior", "": "" }[scene.setting];
  return sentence(
    [inside, scene.location.toLowerCase(), scene.time.toLowerCase()].filter((part) => part !== "").join(", "),
  );
}

function speakers(shot: PromptParts["shot"]): string {
  const who = [...new Set(shot.dialogue.map((line) => line.character))];
  if (who.length > 0) return `${who.join(" and ")} ${who.length > 1 ? "talk" : "speaks"}`;
  return shot.characters.join(" and ");
}

function sentence(text: string): string {
  if (text === "") return "";
  const upper = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]["'”’)]?$/.test(upper) ? upper : `${upper}.`;
}

const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();
const names = (text: string, element: { name: string; triggerWords: readonly string[] }) =>
  contains(text, element.name) || element.triggerWords.some((word) => word.trim() !== "" && contains(text, word));

/** Whole words only: "ray" is not in "gray". */
function contains(text: string, phrase: string): boolean {
  const escaped = phrase.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return escaped !== "" && new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "iu").test(text);
}
