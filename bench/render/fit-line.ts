/** y = a + b·x with the least squares. @throws RangeError with fewer than two different x */
export function fitLine(points: readonly { x: number; y: number }[]): { a: number; b: number } {
  const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [meanOf(points.map((point) => point.x)), meanOf(points.map((point) => point.y))];
  const spread = points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
  if (!(spread > 0)) throw new RangeError("a line needs two different places");
  const b = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0) / spread;
  return { a: y - b * x, b };
}
