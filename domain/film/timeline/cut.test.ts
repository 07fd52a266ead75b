import fc from "fast-check";
import { expect, test } from "vitest";
import type { Clip } from "../clip.ts";
import {
  deleteClips,
  endOf,
  filmLength,
  freeStart,
  joinClips,
  layOut,
  moveClips,
  rippleDelete,
  splitClip,
  trimClip,
} from "./cut.ts";
import { snap, snapMove, snapTargets } from "./snap.ts";

const source = 60;
const sourceLength = () => source;
const always = () => true;
const never = () => false;

function aClip(id: string, start: number, duration: number, more: Partial<Clip> = {}): Clip {
  return { id, trackId: "v1", shotId: id, start, duration, in: 0, ...more };
}

/** Any clips on two tracks, overlaps included, as a merge of two people's edits may leave them. */
const anyClips = fc
  .array(
    fc.record({
      trackId: fc.constantFrom("v1", "a1"),
      start: fc.integer({ min: 0, max: 400 }),
      duration: fc.integer({ min: 1, max: 50 }),
      in: fc.integer({ min: 0, max: 10 }),
      assembled: fc.boolean(),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((list) => list.map((clip, index): Clip => ({ ...clip, id: `c${index}`, shotId: `s${index}` })));

const aDelta = fc.integer({ min: -300, max: 300 });

function expectNoOverlap(clips: readonly Clip[]): void {
  for (const trackId of new Set(clips.map((clip) => clip.trackId))) {
    const track = clips.filter((clip) => clip.trackId === trackId).sort((a, b) => a.start - b.start);
    track.forEach((clip, index) => {
      expect(clip.start).toBeGreaterThanOrEqual(index > 0 ? endOf(track[index - 1]!) : 0);
      expect(clip.duration).toBeGreaterThanOrEqual(1);
      expect(clip.in).toBeGreaterThanOrEqual(0);
      expect(Number.isInteger(clip.start) && Number.isInteger(clip.duration)).toBe(true);
    });
  }
}

const order = (clips: readonly Clip[], trackId: string) =>
  layOut(clips)
    .filter((clip) => clip.trackId === trackId)
    .map((clip) => clip.id);

test("clips left on top of each other by a merge are laid behind one another, and laying out again changes nothing", () => {
  fc.assert(
    fc.property(anyClips, (clips) => {
      const laid = layOut(clips);
      expectNoOverlap(laid);
      expect(layOut(laid)).toEqual(laid);
      expect(layOut([...clips].reverse())).toEqual(laid);
    }),
  );
});

test("no move, trim, split or delete ever makes two clips of a track overlap", () => {
  fc.assert(
    fc.property(
      anyClips,
      fc.nat(),
      fc.nat(),
      aDelta,
      fc.boolean(),
      fc.constantFrom("in" as const, "out" as const),
      (clips, a, b, delta, ripple, edge) => {
        const one = clips[a % clips.length]!.id;
        const two = clips[b % clips.length]!.id;
        expectNoOverlap(moveClips(clips, [one, two], { delta, magnetic: ripple ? (id) => id === "v1" : never }));
        expectNoOverlap(moveClips(clips, [one], { delta, magnetic: never, toTrackId: "a1" }));
        expectNoOverlap(trimClip(clips, one, { edge, delta, ripple, sourceLength }));
        expectNoOverlap(splitClip(clips, one, layOut(clips)[0]!.start + Math.abs(delta), "new"));
        expectNoOverlap(deleteClips(clips, [one, two], () => ripple));
      },
    ),
  );
});

test("moves and trims keep every clip, and a move changes no length", () => {
  fc.assert(
    fc.property(anyClips, fc.nat(), aDelta, fc.boolean(), (clips, a, delta, magnetic) => {
      const id = clips[a % clips.length]!.id;
      const moved = moveClips(clips, [id], { delta, magnetic: () => magnetic });
      expect(moved.map((clip) => [clip.id, clip.duration, clip.in]).sort()).toEqual(
        clips.map((clip) => [clip.id, clip.duration, clip.in]).sort(),
      );
    }),
  );
});

test("a ripple trim keeps the order of the track and shifts all that follows by what the clip gained or lost", () => {
  fc.assert(
    fc.property(anyClips, fc.nat(), aDelta, fc.constantFrom("in" as const, "out" as const), (clips, a, delta, edge) => {
      const laid = layOut(clips);
      const before = laid[a % laid.length]!;
      const next = trimClip(clips, before.id, { edge, delta, ripple: true, sourceLength });
      expect(order(next, before.trackId)).toEqual(order(clips, before.trackId));
      const after = next.find((clip) => clip.id === before.id)!;
      const gained = after.duration - before.duration;
      for (const clip of laid) {
        const now = next.find((other) => other.id === clip.id)!;
        const follows = clip.trackId === before.trackId && clip.start >= endOf(before);
        expect(now.start).toBe(clip.start + (follows ? gained : 0));
      }
    }),
  );
});

test("a trim stops at the end of the source, at its first frame, and at one frame of length", () => {
  const clips = [aClip("a", 0, 40, { in: 5 }), aClip("b", 40, 20)];
  const trim = (edge: "in" | "out", delta: number) =>
    trimClip(clips, "a", { edge, delta, ripple: true, sourceLength })[0];
  expect(trim("out", 500)).toMatchObject({ duration: 55, in: 5 });
  expect(trim("out", -500)).toMatchObject({ duration: 1 });
  expect(trim("in", -500)).toMatchObject({ duration: 45, in: 0, start: 0 });
  expect(trim("in", 500)).toMatchObject({ duration: 1, in: 44 });
});

test("without ripple an edge stops at its neighbour", () => {
  const clips = [aClip("a", 0, 20), aClip("b", 30, 20, { in: 25 }), aClip("c", 55, 5)];
  const trim = (edge: "in" | "out", delta: number) =>
    trimClip(clips, "b", { edge, delta, ripple: false, sourceLength })[1];
  expect(trim("in", -50)).toMatchObject({ start: 20, duration: 30, in: 15 });
  expect(trim("out", 50)).toMatchObject({ start: 30, duration: 25 });
});

test("a clip that is longer than its source has become keeps its length until somebody trims it", () => {
  const clips = [aClip("a", 0, 90)];
  expect(trimClip(clips, "a", { edge: "out", delta: 4, ripple: true, sourceLength })[0]).toMatchObject({
    duration: 90,
  });
  expect(trimClip(clips, "a", { edge: "out", delta: -4, ripple: true, sourceLength })[0]).toMatchObject({
    duration: 86,
  });
});

test("a split shows the same frames as before, and joining the parts gives the clip back", () => {
  fc.assert(
    fc.property(anyClips, fc.nat(), fc.nat(), (clips, a, offset) => {
      const laid = layOut(clips).map((clip) => ({ ...clip, assembled: false }));
      const clip = laid[a % laid.length]!;
      const at = clip.start + (offset % clip.duration);
      const parts = splitClip(laid, clip.id, at, "new");
      if (at === clip.start) expect(parts).toEqual(laid);
      else {
        const right = parts.find((one) => one.id === "new")!;
        expect(right).toMatchObject({ start: at, in: clip.in + at - clip.start, shotId: clip.shotId });
        expect(joinClips(parts, clip.id, "new")).toEqual(laid);
      }
    }),
  );
});

test("parts that were trimmed apart do not join", () => {
  const parts = splitClip([aClip("a", 0, 40)], "a", 20, "b");
  const apart = trimClip(parts, "b", { edge: "in", delta: 3, ripple: true, sourceLength });
  expect(joinClips(apart, "a", "b")).toEqual(apart);
});

test("on a magnetic track a move is a new place in the order, without gaps", () => {
  const clips = [aClip("a", 0, 100), aClip("b", 100, 100), aClip("c", 200, 100)];
  const move = (id: string, delta: number) => moveClips(clips, [id], { delta, magnetic: always });
  expect(order(move("a", 60), "v1")).toEqual(["b", "a", "c"]);
  expect(order(move("a", 40), "v1")).toEqual(["a", "b", "c"]);
  expect(order(move("c", -60), "v1")).toEqual(["a", "c", "b"]);
  expect(order(move("c", -9000), "v1")).toEqual(["c", "a", "b"]);
  expect(filmLength(move("a", 9000))).toBe(300);
});

test("on a free track a clip lands where it was dropped, or at the nearest place with room", () => {
  const clips = [aClip("a", 0, 10), aClip("b", 20, 10), aClip("c", 45, 10)];
  const move = (delta: number) =>
    moveClips(clips, ["c"], { delta, magnetic: never }).find((clip) => clip.id === "c")!.start;
  expect(move(40)).toBe(85);
  expect(move(-22)).toBe(30);
  expect(move(-33)).toBe(10);
  expect(freeStart(clips, "v1", 0, 10)).toBe(10);
  expect(freeStart(clips, "v1", 60, 10)).toBe(60);
});

test("ripple delete closes the gap, plain delete leaves it", () => {
  const clips = [aClip("a", 0, 10), aClip("b", 10, 10), aClip("c", 20, 10)];
  expect(rippleDelete(clips, ["b"]).map((clip) => clip.start)).toEqual([0, 10]);
  expect(deleteClips(clips, ["b"], never).map((clip) => clip.start)).toEqual([0, 20]);
});

test("only clips that a hand touched are taken out of assemble's care", () => {
  const clips = [aClip("a", 0, 10, { assembled: true }), aClip("b", 10, 10, { assembled: true })];
  const next = trimClip(clips, "a", { edge: "out", delta: -2, ripple: true, sourceLength });
  expect(next).toMatchObject([{ assembled: false }, { assembled: true, start: 8 }]);
});

test("edges snap to the nearest of cuts, playhead, markers and the beginning, within reach only", () => {
  const targets = snapTargets({
    clips: [aClip("a", 0, 10), aClip("b", 50, 10)],
    except: ["b"],
    playhead: 30,
    markers: [77],
  });
  expect(targets).toEqual([0, 10, 30, 77]);
  expect(snap(33, targets, 5)).toBe(30);
  expect(snap(33, targets, 2)).toBeNull();
  expect(snapMove([50, 60], -21, targets, 3)).toEqual({ delta: -20, at: 30 });
  expect(snapMove([50, 60], -21, targets, 0)).toEqual({ delta: -21, at: null });
});
