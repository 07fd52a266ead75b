/**
 * How long some work keeps a processor busy, in ms. Unlike the clock on the wall it says the same on a machine that
 * has much else to do; what else this process does meanwhile counts too.
 */
export function cpuTimeOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
