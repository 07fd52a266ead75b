/** Compares what was promised and shown of the films so far with what Postgres holds at this moment. */
import type { Sql } from "#db/client.ts";
import type { Content } from "./content.ts";
import type { FilmRecord } from "./film-record.ts";
import { readStoredFilm } from "./stored-film.ts";

export interface Audit {
  /** Structs and deletes that were acknowledged and are not stored. */
  acknowledgedLost: number;
  /** Shown to somebody, though no commit was late, and not stored. */
  seenLost: number;
  faults: string[];
}

export async function audit(sql: Sql, films: readonly FilmRecord[]): Promise<Audit> {
  // As of now: what is promised while Postgres is asked is looked at the next time.
  const now = films.map((film) => ({ film, acknowledged: film.acknowledged.copy(), shown: film.shown.copy() }));
  const found: Audit = { acknowledgedLost: 0, seenLost: 0, faults: [] };
  for (const { film, acknowledged, shown } of now) {
    const { content, disorder, doc } = await readStoredFilm(sql, film.projectId);
    doc.destroy();
    if (disorder !== null) found.faults.push(`the log is out of order: ${disorder}`);
    if (overlap(content, film.forbidden))
      found.faults.push(`stored though forbidden: ${film.describe(film.forbidden)}`);
    const unstored = content.lacks(acknowledged);
    found.acknowledgedLost += unstored.size;
    if (!unstored.isEmpty) found.faults.push(`acknowledged and not stored: ${film.describe(unstored)}`);
    const lost = content.add(film.late).lacks(shown);
    // What something late deletes by being there cannot be told from its bytes.
    if (!film.late.isEmpty) lost.deletes.of.clear();
    found.seenLost += lost.size;
    if (!lost.isEmpty) found.faults.push(`shown and not stored: ${film.describe(lost)}`);
  }
  return found;
}

/** Whether they have a struct in common. */
function overlap(a: Content, b: Content): boolean {
  return b.structs.size > 0 && a.lacks(b).structs.size < b.structs.size;
}
