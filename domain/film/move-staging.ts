/** What becomes of what is staged when shots and scenes go or are copied; call these within their transaction. */
import * as Y from "yjs";
import type { Id, NewId } from "#domain/ids.ts";
import { viewAlong } from "#domain/screenplay/keyed-view.ts";
import { collectionOf, eachRecord, type RecordMap } from "./document.ts";
import { burnsAllTheTime, cutBurning, joinedBurning } from "./light-burns.ts";
import { readFilm } from "./snapshot.ts";
import { stagingOf } from "./staging-of.ts";
import type { StagedKey, StagingRecord } from "./staging.ts";

/** Removes all that is staged for shots and scenes that go, in one look. */
export function removeStagingFor(doc: Y.Doc, owners: ReadonlySet<unknown>): void {
  const gone: Id[] = [];
  eachRecord(doc, "staging", (entry, id) => {
    if (owners.has(entry.get("shotId")) || owners.has(entry.get("sceneId"))) gone.push(id);
  });
  for (const id of gone) collectionOf(doc, "staging").delete(id);
}

/** @param copies  from shots to their copies, which get all that is staged for them alone */
export function copyStaging(doc: Y.Doc, copies: ReadonlyMap<unknown, Id>, newId: NewId): void {
  const entries: RecordMap[] = [];
  eachRecord(doc, "staging", (entry) => void (copies.has(entry.get("shotId")) && entries.push(entry)));
  for (const entry of entries) {
    const copy = new Y.Map<unknown>(Object.entries(entry.toJSON()));
    copy.set("shotId", copies.get(entry.get("shotId")));
    collectionOf(doc, "staging").set(newId(), copy);
  }
}

/**
 * Gives the second half of a shot what was staged for its time. A deed that runs over the cut goes on behind it, and the
 * camera is on both sides of it where it was.
 * @param at  frames of the first half
 */
export function splitStaging(doc: Y.Doc, first: Id, second: Id, at: number, newId: NewId): void {
  const { burns, deeds, keys, cues, frames } = stagingOf(readFilm(doc), { id: first, sceneId: "" });
  const staging = collectionOf(doc, "staging");
  const give = ({ id: _id, ...entry }: StagingRecord, changes: object) =>
    staging.set(newId(), new Y.Map(Object.entries({ ...entry, shotId: second, ...changes })));
  for (const deed of deeds) {
    if (deed.toFrame <= at) continue;
    give(deed, { fromFrame: Math.max(0, deed.fromFrame - at), toFrame: deed.toFrame - at });
    if (deed.fromFrame >= at) staging.delete(deed.id);
    else staging.get(deed.id)?.set("toFrame", at);
  }
  for (const burn of burns) {
    const [before, after] = cutBurning(burn, at);
    if (!burnsAllTheTime(after, lengthOf(doc, second))) give(burn, after);
    if (burnsAllTheTime(before, at)) staging.delete(burn.id);
    else for (const [name, frame] of Object.entries(before)) staging.get(burn.id)?.set(name, frame);
  }
  const before = keys.findLast(({ frame }) => frame < at);
  const after = keys.find(({ frame }) => frame >= at);
  const add = (shotId: Id, key: object) => staging.set(newId(), new Y.Map(Object.entries({ ...key, shotId })));
  if (after === undefined) {
    if (before !== undefined) give(before, { frame: 0 });
  } else if (before === undefined) {
    // Until its first key a camera stands where that one has it.
    if (after.frame > at) add(first, { ...withoutId(after), frame: 0 });
  } else if (after.frame > at) {
    const between = keyAt(keys, before, at);
    add(second, { ...between, frame: 0 });
    if (before.ease !== "hold") add(first, { ...between, frame: at });
  }
  for (const entry of [...keys, ...cues, ...frames]) {
    if (entry.frame < at) continue;
    give(entry, { frame: entry.frame - at });
    // The path of the first half still ends where the cut is.
    if (entry.kind !== "key" || entry.frame > at) staging.delete(entry.id);
  }
}

/** @param parts  the other shots, each with the frame at which it begins in the whole */
export function joinStaging(doc: Y.Doc, whole: Id, parts: readonly { id: Id; at: number }[], newId: NewId): void {
  const staging = collectionOf(doc, "staging");
  for (const { id: shotId, at } of parts) {
    const { deeds, keys, cues, frames } = stagingOf(readFilm(doc), { id: shotId, sceneId: "" });
    const take = ({ id: _id, ...entry }: StagingRecord, changes: object) =>
      staging.set(newId(), new Y.Map(Object.entries({ ...entry, shotId: whole, ...changes })));
    for (const deed of deeds) take(deed, { fromFrame: deed.fromFrame + at, toFrame: deed.toFrame + at });
    for (const entry of [...keys, ...cues, ...frames]) take(entry, { frame: entry.frame + at });
  }
  joinBurns(doc, whole, parts, newId);
}

function joinBurns(doc: Y.Doc, whole: Id, others: readonly { id: Id; at: number }[], newId: NewId): void {
  const staging = collectionOf(doc, "staging");
  const frames = lengthOf(doc, whole);
  const parts = [{ id: whole, at: 0 }, ...others].map(({ id, at }, index) => {
    const { burns } = stagingOf(readFilm(doc), { id, sceneId: "" });
    return { at, frames: (others[index]?.at ?? frames) - at, burns };
  });
  for (const light of new Set(parts.flatMap(({ burns }) => burns.map((burn) => burn.light)))) {
    const said = parts.map(({ burns, ...part }) => ({ ...part, said: burns.find((burn) => burn.light === light) }));
    for (const burn of parts[0]?.burns ?? []) if (burn.light === light) staging.delete(burn.id);
    const burning = joinedBurning(said);
    if (burnsAllTheTime(burning, frames)) continue;
    staging.set(newId(), new Y.Map(Object.entries({ kind: "burn", shotId: whole, light, ...burning })));
  }
}

const lengthOf = (doc: Y.Doc, shotId: Id): number =>
  readFilm(doc).shots.find(({ id }) => id === shotId)?.durationFrames ?? 0;

const withoutId = ({ id: _id, ...entry }: StagedKey): object => entry;

/** What the camera sees at a frame of its path, as a key. */
function keyAt(keys: readonly StagedKey[], before: StagedKey, frame: number): object {
  const [first, ...more] = keys.map((key) => ({ ...key, time: key.frame }));
  const { eye, look, lensMm, roll, focus } = viewAlong([first!, ...more], frame);
  const { id: _id, name: _name, locked: _locked, focus: _focus, ...rest } = before;
  return {
    ...rest,
    ...{ eye: eye.map(thousandth), look: look.map(thousandth), lensMm: thousandth(lensMm), roll: thousandth(roll) },
    ...(focus === null ? {} : { focus: thousandth(focus) }),
  };
}

const thousandth = (value: number) => Math.round(value * 1000) / 1000;
