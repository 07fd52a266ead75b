/**
 * What must not outlive a bench: servers and temporary folders. The work is done when the process exits, whether it is
 * finished, fails or is told to stop, and so can only be what needs no waiting.
 */
const tasks = new Set<() => void>();

process.once("exit", () => {
  for (const task of [...tasks].reverse()) task();
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(130));

/** @returns what takes the task back, once it is done otherwise */
export function atExit(task: () => void): () => void {
  tasks.add(task);
  return () => tasks.delete(task);
}
