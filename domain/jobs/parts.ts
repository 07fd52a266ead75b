import { isActive, isTerminal } from "./lifecycle.ts";
import type { JobView } from "./messages/views.ts";

/** A head is never shown as finished before it is. */
const almost = 0.99;

/**
 * What people see of a job that is made of parts. In the table the head stays `queued` while its parts run, because it
 * waits for them; shown, it runs from when the first part begins. Progress is (finished parts + fraction) / parts.
 * @param head   the job that puts the parts together
 * @param parts  its parts that count now (none that were superseded), in any order; none: the head is shown as it is
 */
export function shownJob(head: JobView, parts: readonly JobView[]): JobView {
  if (parts.length === 0 || isTerminal(head.state)) return head;
  const done = parts.reduce((sum, part) => sum + (part.state === "succeeded" ? 1 : part.progress), 0);
  const progress = Math.min(almost, Math.max(done / parts.length, head.progress));
  // One that runs and that nobody has claimed was made so here, from an earlier look at its parts.
  const isAtWork = head.state !== "queued" && !(head.state === "running" && head.attempt === 0);
  if (isAtWork) return { ...head, progress, ...begin(head, parts) };
  const begun = parts.filter((part) => part.state !== "queued");
  if (begun.length === 0) return { ...head, progress };
  const { queuePosition: _position, waitSeconds: _wait, ...rest } = head;
  const now = parts.find((part) => isActive(part.state));
  const number = now?.part === undefined ? null : now.part.index + 1;
  return {
    ...rest,
    state: parts.some((part) => part.state === "cancelling") ? "cancelling" : "running",
    progress,
    ...(number === null ? {} : { message: `Part ${number} of ${parts.length}` }),
    ...(now?.stage === undefined ? {} : { stage: now.stage }),
    ...(now?.step === undefined ? {} : { step: now.step }),
    ...(now?.total === undefined ? {} : { total: now.total }),
    ...(now?.engine === undefined ? {} : { engine: now.engine }),
    ...begin(head, begun),
  };
}

/** Its work began with that of its first part, and its wait ended there. */
function begin(head: JobView, parts: readonly JobView[]): Pick<JobView, "startedAt" | "waitSeconds"> {
  const [first] = parts.flatMap((part) => part.startedAt ?? []).sort();
  if (first === undefined) return {};
  return { startedAt: first, waitSeconds: Math.max(0, (Date.parse(first) - Date.parse(head.createdAt)) / 1000) };
}
