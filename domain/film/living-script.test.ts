/**
 * The script is rewritten while people work on the board, and of each new reading some is taken and some is not.
 * RUNS=5000 npx vitest run --project unit domain/film/living-script.test.ts
 */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import * as Y from "yjs";
import { expect, test } from "vitest";
import { breakDown } from "#domain/screenplay/breakdown.ts";
import { allOf, conflictId, withChoices } from "#domain/screenplay/reparse/choices.ts";
import { proposeFrom, type Change, type Proposal } from "#domain/screenplay/reparse/proposal.ts";
import { hashText } from "#domain/screenplay/seeded.ts";
import { defaultFrameRate as fps } from "#domain/time.ts";
import { commitBreakdown } from "./commit-breakdown.ts";
import { acceptChanges } from "./accept-changes.ts";
import { addShot, changeScene, changeShot, moveShot, removeShot, replaceScreenplay, type EditContext } from "./edit.ts";
import { duplicateShots, mergeShots, moveScene, splitShot } from "./board-edits.ts";
import { readFilm, type Film } from "./snapshot.ts";

const ferry = readFileSync(new URL("../screenplay/fixtures/night-ferry.fountain", import.meta.url), "utf8");
const runs = Number(process.env["RUNS"] ?? 40);

const number = fc.nat(1000);
const scriptEdit = fc.record({
  kind: fc.constantFrom("drop", "move", "repeat", "cut", "add scene", "add line", "reword", "rename"),
  at: number,
  to: number,
});
const boardEdit = fc.record({
  kind: fc.constantFrom("move", "delete", "reword", "take", "add", "rename scene", "move scene", "split", "duplicate"),
  at: number,
  to: number,
});
type Step = { kind: string; at: number; to: number };

function writeScript(parts: string[], { kind, at, to }: Step): void {
  const from = at % Math.max(1, parts.length);
  const part = parts[from] ?? "";
  if (kind === "drop") parts.splice(from, 1);
  else if (kind === "move") parts.splice(to % (parts.length + 1), 0, ...parts.splice(from, 1));
  else if (kind === "repeat") parts.splice(to % (parts.length + 1), 0, part);
  else if (kind === "cut") parts[from] = part.slice(0, to % 200);
  else if (kind === "add scene") parts.splice(from, 0, `INT. ROOM ${to % 3} - DAY`, "Somebody waits.");
  else if (kind === "add line") parts.splice(from, 0, `Lamp ${to} goes out over the water.`);
  else if (kind === "rename") parts[from] = part.replace(/^(INT|EXT)\. .*/, `$1. PLACE ${to % 5} - NIGHT`);
  else parts[from] = part.replace(/[a-z]{4,}/, `word${to}`);
}

function workOnBoard(doc: Y.Doc, { kind, at, to }: Step, context: EditContext): void {
  const film = readFilm(doc);
  const shot = film.shots[at % Math.max(1, film.shots.length)];
  const scene = film.scenes[to % Math.max(1, film.scenes.length)];
  if (!shot || !scene) return;
  if (kind === "move") moveShot(doc, shot.id, scene.id, film.shots[to % film.shots.length]?.id ?? null, context);
  else if (kind === "delete") removeShot(doc, shot.id, context);
  else if (kind === "reword") changeShot(doc, shot.id, { action: `By hand ${to}.`, type: "insert" }, context);
  else if (kind === "take")
    changeShot(doc, shot.id, { takeId: `take-${to}`, durationFrames: 24 + (to % 200) }, context);
  else if (kind === "rename scene") changeScene(doc, scene.id, { heading: `INT. BY HAND ${to} - DAY` }, context);
  else if (kind === "move scene") moveScene(doc, scene.id, film.scenes[at % film.scenes.length]?.id ?? null, context);
  else if (kind === "split") splitShot(doc, shot.id, { share: 0.5 }, context);
  else if (kind === "merge") {
    const own = film.shots.filter((one) => one.sceneId === shot.sceneId).slice(0, 2);
    mergeShots(
      doc,
      own.map(({ id }) => id),
      new Set(),
      context,
    );
  } else if (kind === "duplicate") duplicateShots(doc, [shot.id], context);
  else
    addShot(
      doc,
      {
        sceneId: scene.id,
        type: "insert",
        move: "static",
        action: `A rope ${to}.`,
        dialogue: [],
        characters: [],
        prompt: "",
        durationFrames: 48,
        elementIds: [],
      },
      null,
      context,
    );
}

/** A film whose script and board go on; `accept` takes what a person of this seed takes. */
function livingFilm() {
  const doc = new Y.Doc();
  let count = 0;
  const context: EditContext = { newId: () => `id-${(count += 1)}`, projectId: "p1" };
  const film = () => readFilm(doc);
  const propose = (script: string) => proposeFrom(film(), breakDown(script, { fps }));
  commitBreakdown(doc, breakDown(ferry, { fps }).scenes, context);
  const accept = (proposal: Proposal, accepted: ReadonlySet<string>, mine: ReadonlySet<string> = new Set()) =>
    commitBreakdown(doc, withChoices(film(), proposal, accepted, mine), context);
  return { doc, context, film, propose, accept };
}

const idsOf = (film: Film) => new Set([...film.shots, ...film.asideShots].map((shot) => shot.id));
const takesOf = (film: Film) =>
  new Map(
    [...film.shots, ...film.asideShots].flatMap((shot) => (shot.takeId ? [[shot.id, shot.takeId] as const] : [])),
  );
/** What people see of a film: all but what it was last compared with. */
const seen = (film: Film) => ({
  scenes: film.scenes.map(({ source: _source, ...rest }) => rest),
  shots: film.shots.map(({ source: _source, ...rest }) => rest),
  asideScenes: film.asideScenes.map(({ source: _source, ...rest }) => rest),
  asideShots: film.asideShots.map(({ source: _source, ...rest }) => rest),
});
const picked = (all: Iterable<string>, seed: number) =>
  new Set([...all].filter((id) => (hashText(`${seed} ${id}`) & 1) === 1));
/** Those that have a name of their own, whatever else is taken. */
const lasting = (proposal: Proposal) =>
  proposal.changes.filter(({ kind }) => ["shot-changed", "shot-gone", "shot-back", "scene-changed"].includes(kind));

const round = fc.record({
  script: fc.array(scriptEdit, { maxLength: 5 }),
  board: fc.array(boardEdit, { maxLength: 4 }),
  meanwhile: fc.array(boardEdit, { maxLength: 2 }),
  takes: fc.constantFrom("all", "none", "some" as const),
  seed: number,
});

test("whatever the script, the board and people's choices do, no shot and no take disappears", () => {
  fc.assert(
    fc.property(fc.array(round, { minLength: 1, maxLength: 4 }), (rounds) => {
      const { doc, context, film, propose, accept } = livingFilm();
      const parts = ferry.split("\n\n");
      for (const { script, board, meanwhile, takes, seed } of rounds) {
        for (const step of script) writeScript(parts, step);
        for (const step of board) workOnBoard(doc, step, context);
        const text = parts.join("\n\n");
        const proposal = propose(text);
        for (const step of meanwhile) workOnBoard(doc, step, context);
        const before = film();
        const all = allOf(proposal);
        const accepted = takes === "all" ? all : takes === "none" ? new Set<string>() : picked(all, seed);
        const conflicts = proposal.changes.flatMap((change) =>
          "fields" in change
            ? change.fields.flatMap((one) => ("mine" in one ? [conflictId(change.id, one.field)] : []))
            : [],
        );
        accept(proposal, accepted, picked(conflicts, seed + 1));
        const after = film();
        for (const id of idsOf(before)) expect(idsOf(after).has(id)).toBe(true);
        expect(takesOf(after)).toEqual(takesOf(before));
        expect(after.problems).toEqual([]);
        if (takes === "none") expect(seen(after)).toEqual(seen(before));
        if (meanwhile.length > 0) continue;
        const next = propose(text);
        if (takes === "all") {
          expect(next.changes).toEqual([]);
          const settled = Y.encodeStateVector(doc);
          accept(next, allOf(next));
          expect(Y.encodeStateVector(doc)).toEqual(settled);
        }
        const offered = allOf(next);
        // New words of a shot that stays aside wait with it.
        const staysAside = ({ kind, ...change }: Change) => {
          const back = kind === "shot-changed" && "shotId" in change ? `shot-back:${change.shotId}` : "";
          return all.has(back) && !accepted.has(back);
        };
        for (const change of lasting(proposal))
          if (!accepted.has(change.id) || staysAside(change)) expect([...offered]).toContain(change.id);
          else if (change.kind !== "shot-gone") expect([...offered]).not.toContain(change.id);
      }
    }),
    { numRuns: runs },
  );
});

/** Two peers of one film who write, work on the board and accept while they are apart. */
const apart = fc.record({
  scripts: fc.tuple(fc.array(scriptEdit, { maxLength: 3 }), fc.array(scriptEdit, { maxLength: 3 })),
  boards: fc.tuple(fc.array(boardEdit, { maxLength: 3 }), fc.array(boardEdit, { maxLength: 3 })),
});

test("two people who accept while they are apart lose nothing, and agree after the next reading", () => {
  fc.assert(
    fc.property(fc.array(apart, { minLength: 1, maxLength: 3 }), (rounds) => {
      const first = livingFilm();
      replaceScreenplay(first.doc, ferry, first.context);
      const peers = [0, 1].map((by) => {
        const doc = new Y.Doc();
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(first.doc));
        let count = 0;
        const context: EditContext = { newId: () => `by-${by}-${(count += 1)}`, projectId: "p1" };
        return { doc, context, deleted: new Set<string>() };
      }) as [Peer, Peer];
      const meet = () => {
        const [a, b] = peers;
        Y.applyUpdate(b.doc, Y.encodeStateAsUpdate(a.doc));
        Y.applyUpdate(a.doc, Y.encodeStateAsUpdate(b.doc));
      };
      for (const { scripts, boards } of rounds) {
        const there = new Set<string>();
        peers.forEach((peer, by) => {
          const { doc, context } = peer;
          const parts = readFilm(doc).screenplay.split("\n\n");
          for (const step of scripts[by] ?? []) writeScript(parts, step);
          replaceScreenplay(doc, parts.join("\n\n"), context);
          for (const step of boards[by] ?? []) {
            const before = idsOf(readFilm(doc));
            workOnBoard(doc, step, context);
            const after = idsOf(readFilm(doc));
            for (const id of before) if (!after.has(id)) peer.deleted.add(id);
          }
          acceptChanges(doc, {}, context);
          for (const id of idsOf(readFilm(doc))) there.add(id);
        });
        meet();
        const [a, b] = peers;
        expect(readFilm(b.doc)).toEqual(readFilm(a.doc));
        const now = idsOf(readFilm(a.doc));
        for (const id of there) if (!a.deleted.has(id) && !b.deleted.has(id)) expect(now.has(id)).toBe(true);
        acceptChanges(a.doc, {}, a.context);
        meet();
        for (const { doc } of peers)
          expect(proposeFrom(readFilm(doc), breakDown(readFilm(doc).screenplay, { fps })).changes).toEqual([]);
      }
    }),
    { numRuns: Math.ceil(runs / 3) },
  );
});

interface Peer {
  doc: Y.Doc;
  context: EditContext;
  /** Shots that this person deleted by hand. */
  deleted: Set<string>;
}
