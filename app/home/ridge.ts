/**
 * The outline of a ridge across a picture of 1600 × 900, filled down to its lower edge.
 * @param foot  how far down it gets; its tops rise by up to one and a half times `tall` above that
 */
export function ridge(
  random: () => number,
  { foot, tall, steep }: { foot: number; tall: number; steep: boolean },
): string {
  const tops = Array.from({ length: 9 }, (_, index) => ({
    x: index * 200,
    y: Math.round(foot - random() * tall - (index % 2) * tall * 0.5),
  }));
  const line = tops.map(({ x, y }, index) => {
    const before = tops[index - 1];
    if (before === undefined || steep) return `L${x} ${y}`;
    // Level at every top and in every dip, so that the line swings beyond none of them.
    return `C${before.x + 90} ${before.y} ${x - 90} ${y} ${x} ${y}`;
  });
  return `M0 900${line.join("")}L1600 900Z`;
}
