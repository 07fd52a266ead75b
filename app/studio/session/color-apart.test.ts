import { expect, test } from "vitest";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { peerColorValues } from "#domain/collab/presence.ts";
import { colorApart, keepColorApart } from "./color-apart.ts";

const teal = peerColorValues["peer-1"];
const coral = peerColorValues["peer-2"];

test("of two people in one colour whoever came later takes the first free one, and who was there keeps theirs", () => {
  const owner = { id: "b", color: coral, joinedAt: 1000 };
  const guest = { id: "a", color: coral, joinedAt: 2000 };
  expect(colorApart(owner, [guest])).toBe(coral);
  expect(colorApart(guest, [owner])).toBe(teal);
});

test("of two who came in the same second the later id gives way, and a tab that does not say when was there before", () => {
  expect(colorApart({ id: "b", color: teal, joinedAt: 5 }, [{ id: "a", color: teal, joinedAt: 5 }])).toBe(coral);
  expect(colorApart({ id: "a", color: teal, joinedAt: 5 }, [{ id: "b", color: teal, joinedAt: 5 }])).toBe(teal);
  expect(colorApart({ id: "a", color: teal, joinedAt: 5 }, [{ id: "b", color: teal }])).toBe(coral);
  expect(colorApart({ id: "b", color: teal }, [{ id: "a", color: teal, joinedAt: 5 }])).toBe(teal);
});

test("nobody's colour changes when anybody else comes in, whoever they are", () => {
  const room: { id: string; color: string; joinedAt: number }[] = [];
  for (const [index, id] of ["m", "z", "a", "q", "b", "y"].entries()) {
    const came = { id, color: coral, joinedAt: index };
    came.color = colorApart(came, room);
    room.push(came);
    for (const each of room)
      expect(
        colorApart(
          each,
          room.filter((other) => other !== each),
        ),
      ).toBe(each.color);
  }
  expect(new Set(room.map(({ color }) => color)).size).toBe(room.length);
});

test("a person's second tab wears the colour of their first", () => {
  expect(colorApart({ id: "a", color: teal, joinedAt: 9 }, [{ id: "a", color: coral, joinedAt: 3 }])).toBe(coral);
  expect(colorApart({ id: "a", color: coral, joinedAt: 3 }, [{ id: "a", color: teal, joinedAt: 9 }])).toBe(coral);
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
