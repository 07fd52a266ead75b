import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { collectionOf, metaOf, screenplayOf, type CollectionName } from "./document.ts";
import { addScene, addShot, beginFilm, changeShot, moveShot, recordOf, removeShot } from "./edit.ts";
import { defaultMeta } from "./meta.ts";
import { readFilm, type Film } from "./snapshot.ts";

function context() {
  let made = 0;
  return { newId: () => `id-${(made += 1)}` };
}

const scene = {
  heading: "INT. GALLEY - NIGHT",
  setting: "int",
  location: "GALLEY",
  time: "NIGHT",
  synopsis: "",
} as const;
const shot = {
  type: "medium",
  move: "static",
  action: "Maya waits.",
  dialogue: [{ character: "MAYA", text: "Not yet." }],
  characters: ["MAYA"],
  prompt: "",
  durationFrames: 48,
  elementIds: [],
} as const;

function film() {
  const doc = new Y.Doc();
  const edit = context();
  beginFilm(doc, defaultMeta, edit);
  const sceneId = addScene(doc, scene, null, edit);
  const first = addShot(
    doc,
    { ...shot, sceneId, dialogue: [...shot.dialogue], characters: ["MAYA"], elementIds: [] },
    null,
    edit,
  );
  const second = addShot(doc, { ...shot, sceneId, dialogue: [], characters: [], elementIds: [] }, first, edit);
  return { doc, edit, sceneId, first, second };
}

/** The same document, read by somebody who never saw it before. */
function readAfresh(doc: Y.Doc): Film {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return readFilm(copy);
}

const sorted = (read: Film) => ({ ...read, problems: [...read.problems].sort() });

test("a film in which nothing changed is the same film", () => {
  const { doc } = film();
  expect(readFilm(doc)).toBe(readFilm(doc));
});

test("one changed shot leaves the others, and what else it says, as they were", () => {
  const { doc, edit, first } = film();
  const before = readFilm(doc);
  changeShot(doc, first, { action: "Maya turns." }, edit);
  const after = readFilm(doc);
  expect(after.shots[0]).toMatchObject({ number: "1A", action: "Maya turns." });
  expect(after.shots[0]?.dialogue).toBe(before.shots[0]?.dialogue);
  expect(after.shots[1]).toBe(before.shots[1]);
  for (const same of ["scenes", "tracks", "clips", "meta", "elements", "comments"] as const)
    expect(after[same]).toBe(before[same]);
});

test("within a transaction the film is read as it stands there", () => {
  const { doc, edit, sceneId, first } = film();
  readFilm(doc);
  doc.transact(() => {
    const added = addShot(doc, { ...shot, sceneId, dialogue: [], characters: [], elementIds: [] }, null, edit);
    expect(readFilm(doc).shots.map((each) => each.id)[0]).toBe(added);
    changeShot(doc, added, { action: "Rain." }, edit);
    changeShot(doc, first, { action: "Wind." }, edit);
    expect(
      readFilm(doc)
        .shots.slice(0, 2)
        .map((each) => each.action),
    ).toEqual(["Rain.", "Wind."]);
    changeShot(doc, added, { action: "Hail." }, edit);
    expect(readFilm(doc).shots[0]?.action).toBe("Hail.");
  });
  expect(readFilm(doc)).toEqual(readAfresh(doc));
});

test("whoever listens to a change reads the film with it", () => {
  const { doc, edit, first } = film();
  readFilm(doc);
  const heard: string[] = [];
  collectionOf(doc, "shots").observeDeep(() => {
    heard.push(String(readFilm(doc).shots[0]?.action));
    if (heard.length === 1) changeShot(doc, first, { action: "Second." }, edit);
  });
  changeShot(doc, first, { action: "First." }, edit);
  expect(heard).toEqual(["First.", "Second."]);
});

test("a record that holds a shared type of its own is followed too", () => {
  const { doc, first } = film();
  const inner = new Y.Text("Maya waits.");
  collectionOf(doc, "shots").get(first)?.set("source", inner);
  expect(readFilm(doc).shots[0]?.source).toBe("Maya waits.");
  inner.insert(0, "Rain. ");
  expect(readFilm(doc).shots[0]?.source).toBe("Rain. Maya waits.");
});

/** Eleven ways of changing a film, on two peers that meet now and then, junk and undo among them. */
const step = fc.record({
  who: fc.boolean(),
  what: fc.constantFrom("add", "scene", "change", "move", "remove", "aside", "junk", "clip", "undo", "meet", "meta"),
  at: fc.nat(9),
  to: fc.nat(9),
});

test("after any edits the film is what somebody reads who never saw it before", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), fc.boolean(), (steps, together) => {
      const ana = film();
      const copy = new Y.Doc();
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(ana.doc));
      const peers = [ana.doc, copy].map((doc, index) => {
        let made = 0;
        const edit = { newId: () => `p${index}-${(made += 1)}`, origin: "me" };
        const scopes = (["scenes", "shots", "clips"] as const).map((name) => collectionOf(doc, name));
        return { doc, edit, undo: new Y.UndoManager(scopes, { trackedOrigins: new Set(["me"]), captureTimeout: 0 }) };
      });
      for (const { who, what, at, to } of steps) {
        const { doc, edit, undo } = peers[who ? 1 : 0]!;
        const pick = (name: CollectionName, index: number) => {
          const ids = [...collectionOf(doc, name).keys()].sort();
          return ids[index % Math.max(1, ids.length)] ?? "none";
        };
        const change = () => {
          if (what === "add")
            addShot(
              doc,
              { ...shot, sceneId: pick("scenes", to), dialogue: [], characters: [], elementIds: [] },
              pick("shots", at),
              edit,
            );
          if (what === "scene") addScene(doc, { ...scene, heading: `INT. ROOM ${at}` }, null, edit);
          if (what === "change") changeShot(doc, pick("shots", at), { action: `Now ${to}.` }, edit);
          if (what === "move") moveShot(doc, pick("shots", at), pick("scenes", to), null, edit);
          if (what === "remove") removeShot(doc, pick("shots", at), edit);
          if (what === "aside") changeShot(doc, pick("shots", at), { aside: to % 2 === 0 ? true : undefined }, edit);
          if (what === "junk") {
            if (to % 3 === 0) (collectionOf(doc, "shots") as Y.Map<unknown>).set(`junk-${at}`, at);
            else if (to % 3 === 1) changeShot(doc, pick("shots", at), { type: "no such" as "wide" }, edit);
            else collectionOf(doc, "scenes").delete(pick("scenes", at));
          }
          if (what === "clip")
            collectionOf(doc, "clips").set(
              `clip-${at}`,
              recordOf({
                trackId: to > 7 ? "gone" : "track-v1",
                start: to,
                duration: 9,
                in: 0,
                shotId: pick("shots", at),
              }),
            );
          if (what === "meta") metaOf(doc).set("title", `Film ${at}`);
        };
        if (together && what !== "undo" && what !== "meet")
          doc.transact(() => {
            change();
            readFilm(doc);
            change();
          }, "me");
        else change();
        if (what === "undo") undo.undo();
        if (what === "meet") {
          const [one, other] = [peers[0]!.doc, peers[1]!.doc];
          Y.applyUpdate(one, Y.encodeStateAsUpdate(other, Y.encodeStateVector(one)));
          Y.applyUpdate(other, Y.encodeStateAsUpdate(one, Y.encodeStateVector(other)));
        }
        if (to % 2 === 0) expect(sorted(readFilm(doc))).toEqual(sorted(readAfresh(doc)));
      }
      for (const { doc } of peers) expect(sorted(readFilm(doc))).toEqual(sorted(readAfresh(doc)));
    }),
    { numRuns: 30 },
  );
});

test("among 2,000 shots one change checks one record", () => {
  const { doc, edit, first } = film();
  doc.transact(() => {
    for (let index = 0; index < 2000; index += 1)
      collectionOf(doc, "shots").set(
        `shot-${index}`,
        recordOf({ ...shot, sceneId: "id-1", order: `b${String(index).padStart(5, "0")}` }),
      );
  });
  const before = new Set<unknown>(readFilm(doc).shots);
  changeShot(doc, first, { action: "Maya turns." }, edit);
  expect(
    readFilm(doc)
      .shots.filter((each) => !before.has(each))
      .map((each) => each.id),
  ).toEqual([first]);
  screenplayOf(doc).insert(0, "INT. GALLEY");
  expect(readFilm(doc).screenplay).toBe("INT. GALLEY");
});
