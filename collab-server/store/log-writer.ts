/**
 * Group commit: what all rooms have to append goes to Postgres in one statement, and while that is on its way the next
 * batch gathers. Retries until Postgres is there; nothing is ever given up but rows of documents that are gone.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "#db/client.ts";
import { appendFilmUpdates, readRowPlace, rowKey, type LogRow } from "#db/queries/film-documents.ts";

/** stored: durable. taken: another instance wrote at this position. gone: the document was deleted. */
export type AppendOutcome = "stored" | "taken" | "gone";

interface Waiting {
  row: LogRow;
  /** After a refusal by Postgres it goes alone, so that it cannot hold back others. */
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
      this.#queue.push({ row, alone: false, settle });
      if (!this.#running) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    const { firstRetryMs = 100, mostRetryMs = 2000 } = this.#options;
    let pauseMs = firstRetryMs;
    while (this.#queue.length > 0) {
      const batch = this.#nextBatch();
      try {
        await this.#commit(batch);
        pauseMs = firstRetryMs;
      } catch (error) {
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
    const written = await appendFilmUpdates(
      this.#options.sql,
      batch.map((item) => item.row),
    );
    const outcomes = await Promise.all(
      batch.map(async ({ row }): Promise<AppendOutcome> => {
        if (written.has(rowKey(row))) return "stored";
        // The answer to an earlier try may have got lost after it was committed.
        const place = await readRowPlace(this.#options.sql, row);
        return place === "same" ? "stored" : place === "other" ? "taken" : "gone";
      }),
    );
    this.#options.onCommit(performance.now() - startedAt, batch.length);
    batch.forEach((item, index) => item.settle(outcomes[index] ?? "taken"));
  }
}

/** Postgres answered and said no to the statement itself, as against being away, starting or full. */
function isRefusal(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return /^[0-9A-Z]{5}$/.test(code) && !/^(08|53|57|58|40)/.test(code);
}
