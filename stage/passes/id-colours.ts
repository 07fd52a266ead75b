import type { ScenePlan } from "#domain/screenplay/scene-plan.ts";

/** Whose colour it is in the pass of ids. */
export type IdColour = {
  /** As in #rrggbb. */
  colour: string;
  kind: "sky" | "set" | "person" | "crowd" | "piece" | "prop";
  /** A person's name, a piece's id, a thing's kind; empty for sky, set and crowd. */
  name: string;
};

/** Names of what is in a scene, as the stage calls its objects; the place in the list of ids is what is drawn. */
export type IdTable = { colours: readonly IdColour[]; numberOf(objectName: string): number | undefined };

export const skyId = 0;
export const setId = 1;

/**
 * Colours far from each other, also after a codec: people get the bright ones in the order of the cast, what stands in
 * the set darker ones. The same plan has the same.
 */
export function idTable(plan: ScenePlan): IdTable {
  const colours: IdColour[] = [
    { colour: "#000000", kind: "sky", name: "" },
    { colour: "#404040", kind: "set", name: "" },
  ];
  const numbers = new Map<string, number>();
  const add = (objectName: string, entry: IdColour) => {
    numbers.set(objectName, colours.length);
    colours.push(entry);
  };
  plan.cast.forEach(({ name }, index) => add(`character:${index}`, { colour: people[index]!, kind: "person", name }));
  plan.pieces.forEach(({ id }, index) => add(`piece:${id}`, { colour: darker(index), kind: "piece", name: id }));
  plan.props.forEach(({ kind }, index) =>
    add(`prop:${index}`, { colour: darker(48 + index), kind: "prop", name: kind }),
  );
  if (plan.crowd > 0) add("crowd", { colour: "#c0c0c0", kind: "crowd", name: "" });
  return { colours, numberOf: (objectName) => numbers.get(objectName) };
}

const people = ["#ff0000", "#00ff00", "#0000ff", "#ffff00", "#ff00ff", "#00ffff", "#ff8000", "#8000ff"];

/** Steps round the circle of hues by the golden angle, in two brightnesses: 56 of them are all different. */
function darker(index: number): string {
  const hue = (index * 137.508 + 24) % 360;
  const value = index % 2 === 0 ? 0.62 : 0.42;
  const part = (shift: number) => {
    const k = (shift + hue / 60) % 6;
    const share = value - value * 0.75 * Math.max(0, Math.min(k, 4 - k, 1));
    return Math.round(share * 255)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${part(5)}${part(3)}${part(1)}`;
}
