import * as Y from "yjs";
import { expect, test } from "vitest";
import { breakDown } from "#domain/screenplay/breakdown.ts";
import { defaultFrameRate as fps } from "#domain/time.ts";
import { commitBreakdown } from "./commit-breakdown.ts";
import { DerivedIds, idFrom } from "./derived-ids.ts";
import { removeShot, type EditContext } from "./edit.ts";
import { readFilm } from "./snapshot.ts";

const room = "INT. ROOM - DAY\n\nA room.\n\nMAYA\nWho is there?";
const garden = "EXT. GARDEN - NIGHT\n\nA lamp burns.\n\nA lamp burns.";

/** Peers of one film that has `text` on its board already. */
function peersOf(text: string, count: number) {
  const first = new Y.Doc();
  const contextOf = (by: number): EditContext => {
    let made = 0;
    return { newId: () => `by-${by}-${(made += 1)}`, projectId: "p1" };
  };
  commitBreakdown(first, breakDown(text, { fps }).scenes, contextOf(0));
  const peers = Array.from({ length: count }, (_, by) => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(first));
    const context = contextOf(by + 1);
    return {
      doc,
      context,
      commit: (script: string) => commitBreakdown(doc, breakDown(script, { fps }).scenes, context),
    };
  });
  const meet = () => {
    for (const a of peers) for (const b of peers) if (a !== b) Y.applyUpdate(b.doc, Y.encodeStateAsUpdate(a.doc));
  };
  return { peers: peers as [(typeof peers)[0], (typeof peers)[0]], meet };
}

test("an id follows from its parts, looks like a UUID, and parts do not run into one another", () => {
  expect(idFrom("a", "bc")).toBe(idFrom("a", "bc"));
  expect(idFrom("a", "bc")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set([idFrom("a", "bc"), idFrom("ab", "c"), idFrom("abc")]).size).toBe(3);
});

test("what is said twice and what is taken counts up", () => {
  const all = new Set<string>();
  const ids = new DerivedIds((id) => all.has(id));
  for (let round = 0; round < 3; round += 1) all.add(ids.next("shot", "same"));
  for (let round = 0; round < 3; round += 1) all.add(new DerivedIds((id) => all.has(id)).next("shot", "same"));
  expect(all.size).toBe(6);
});

test("two people who accept the same new scene while they are apart make one", () => {
  const { peers, meet } = peersOf(room, 2);
  const [a, b] = peers;
  const script = `${room}\n\n${garden}`;
  a.commit(script);
  b.commit(script);
  meet();
  const film = readFilm(a.doc);
  expect(readFilm(b.doc)).toEqual(film);
  expect(film.scenes.map((scene) => scene.location)).toEqual(["ROOM", "GARDEN"]);
  expect(film.shots.map((shot) => shot.number)).toEqual(["1A", "1B", "2A", "2B"]);
  expect(film.problems).toEqual([]);
  const state = Y.encodeStateVector(a.doc);
  a.commit(script);
  expect(Y.encodeStateVector(a.doc)).toEqual(state);
});

test("two people who accept different drafts keep what both have, and the next reading settles it", () => {
  const { peers, meet } = peersOf(room, 2);
  const [a, b] = peers;
  a.commit(`${room}\n\n${garden}`);
  b.commit(`${room}\n\n${garden}\n\nA door opens onto the dark.`);
  meet();
  expect(readFilm(a.doc).scenes).toHaveLength(2);
  b.commit(`${room}\n\n${garden}\n\nA door opens onto the dark.`);
  meet();
  expect(readFilm(a.doc).shots.map((shot) => shot.number)).toEqual(["1A", "1B", "2A", "2B", "2C"]);
  expect(readFilm(a.doc).asideShots).toEqual([]);
});

test("a shot that was deleted by hand keeps its id to itself", () => {
  const { peers } = peersOf(`${room}\n\n${garden}`, 2);
  const [{ doc, context, commit }] = peers;
  const lamp = readFilm(doc).shots[2]?.id ?? "";
  removeShot(doc, lamp, context);
  commit(`${room}\n\n${garden}\n\nA lamp burns.`);
  expect(readFilm(doc).shots.map((shot) => shot.id)).not.toContain(lamp);
});
