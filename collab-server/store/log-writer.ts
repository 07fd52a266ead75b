/**
 * Group commit: what all rooms have to append goes to Postgres in one statement, and while that is on its way the next
 * batch gathers. Retries until Postgres is there; nothing is ever given up but rows of documents that are gone. When the
 * answer to a commit got lost, its rows are written again: the same bytes twice in a log are the same document.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "#db/client.ts";
import { appendFilmUpdates, type LogRow } from "#db/queries/film-documents.ts";

export type AppendOutcome =
  /** Durable, at this position of the document's log. */
  | { status: "stored"; position: number }
  /** A named edit in it was stored before, by us or by another instance; nothing was written. */
  | { status: "repeated" }
  /** The document was deleted. */
  | { status: "gone" };

interface Waiting {
  row: LogRow;
  /** After a refusal by Postgres, or because it may be a repeat, it goes alone: it cannot hold back others. */
  alone: boolean;
  settle: (outcome: AppendOutcome) => void;
}

interface LogWriterOptions {
  sql: Sql;
  /** Called when a commit fails; the writer goes on by itself. */
  onFailure: (error: unknown, rows: number) => void;
  onCommit: (tookMs: number, rows: number) => void;
  firstRetryMs?: number;
  mostRetryMs?: number;
}

const maxBatchRows = 500;
const maxBatchBytes = 8 * 1024 * 1024;

export class LogWriter {
  readonly #options: LogWriterOptions;
  #queue: Waiting[] = [];
  #running = false;

  constructor(options: LogWriterOptions) {
    this.#options = options;
  }

  /** Resolves once the row's fate is known. A document has at most one row on its way at a time. */
  append(row: LogRow): Promise<AppendOutcome> {
    return new Promise((settle) => {
      this.#queue.push({ row, alone: row.editIds.length > 0, settle });
      if (this.#running) return;
      this.#running = true;
      // At the end of this turn: all rooms whose window ends now share the commit.
      queueMicrotask(() => void this.#run());
    });
  }

  async #run(): Promise<void> {
    const { firstRetryMs = 100, mostRetryMs = 2000 } = this.#options;
    let pauseMs = firstRetryMs;
    while (this.#queue.length > 0) {
      const batch = this.#nextBatch();
      try {
        await this.#commit(batch);
        pauseMs = firstRetryMs;
      } catch (error) {
        if (isRepeat(error) && batch.every((item) => item.alone)) {
          for (const item of batch) item.settle({ status: "repeated" });
          continue;
        }
        this.#options.onFailure(error, batch.length);
        if (isRefusal(error)) {
          for (const item of batch) item.alone = true;
          this.#queue.push(...batch);
        } else {
          this.#queue.unshift(...batch);
        }
        await sleep(pauseMs);
        pauseMs = Math.min(pauseMs * 2, mostRetryMs);
      }
    }
    this.#running = false;
  }

  #nextBatch(): Waiting[] {
    const first = this.#queue[0];
    if (first === undefined || first.alone) return this.#queue.splice(0, 1);
    let count = 0;
    let bytes = 0;
    for (const item of this.#queue) {
      if (item.alone || count >= maxBatchRows || (count > 0 && bytes + item.row.bytes.length > maxBatchBytes)) break;
      count += 1;
      bytes += item.row.bytes.length;
    }
    return this.#queue.splice(0, count);
  }

  async #commit(batch: Waiting[]): Promise<void> {
    const startedAt = performance.now();
    const positions = await appendFilmUpdates(
      this.#options.sql,
      batch.map((item) => item.row),
    );
    this.#options.onCommit(performance.now() - startedAt, batch.length);
    for (const { row, settle } of batch) {
      const position = positions.get(row.documentId);
      settle(position === undefined ? { status: "gone" } : { status: "stored", position });
    }
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "");

/** The only thing that must be unique in what we write is the id of a named edit. */
function isRepeat(error: unknown): boolean {
  return codeOf(error) === "23505";
}

/** Postgres answered and said no to the statement itself, as against being away, starting or full. */
function isRefusal(error: unknown): boolean {
  return /^[0-9A-Z]{5}$/.test(codeOf(error)) && !/^(08|53|57|58|40)/.test(codeOf(error));
}
