import { expect, test } from "vitest";
import { checkGraph } from "./graph.ts";

test("steps without names and steps in any order make a graph", () => {
  checkGraph([{}, {}]);
  checkGraph([
    { key: "join", dependsOn: ["chunk:0", "chunk:1"] },
    { key: "chunk:1", dependsOn: ["chunk:0"], part: { head: "join", index: 1, count: 2 } },
    { key: "chunk:0", part: { head: "join", index: 0, count: 2 } },
    { dependsOn: ["join"] },
  ]);
});

test("a name that comes twice or nowhere, and steps that wait for each other, are refused", () => {
  const refused = (nodes: Parameters<typeof checkGraph>[0], words: string) =>
    expect(() => checkGraph(nodes)).toThrow(words);
  refused([{ key: "a" }, { key: "a" }], 'Two steps are called "a".');
  refused([{ key: "b", dependsOn: ["a"] }], 'b names "a", which is no step.');
  refused([{ key: "b", part: { head: "a", index: 0, count: 1 } }], 'b names "a", which is no step.');
  refused(
    [{ key: "a", dependsOn: ["c"] }, { key: "b", dependsOn: ["a"] }, { key: "c", dependsOn: ["b"] }, { key: "d" }],
    "These steps wait for each other: a, b, c.",
  );
  refused([{ key: "a", dependsOn: ["a"] }], "These steps wait for each other: a.");
});
