import type { QueuedAt } from "#db/queries/queue-notice.ts";
import type { Id } from "#domain/ids.ts";

/**
 * Which lines of the queue have jobs, as far as is known: told by notices, put right by looking through the queue. So a
 * round of releasing asks for jobs only where there are some, however many workspaces there are.
 */
export type WaitingLines = {
  /** A job has joined the line. */
  add: (line: QueuedAt) => void;
  /** What the queue really holds now, looked up since `mark`; lines that were added meanwhile stay. */
  replace: (lines: readonly QueuedAt[], mark: number) => void;
  /** The line was empty when it was read; unless a job has joined it since `mark`, it is forgotten. */
  drop: (line: Pick<QueuedAt, "capability" | "lane" | "projectId">, mark: number) => void;
  /** A moment to compare with. */
  mark: () => number;
  list: () => QueuedAt[];
};

export function openWaitingLines(): WaitingLines {
  const lines = new Map<string, { line: QueuedAt; addedAt: number }>();
  let clock = 0;
  const keyOf = ({ capability, lane, projectId }: Pick<QueuedAt, "capability" | "lane" | "projectId">) =>
    `${capability} ${lane} ${projectId as Id}`;
  return {
    add: (line) => {
      lines.set(keyOf(line), { line, addedAt: ++clock });
    },
    replace: (found, mark) => {
      for (const [key, { addedAt }] of lines) if (addedAt <= mark) lines.delete(key);
      for (const line of found) if (!lines.has(keyOf(line))) lines.set(keyOf(line), { line, addedAt: mark });
    },
    drop: (line, mark) => {
      const known = lines.get(keyOf(line));
      if (known !== undefined && known.addedAt <= mark) lines.delete(keyOf(line));
    },
    mark: () => clock,
    list: () => [...lines.values()].map(({ line }) => line),
  };
}
