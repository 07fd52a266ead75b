import { readFileSync } from "node:fs";
import fc from "fast-check";
import * as Y from "yjs";
import { expect, test } from "vitest";
import { breakDown } from "#domain/screenplay/breakdown.ts";
import { proposeFrom } from "#domain/screenplay/reparse/proposal.ts";
import { defaultFrameRate as fps } from "#domain/time.ts";
import { cpuTimeOf } from "#testing/cpu-time.ts";
import { commitBreakdown } from "./commit-breakdown.ts";
import { addShot, changeScene, changeShot, moveShot, removeShot, type EditContext } from "./edit.ts";
import { readFilm } from "./snapshot.ts";

const ferry = readFileSync(new URL("../screenplay/fixtures/night-ferry.fountain", import.meta.url), "utf8");

function aFilm(text = ferry) {
  const doc = new Y.Doc();
  let count = 0;
  const context: EditContext = { newId: () => `id-${(count += 1)}`, origin: "me" };
  const commit = (script: string) => commitBreakdown(doc, breakDown(script, { fps }).scenes, context);
  const accept = (script: string) =>
    commitBreakdown(doc, proposeFrom(readFilm(doc), breakDown(script, { fps })).scenes, context);
  const propose = (script: string) => proposeFrom(readFilm(doc), breakDown(script, { fps })).summary;
  commit(text);
  const at = (number: string) =>
    readFilm(doc).shots.find((shot) => shot.number === number) ?? expect.fail(`no shot ${number}`);
  return { doc, context, commit, accept, propose, at, film: () => readFilm(doc) };
}

test("a first commit puts every scene and shot on the board in order", () => {
  const { film } = aFilm();
  expect(film().scenes.map((scene) => scene.location)).toEqual([
    "HARBOUR",
    "FERRY - PASSENGER LOUNGE",
    "FERRY - BRIDGE WING",
    "FERRY - CAR DECK",
    "THE LIGHTHOUSE ROCK",
  ]);
  expect(
    film()
      .shots.map((shot) => shot.number)
      .join(" "),
  ).toBe("1A 1B 1C 1D 1E 2A 2B 2C 2D 3A 3B 3C 3D 3E 4A 4B 4C 5A 5B");
  expect(film().problems).toEqual([]);
});

test("committing the same again writes nothing", () => {
  const { doc, commit, accept } = aFilm();
  let updates = 0;
  doc.on("update", () => (updates += 1));
  commit(ferry);
  accept(ferry);
  expect(updates).toBe(0);
});

test("a changed line changes its shot alone and keeps what people set by hand", () => {
  const { doc, context, accept, propose, at, film } = aFilm();
  const clock = at("2C");
  changeShot(doc, clock.id, { durationFrames: 100, prompt: "brass", takeId: "t1" }, context);
  const script = ferry.replace(
    "The second hand stutters, then stops.",
    "The second hand stutters, then runs backwards.",
  );
  expect(propose(script)).toMatchObject({ new: 0, changed: 1, untouched: 18, aside: 0 });
  accept(script);
  expect(at("2C")).toMatchObject({ id: clock.id, durationFrames: 100, prompt: "brass", takeId: "t1" });
  expect(at("2C").action).toContain("backwards");
  expect(film().shots).toHaveLength(19);
});

test("a new line makes one shot in its place", () => {
  const { accept, propose, at } = aFilm();
  const after = at("3E").id;
  const script = ferry.replace(
    "The beam swings round",
    "Maya holds the rail and forgets to let go.\n\nThe beam swings round",
  );
  expect(propose(script)).toMatchObject({ new: 1, changed: 0, untouched: 19, aside: 0 });
  accept(script);
  expect(at("3E").action).toBe("Maya holds the rail and forgets to let go.");
  expect(at("3F").id).toBe(after);
});

test("what the script drops is set aside, and comes back with the text under its own id", () => {
  const { commit, film, at } = aFilm();
  const mitten = at("4C").id;
  const script = ferry.replace("Insert: a child's mitten on the dashboard.\n", "");
  commit(script);
  expect(film().asideShots.map((shot) => shot.id)).toEqual([mitten]);
  commit(ferry);
  expect(film().asideShots).toEqual([]);
  expect(at("4C").id).toBe(mitten);
});

test("a scene moved in the script moves on the board with its shots", () => {
  const { commit, film } = aFilm();
  const [head, rest = ""] = ferry.split("EXT. HARBOUR");
  const [harbour = "", others = ""] = rest.split("INT. FERRY");
  commit(`${head}INT. FERRY${others.replace("> THE END <", "")}EXT. HARBOUR${harbour}`);
  expect(
    film()
      .scenes.map((scene) => scene.location)
      .at(-1),
  ).toBe("HARBOUR");
  expect(film().scenes).toHaveLength(5);
  expect(film().asideShots).toEqual([]);
});

test("what people moved, deleted, renamed and added by hand stays so", () => {
  const { doc, context, commit, film, at } = aFilm();
  const [first, , third] = film().scenes;
  const moved = at("1B").id;
  moveShot(doc, moved, third?.id ?? "", null, context);
  removeShot(doc, at("2A").id, context);
  changeScene(doc, first?.id ?? "", { heading: "EXT. THE OLD PIER - DUSK", location: "THE OLD PIER" }, context);
  const added = addShot(
    doc,
    {
      sceneId: first?.id ?? "",
      type: "insert",
      move: "static",
      action: "A rope.",
      dialogue: [],
      characters: [],
      prompt: "",
      durationFrames: 48,
      elementIds: [],
    },
    null,
    context,
  );
  const before = film().shots.map((shot) => `${shot.number} ${shot.id}`);
  commit(ferry);
  expect(film().shots.map((shot) => `${shot.number} ${shot.id}`)).toEqual(before);
  expect(at("3A").id).toBe(moved);
  expect(at("1A").id).toBe(added);
  expect(film().scenes[0]?.location).toBe("THE OLD PIER");
});

test("whatever becomes of the script, no shot disappears, and a second commit writes nothing", () => {
  const paragraphs = ferry.split("\n\n");
  const edit = fc.oneof(
    fc.record({ kind: fc.constant("drop" as const), at: fc.nat(60), to: fc.nat(60) }),
    fc.record({ kind: fc.constant("move" as const), at: fc.nat(60), to: fc.nat(60) }),
    fc.record({ kind: fc.constant("repeat" as const), at: fc.nat(60), to: fc.nat(60) }),
    fc.record({ kind: fc.constant("cut" as const), at: fc.nat(60), to: fc.nat(60) }),
    fc.record({ kind: fc.constant("add" as const), at: fc.nat(60), to: fc.nat(60) }),
  );
  const apply = (parts: string[], { kind, at, to }: { kind: string; at: number; to: number }) => {
    const from = at % Math.max(1, parts.length);
    if (kind === "drop") parts.splice(from, 1);
    else if (kind === "move") parts.splice(to % (parts.length + 1), 0, ...parts.splice(from, 1));
    else if (kind === "repeat") parts.splice(to % (parts.length + 1), 0, parts[from] ?? "");
    else if (kind === "cut") parts[from] = (parts[from] ?? "").slice(0, to);
    else parts.splice(from, 0, `INT. ROOM ${to} - DAY`, "Somebody waits.");
  };
  fc.assert(
    fc.property(
      fc.array(fc.array(edit, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      (rounds, review) => {
        const { doc, commit, accept, film } = aFilm();
        const parts = [...paragraphs];
        for (const round of rounds) {
          const ids = new Set([...film().shots, ...film().asideShots].map((shot) => shot.id));
          for (const step of round) apply(parts, step);
          const script = parts.join("\n\n");
          (review ? accept : commit)(script);
          const now = new Set([...film().shots, ...film().asideShots].map((shot) => shot.id));
          for (const id of ids) expect(now.has(id)).toBe(true);
          expect(film().problems).toEqual([]);
          const live = film()
            .shots.map((shot) => shot.action)
            .join(" ");
          for (const scene of breakDown(script, { fps }).scenes)
            for (const shot of scene.shots) expect(live).toContain(shot.action);
          const state = Y.encodeStateVector(doc);
          commit(script);
          accept(script);
          expect(Y.encodeStateVector(doc)).toEqual(state);
        }
      },
    ),
    { numRuns: 40 },
  );
});

test("a script of a thousand scenes is committed and re-committed in seconds", () => {
  const long = Array.from(
    { length: 1000 },
    (_, index) => `INT. ROOM ${index} - DAY\n\nA lamp number ${index} burns.\n\nAnother door opens onto ${index}.`,
  ).join("\n\n");
  const spent = cpuTimeOf(() => {
    const { commit, film } = aFilm(long);
    commit(long.replace("A lamp number 500 burns", "A lamp number 500 goes out"));
    expect(film().shots).toHaveLength(2000);
  });
  expect(spent).toBeLessThan(8000);
});
