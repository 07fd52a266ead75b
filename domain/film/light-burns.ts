/** From when to when a light burns in a shot, and what becomes of that where shots are cut and joined. Pure. */

/** Frames `[from, to)` of a shot; at no time where they are the same. */
export interface Burning {
  from: number;
  to: number;
}

/** @returns when it burns within a shot of so many frames: all the time where nothing is said */
export function burningIn(frames: number, said: Burning | undefined): Burning {
  if (said === undefined) return { from: 0, to: frames };
  const from = Math.min(said.from, frames);
  return { from, to: Math.max(from, Math.min(said.to, frames)) };
}

export const burnsAllTheTime = ({ from, to }: Burning, frames: number): boolean => from <= 0 && to >= frames;

/** @returns when it burns in both halves of a shot that is cut at a frame */
export function cutBurning({ from, to }: Burning, at: number): [Burning, Burning] {
  return [
    { from: Math.min(from, at), to: Math.min(to, at) },
    { from: Math.max(0, from - at), to: Math.max(0, to - at) },
  ];
}

/**
 * @param parts  of a shot, each with the frame at which it begins in the whole, and its length
 * @returns when it burns in the whole: once, from where it first does to where it last does
 */
export function joinedBurning(parts: readonly { at: number; frames: number; said: Burning | undefined }[]): Burning {
  const lit = parts
    .map(({ at, frames, said }) => ({ at, ...burningIn(frames, said) }))
    .filter(({ from, to }) => to > from);
  if (lit.length === 0) return { from: 0, to: 0 };
  return {
    from: Math.min(...lit.map(({ at, from }) => at + from)),
    to: Math.max(...lit.map(({ at, to }) => at + to)),
  };
}
