/** A stretch of frames from one picture to the next: `frames` of them, the first of which is `from` itself. */
export type Between = { from: number; to: number; frames: number };

/**
 * How a shot is laid out along its keyframes, given as the frames they stand at: held before the first and after the
 * last, and a way from each to the next. Numbers are places among the keyframes in the order of time; `to` is `from`
 * where a picture is held.
 * @param at  in any order; those beyond the end count as the last frame, and of two at one frame the later given
 * @returns stretches that hold `total` frames together
 */
export function betweenKeyframes(at: readonly number[], total: number): { order: number[]; stretches: Between[] } {
  const byFrame = new Map<number, number>();
  for (const [index, frame] of at.entries()) byFrame.set(Math.max(0, Math.min(frame, total - 1)), index);
  const places = [...byFrame.keys()].sort((a, b) => a - b);
  const stretches: Between[] = [];
  const add = (from: number, to: number, frames: number) => {
    if (frames > 0) stretches.push({ from, to, frames });
  };
  add(0, 0, places[0] ?? 0);
  for (const [index, frame] of places.entries()) {
    const next = places[index + 1];
    if (next === undefined) add(index, index, total - frame);
    else add(index, index + 1, next - frame);
  }
  return { order: places.map((frame) => byFrame.get(frame)!), stretches };
}
