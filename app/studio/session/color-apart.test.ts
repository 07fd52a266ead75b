import { expect, test } from "vitest";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { peerColorValues } from "#domain/collab/presence.ts";
import { colorApart, keepColorApart } from "./color-apart.ts";

const teal = peerColorValues["peer-1"];
const coral = peerColorValues["peer-2"];

test("of two people in one colour the later id takes the first free one, and the other keeps it", () => {
  expect(colorApart({ id: "b", color: teal }, [{ id: "a", color: teal }])).toBe(coral);
  expect(colorApart({ id: "a", color: teal }, [{ id: "b", color: teal }])).toBe(teal);
});

test("a person's second tab wears the same colour", () => {
  expect(colorApart({ id: "a", color: teal }, [{ id: "a", color: teal }])).toBe(teal);
});

test("with more people than colours nobody changes for nothing", () => {
  const everybody = Object.values(peerColorValues).map((color, index) => ({ id: `a${index}`, color }));
  expect(colorApart({ id: "b", color: teal }, everybody)).toBe(teal);
});

test("in a room the tab changes what the others see of it", () => {
  const awareness = new Awareness(new Y.Doc());
  const state = (id: string) => ({
    user: { id, name: id, color: teal, colorLight: `${teal}44`, role: "editor" },
    view: "script",
    pointer: null,
    selection: { shotIds: [], clipIds: [] },
    playhead: null,
    activity: null,
  });
  awareness.setLocalState(state("b"));
  const stop = keepColorApart(awareness);
  awareness.states.set(7, state("a"));
  awareness.emit("change", [{ added: [7], updated: [], removed: [] }, "remote"]);
  expect(awareness.getLocalState()).toMatchObject({ user: { color: coral, colorLight: `${coral}44` } });
  stop();
  awareness.destroy();
});
