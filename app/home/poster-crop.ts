/** A picture as a canvas has it: four numbers a pixel, 0 to 255, from the top left. */
export interface Pixels {
  width: number;
  height: number;
  data: ArrayLike<number>;
}

/** How much less a crop counts that is all at one side, as what is in the middle of a frame was put there. */
const sideCosts = 0.25;

/**
 * Where to crop a wide picture to a narrow one, so that what there is to see is in its middle: where the most edges and
 * colours are, for sky, water and walls have few.
 * @param shape  width by height of what is left
 * @returns as `object-position` has it, 0 (left) to 1 (right)
 */
export function cropOf(picture: Pixels, shape: number): number {
  const { width, height } = picture;
  const wide = Math.round(height * shape);
  const room = width - wide;
  if (room <= 0) return 0.5;
  const busy = busyColumns(picture);
  let best = { at: room / 2, worth: 0 };
  for (let at = 0; at <= room; at += 1) {
    const inside = busy.slice(at, at + wide);
    // What is in the middle of the crop counts most, what is at its edges is nearly lost.
    const sum = inside.reduce((all, one, index) => all + one * (1 - Math.abs((index + 0.5) / (wide / 2) - 1) ** 2), 0);
    const worth = sum * (1 - sideCosts * Math.abs(at / (room / 2) - 1) ** 2);
    if (worth > best.worth) best = { at, worth };
  }
  return best.at / room;
}

/** How much there is to see in each column; the foot of the picture is under a poster's title. */
function busyColumns({ width, height, data }: Pixels): number[] {
  const light = (x: number, y: number) => {
    const at = (y * width + x) * 4;
    return (0.3 * data[at]! + 0.59 * data[at + 1]! + 0.11 * data[at + 2]!) / 255;
  };
  const colour = (x: number, y: number) => {
    const at = (y * width + x) * 4;
    const [r, g, b] = [data[at]!, data[at + 1]!, data[at + 2]!];
    return (Math.max(r, g, b) - Math.min(r, g, b)) / 255;
  };
  return Array.from({ length: width }, (_, x) => {
    let sum = 0;
    for (let y = 1; y < height * 0.85; y += 1) {
      const across = x === 0 ? 0 : Math.abs(light(x, y) - light(x - 1, y));
      sum += across + Math.abs(light(x, y) - light(x, y - 1)) + 0.1 * colour(x, y) * light(x, y);
    }
    return sum;
  });
}
