/** The ways along which people and cars go through a place. Lengths are metres, angles degrees. */
import type { Place, Point } from "./plan-places.ts";

/** The place with its path the other way. */
export const turnedRound = (place: Place): Place => ({ ...place, path: { from: place.path.to, to: place.path.from } });

/** How far apart those go who go together, metres, side by side and one behind the other; and cars. */
const onFoot = { abreast: 0.9, inFile: 1.3 };
export const driving = { abreast: 2.6, inFile: 7 };

/**
 * A way of at most `length` metres along the place's path, around the mark. Who is not the first of `count` goes beside
 * it, where nothing stands that one sits on; where there is no such room they go one behind the other, and as far as
 * the path has room for all of them.
 */
export function wayOf(
  place: Place,
  length: number,
  { index, count }: { index: number; count: number },
  apart = onFoot,
): { from: [number, number, number]; to: [number, number, number]; facing: number } {
  const { from, to } = place.path;
  const dx = to[0] - from[0];
  const dz = to[2] - from[2];
  const full = Math.hypot(dx, dz);
  const at = (distance: number, aside: number): [number, number, number] => [
    round(from[0] + (dx / full) * distance + (dz / full) * aside),
    from[1],
    round(from[2] + (dz / full) * distance - (dx / full) * aside),
  ];
  /** Where the last of so many metres of people begins. */
  const startOf = (metres: number) => Math.max(0, Math.min(full - metres, full * 0.72 - metres / 2));
  const alone = Math.min(length, full);
  const free = [0, 1, -1, 2, -2]
    .map((lane) => lane * apart.abreast)
    .filter((lane) => lane === 0 || isFree(place, at(startOf(alone), lane), at(startOf(alone) + alone, lane)));
  const rows = Math.ceil(count / free.length) - 1;
  const inFile = rows === 0 ? 0 : Math.min(apart.inFile, (full * 0.75) / rows);
  const going = Math.min(length, full - rows * inFile);
  const start = startOf(going + rows * inFile) + (rows - Math.floor(index / free.length)) * inFile;
  const aside = free[index % free.length] ?? 0;
  return {
    from: at(start, aside),
    to: at(start + going, aside),
    facing: round((Math.atan2(dx, dz) * 180) / Math.PI),
  };
}

/** Whether a straight way stays in the place and clear of all seats, some of which are as long as a bench. */
function isFree({ seats, room: [low, high] }: Place, from: Point, to: Point): boolean {
  const inside = ([x, , z]: Point) => x > low[0] + 0.3 && x < high[0] - 0.3 && z > low[2] + 0.3 && z < high[2] - 0.3;
  if (!inside(from) || !inside(to)) return false;
  const steps = Math.max(1, Math.ceil(gap(from, to) / 0.25));
  return seats.every((seat) =>
    Array.from({ length: steps + 1 }, (_, i) => i / steps).every(
      (k) => gap(seat.at, [from[0] + (to[0] - from[0]) * k, 0, from[2] + (to[2] - from[2]) * k]) >= apartOnTheWay,
    ),
  );
}
/** From the middle of a seat to whoever passes, metres. */
const apartOnTheWay = 1.4;

export const gap = (a: Point, b: Point) => Math.hypot(a[0] - b[0], a[2] - b[2]);

/** To the millimetre. */
export const round = (n: number) => Math.round(n * 1000) / 1000;
