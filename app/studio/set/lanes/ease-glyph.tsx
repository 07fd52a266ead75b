import type { Easing } from "#domain/screenplay/scene-plan.ts";
import { eased } from "#stage/camera/ease.ts";

/** @returns the way of an ease in a box, as the points of a line */
export function easePoints(ease: Easing, width: number, height: number, count = 16): string {
  if (ease === "hold") return `0,${height} ${width},${height} ${width},0`;
  return Array.from({ length: count + 1 }, (_, index) => {
    const share = index / count;
    return `${round(share * width)},${round((1 - eased(ease, share)) * height)}`;
  }).join(" ");
}
const round = (value: number) => Math.round(value * 10) / 10;

/** How a camera goes from one key to the next, as a small curve. */
export function EaseGlyph({ ease }: { ease: Easing }) {
  return (
    <svg className="ease-glyph" viewBox="-1 -1 16 12" aria-hidden="true">
      <polyline points={easePoints(ease, 14, 10)} />
    </svg>
  );
}
