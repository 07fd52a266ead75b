import type { FrameRate } from "#domain/time.ts";

/** Ticks of a second, by which the format counts time. */
const ticksPerSecond = 46_186_158_000n;

/** @returns when a frame is, in ticks */
export function ticksAt(frame: number, fps: FrameRate): bigint {
  const [num, den] = [BigInt(fps.num), BigInt(fps.den)];
  return (2n * BigInt(frame) * den * ticksPerSecond + num) / (2n * num);
}

/** Frame rates that the format knows by a number of its own. */
const modes: Readonly<Record<string, number>> = {
  "120/1": 1,
  "100/1": 2,
  "60/1": 3,
  "50/1": 4,
  "48/1": 5,
  "30/1": 6,
  "30000/1001": 9,
  "25/1": 10,
  "24/1": 11,
  "24000/1001": 13,
  "96/1": 15,
  "72/1": 16,
  "60000/1001": 17,
};
const ownMode = 14;

export function timeMode({ num, den }: FrameRate): number {
  return modes[`${num}/${den}`] ?? ownMode;
}
