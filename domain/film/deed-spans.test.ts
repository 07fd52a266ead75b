import { expect, test } from "vitest";
import { deedSpans, movedSpans, splitSpan, withDeedAt, type DeedSpan } from "./deed-spans.ts";

const span = (motion: DeedSpan["motion"], fromFrame: number, toFrame: number, more: object = {}): DeedSpan => ({
  id: `${motion} ${fromFrame}`,
  motion,
  fromFrame,
  toFrame,
  ...more,
});
const times = (spans: readonly DeedSpan[]) => spans.map(({ fromFrame, toFrame }) => [fromFrame, toFrame]);
const room = { frames: 100, least: 6 };
const three = [span("walk", 0, 40), span("stand", 40, 60), span("wave", 70, 100)];

test("an edge takes along what touched it", () => {
  expect(times(movedSpans(three, 0, "end", -10, room))).toEqual([
    [0, 30],
    [30, 60],
    [70, 100],
  ]);
  expect(times(movedSpans(three, 1, "start", 5, room))).toEqual([
    [0, 45],
    [45, 60],
    [70, 100],
  ]);
});

test("what an edge runs into gives way, and nothing gets shorter than it may", () => {
  expect(times(movedSpans(three, 1, "end", 20, room))).toEqual([
    [0, 40],
    [40, 80],
    [80, 100],
  ]);
  expect(times(movedSpans(three, 1, "end", 500, room))).toEqual([
    [0, 40],
    [40, 94],
    [94, 100],
  ]);
  expect(times(movedSpans(three, 1, "end", -500, room))).toEqual([
    [0, 40],
    [40, 46],
    [70, 100],
  ]);
});

test("a deed that is moved keeps its length and stays between its neighbours", () => {
  expect(times(movedSpans(three, 1, "move", 7, room))).toEqual([
    [0, 47],
    [47, 67],
    [70, 100],
  ]);
  expect(times(movedSpans(three, 1, "move", -500, room))).toEqual([
    [0, 6],
    [6, 26],
    [70, 100],
  ]);
  expect(times(movedSpans(three, 2, "move", 50, room))).toEqual(times(three));
  expect(times(movedSpans([span("walk", 10, 30)], 0, "move", -40, room))).toEqual([[0, 20]]);
});

test("what is locked neither moves nor gives way", () => {
  const locked = [span("walk", 0, 40, { locked: true }), span("stand", 40, 60)];
  expect(times(movedSpans(locked, 0, "move", 20, room))).toEqual(times(locked));
  expect(times(movedSpans(locked, 1, "start", -20, room))).toEqual(times(locked));
  expect(times(movedSpans(locked, 1, "move", 10, room))).toEqual([
    [0, 40],
    [50, 70],
  ]);
});

test("what is at no time in a shot is not carried along in it; its ends can be taken", () => {
  const none = [span("stand", 100, 100)];
  expect(movedSpans(none, 0, "move", -10, room)).toEqual(none);
  expect(times(movedSpans(none, 0, "start", -10, room))).toEqual([[90, 100]]);
});

test("a deed that reaches beyond the shot is taken by the end one sees", () => {
  expect(times(movedSpans([span("walk", 10, 400)], 0, "end", -10, room))).toEqual([[10, 90]]);
});

test("something new from a frame on ends what was done until then and lasts until what comes next", () => {
  expect(times(withDeedAt(three, "point", 20, room))).toEqual([
    [0, 20],
    [20, 40],
    [40, 60],
    [70, 100],
  ]);
  expect(times(withDeedAt(three, "point", 64, room))).toEqual([
    [0, 40],
    [40, 60],
    [64, 70],
    [70, 100],
  ]);
  const changed = withDeedAt([span("walk", 0, 40, { goes: [1, 0, 2] })], "dance", 0, room);
  expect(changed).toEqual([{ id: "walk 0", motion: "dance", fromFrame: 0, toFrame: 40 }]);
});

test("who walks on after a cut arrives in the second half", () => {
  const [first, second] = splitSpan([span("walk", 0, 40, { goes: [1, 0, 2] })], 0, 24);
  expect(first).toEqual({ id: "walk 0", motion: "walk", fromFrame: 0, toFrame: 24 });
  expect(second).toMatchObject({ id: null, fromFrame: 24, toFrame: 40, goes: [1, 0, 2] });
  expect(splitSpan(three, 0, 40)).toEqual(three);
});

test("what the rules say of somebody can be taken over as it is; what was staged goes before it", () => {
  const look = { kind: "person" as const, index: 1 };
  const cast = [
    person("MAYA", [deed("climb", 0, 4), deed("look", 4, 8, { towards: look })]),
    person("CAPTAIN HALE", []),
  ];
  const plan = { cast, frames: 96, fps: { num: 24, den: 1 }, beatSeconds: 0.5 };
  expect(deedSpans(cast[0]!, plan, [])).toEqual([
    { id: null, motion: "climb", fromFrame: 0, toFrame: 48, energy: 0.5 },
    {
      id: null,
      motion: "look",
      fromFrame: 48,
      toFrame: 96,
      energy: 0.5,
      towards: { kind: "person", who: "CAPTAIN HALE" },
    },
  ]);
  const staged = {
    kind: "deed",
    id: "d",
    shotId: "s",
    who: "MAYA",
    motion: "dance",
    fromFrame: 12,
    toFrame: 400,
  } as const;
  expect(deedSpans(cast[0]!, plan, [staged])).toEqual([{ id: "d", motion: "dance", fromFrame: 12, toFrame: 96 }]);
});

type Person = Parameters<typeof deedSpans>[0];
const deed = (motion: DeedSpan["motion"], from: number, to: number, more: object = {}) => ({
  motion,
  from,
  to,
  energy: 0.5,
  ...more,
});
const person = (name: string, deeds: Person["deeds"]): Person =>
  ({ name, deeds, at: [0, 0, 0], to: [0, 0, 0], action: "stand" }) as unknown as Person;
