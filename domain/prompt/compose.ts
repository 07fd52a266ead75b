/** The words an engine is asked with. Rules only: the same shot gives the same prompt. */
import { colourName } from "#domain/elements/colour-names.ts";
import type { ElementInShot } from "#domain/elements/in-shot.ts";
import { plainWords } from "#domain/elements/words.ts";
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
/** Longest prompt that is sent, characters. */
const longest = 20_000;

interface PromptParts {
  shot: Pick<Shot, "type" | "move" | "action" | "dialogue" | "characters" | "prompt" | "lens">;
  scene: Pick<Scene, "setting" | "location" | "time" | "synopsis"> | null;
  /** What is seen just before in the same scene; "" at its beginning. */
  before: string;
  /** Those in the picture. */
  elements: readonly ElementInShot[];
}

export interface ComposedPrompt {
  /** Where, when and what came before; "" where people wrote the prompt, which then says all of it. */
  context: string;
  /** What is seen, how it is framed, and the elements in it. */
  words: string;
  /** Both: exactly what is sent. */
  prompt: string;
}

/**
 * The whole prompt of a shot. A prompt that people wrote replaces context and action. Either way the elements are
 * described behind it, and trigger words that it lacks are added: without them a model does not draw its element.
 */
export function composePrompt({ shot, scene, before, elements }: PromptParts): ComposedPrompt {
  const own = shot.prompt.trim();
  const context = own === "" ? joined([placeSentence(scene), sentence(scene?.synopsis ?? ""), justBefore(before)]) : "";
  const seen = own === "" ? sentence(shot.action.trim() || speakers(shot)) : ended(own);
  const said = joined([seen, framing(shot), ...elements.map(describe).map(ended)]);
  const triggers = missingTriggers(`${context} ${said}`, elements);
  const room = longest - triggers.length - 1;
  const words = joined([said.slice(0, Math.max(0, room - context.length - 1)), triggers]);
  return { context, words, prompt: joined([context, words]) };
}

function placeSentence(scene: PromptParts["scene"]): string {
  if (!scene) return "";
  const inside = { int: "Interior", ext: "Exterior", "int-ext": "Interior and exterior", "": "" }[scene.setting];
  return sentence(
    [inside, scene.location.toLowerCase(), scene.time.toLowerCase()].filter((part) => part !== "").join(", "),
  );
}

/** One sentence of it, so that a model knows where the moment comes from without drawing it. */
function justBefore(action: string): string {
  const [first = ""] = action.trim().split(/(?<=[.!?…])\s/u);
  return first === "" ? "" : ended(`Just before: ${first.slice(0, 200).trim()}`);
}

function framing({ type, move, lens }: PromptParts["shot"]): string {
  const follows = type === "tracking" && move === "tracking";
  const camera = [follows ? "with the subject" : moveWords[move]].filter((part) => part !== "").join("");
  const shown = [shotTypeNames[type], camera].filter((part) => part !== "").join(follows ? " " : ", ");
  return sentence(lens === undefined ? shown : `${shown}, ${lens} mm lens`);
}

function describe(element: ElementInShot): string {
  const colours = element.colours.map(colourName);
  const inColours = colours.length === 0 ? "" : `in ${listed([...new Set(colours)])}`;
  const description = element.description.trim().replace(/\.$/, "");
  const about = [description, inColours].filter((part) => part !== "").join(", ");
  if (about === "") return "";
  const name = element.variantName === undefined ? element.name : `${element.name}, ${element.variantName}`;
  return element.kind === "style" ? about : `${name}: ${about}`;
}

function missingTriggers(text: string, elements: readonly ElementInShot[]): string {
  const plain = plainWords(text);
  // As whole words: "sks" is not in "masks". A word of signs alone has no plain form and is looked for as it is.
  const isThere = (word: string) => (plainWords(word) === "" ? text.includes(word) : plain.includes(plainWords(word)));
  const wanted = elements.flatMap((element) => element.triggerWords.map((word) => word.trim()));
  return ended(
    [...new Set(wanted)]
      .filter((word) => word !== "" && !isThere(word))
      .join(", ")
      .slice(0, longest / 2),
  );
}

function speakers(shot: PromptParts["shot"]): string {
  const who = [...new Set(shot.dialogue.map((line) => line.character))];
  if (who.length > 0) return `${who.join(" and ")} ${who.length > 1 ? "talk" : "speaks"}`;
  return shot.characters.join(" and ");
}

function sentence(text: string): string {
  const said = text.trim();
  return ended(said.charAt(0).toUpperCase() + said.slice(1));
}

function ended(text: string): string {
  return text === "" || /[.!?…]["'”’)]?$/.test(text) ? text : `${text}.`;
}

const joined = (parts: readonly string[]) =>
  parts
    .filter((part) => part !== "")
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
const listed = (words: readonly string[]) =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
