/** What somebody does in a shot as stretches of its frames, and what becomes of them when a hand moves one. */
import type { Id } from "#domain/ids.ts";
import { canonicalName } from "#domain/screenplay/plan/plan-cast.ts";
import { deedsOf, type Motion, type PlannedCharacter, type ScenePlan } from "#domain/screenplay/scene-plan.ts";
import type { StagedDeed } from "./staging.ts";

/** One deed, `[fromFrame, toFrame)`; the id is null where the rules say it and nobody has staged it yet. */
export type DeedSpan = Omit<StagedDeed, "kind" | "shotId" | "who" | "id"> & { id: Id | null };
/** Frames `[fromFrame, toFrame)` of a shot. */
export type Stretch = Pick<DeedSpan, "fromFrame" | "toFrame" | "locked">;
/** Where a hand has hold of a stretch. */
export type SpanGrip = "move" | "start" | "end";

type Timed = Pick<ScenePlan, "cast" | "frames" | "fps" | "beatSeconds">;

/** @returns what a person does, in order: as it was staged, else as the rules have it; nothing outside the shot */
export function deedSpans(person: PlannedCharacter, plan: Timed, staged: readonly StagedDeed[]): DeedSpan[] {
  const who = canonicalName(person.name);
  const own = stagedSpans(who, staged, plan.frames);
  if (own.length > 0) return own.filter(({ fromFrame, toFrame }) => toFrame > fromFrame);
  const frameAt = (beat: number) => Math.round((beat * plan.beatSeconds * plan.fps.num) / plan.fps.den);
  return deedsOf(person, plan)
    .map(({ motion, from, to, goes, facing, towards, energy }): DeedSpan => {
      const other = towards?.kind === "person" ? plan.cast[towards.index] : undefined;
      const about = towards?.kind === "person" ? personNamed(other) : towards;
      return {
        id: null,
        motion,
        fromFrame: frameAt(from),
        toFrame: Math.min(plan.frames, frameAt(to)),
        energy,
        ...(goes === undefined ? {} : { goes }),
        ...(facing === undefined ? {} : { facing }),
        ...(about === undefined ? {} : { towards: about }),
      };
    })
    .filter(({ fromFrame, toFrame }) => toFrame > fromFrame);
}

/** @returns what was staged of a person within the shot, in order, each up to what comes next; it may be no time at all */
export function stagedSpans(who: string, staged: readonly StagedDeed[], frames: number): (DeedSpan & { id: Id })[] {
  return staged
    .filter((deed) => deed.who === who && deed.fromFrame < frames)
    .sort((a, b) => a.fromFrame - b.fromFrame)
    .map(({ kind: _kind, shotId: _shot, who: _who, ...deed }) => deed)
    .map((deed, index, all) => ({
      ...deed,
      toFrame: Math.min(deed.toFrame, all[index + 1]?.fromFrame ?? frames),
    }));
}

const personNamed = (person: PlannedCharacter | undefined): StagedDeed["towards"] =>
  person === undefined ? undefined : { kind: "person", who: canonicalName(person.name) };

/**
 * Moves or trims one of them. What touched it goes with its edge, what it runs into gives way; nothing gets shorter
 * than `least` frames (or than it was), and what is locked stays where it is.
 */
export function movedSpans<S extends Stretch>(
  spans: readonly S[],
  index: number,
  grip: SpanGrip,
  by: number,
  { frames, least }: { frames: number; least: number },
): S[] {
  const span = spans[index];
  if (span === undefined || span.locked === true) return [...spans];
  if (grip === "move" && span.toFrame <= span.fromFrame) return [...spans];
  const [before, after] = [spans[index - 1], spans[index + 1]];
  const leastOf = ({ fromFrame, toFrame }: Stretch) => Math.min(least, toFrame - fromFrame);
  const low = before === undefined ? 0 : before.locked ? before.toFrame : before.fromFrame + leastOf(before);
  const high = after === undefined ? frames : after.locked ? after.fromFrame : after.toFrame - leastOf(after);
  const end = Math.min(span.toFrame, frames);
  const length = end - span.fromFrame;
  const whole = Math.round(by);
  const to =
    grip === "move"
      ? moved(span.fromFrame, clamp(whole, low - span.fromFrame, high - end), length)
      : grip === "start"
        ? { fromFrame: clamp(span.fromFrame + whole, low, end - leastOf(span)), toFrame: end }
        : { fromFrame: span.fromFrame, toFrame: clamp(end + whole, span.fromFrame + leastOf(span), high) };
  return spans.map((other, place) => {
    if (place === index) return { ...other, ...to };
    if (place === index - 1 && !other.locked && (other.toFrame === span.fromFrame || other.toFrame > to.fromFrame))
      return { ...other, toFrame: to.fromFrame };
    if (place === index + 1 && !other.locked && (other.fromFrame === span.toFrame || other.fromFrame < to.toFrame))
      return { ...other, fromFrame: to.toFrame };
    return other;
  });
}

/** Somebody does something else from a frame on, until what comes next. */
export function withDeedAt(
  spans: readonly DeedSpan[],
  motion: Motion,
  frame: number,
  { frames }: { frames: number },
): DeedSpan[] {
  const here = spans.find(({ fromFrame }) => fromFrame === frame);
  // Another motion has another way and another goal.
  if (here) return spans.map((span) => (span === here ? changedTo(span, motion) : span));
  const next = spans.find(({ fromFrame }) => fromFrame > frame)?.fromFrame ?? frames;
  const made: DeedSpan = { id: null, motion, fromFrame: frame, toFrame: next };
  const cut = spans.map((span) =>
    span.fromFrame < frame && span.toFrame > frame ? { ...span, toFrame: frame } : span,
  );
  return [...cut, made].sort((a, b) => a.fromFrame - b.fromFrame);
}

/** The same stretch with another motion. */
export function changedTo({ id, fromFrame, toFrame, locked, energy }: DeedSpan, motion: Motion): DeedSpan {
  return {
    id,
    motion,
    fromFrame,
    toFrame,
    ...(locked === undefined ? {} : { locked }),
    ...(energy === undefined ? {} : { energy }),
  };
}

/** The same deed once more: what is left of it after the playhead, so that a person can go on otherwise. */
export function splitSpan(spans: readonly DeedSpan[], index: number, frame: number): DeedSpan[] {
  const span = spans[index];
  if (span === undefined || span.locked || frame <= span.fromFrame || frame >= span.toFrame) return [...spans];
  // Who goes somewhere arrives in the second half.
  const { goes: _goes, ...first } = span;
  return spans.flatMap((other, place) =>
    place === index
      ? [
          { ...first, toFrame: frame },
          { ...span, id: null, fromFrame: frame },
        ]
      : [other],
  );
}

const moved = (from: number, by: number, length: number) => ({ fromFrame: from + by, toFrame: from + by + length });
const clamp = (value: number, low: number, high: number) => Math.min(Math.max(low, high), Math.max(low, value));
