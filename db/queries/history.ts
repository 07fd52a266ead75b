import { sql } from "drizzle-orm";
import type { DbOrTx } from "#db/client.ts";
import { capabilities, Capability } from "#domain/jobs/capabilities.ts";
import { type Measured, sizeClassOf } from "#domain/jobs/estimate.ts";

/** Of each engine at each thing; what is older says little about now. */
const mostPerEngine = 60;

/**
 * What the fleet has measured lately, newest first within an engine: what estimates are made of. Reads some rows of each
 * engine by an index, however long the history is.
 */
export async function measuredHistory(db: DbOrTx): Promise<Measured[]> {
  const rows = await db.execute<{
    capability: string;
    engine: string;
    units: number;
    width: number | null;
    height: number | null;
    seconds: number;
  }>(sql`
    select c.capability, e.engine, m.* from jsonb_array_elements_text(${JSON.stringify(capabilities)}::text::jsonb) as c (capability)
    cross join lateral (
      with recursive known (engine) as (
        (select engine from job_attempts where capability = c.capability and outcome = 'succeeded' and engine is not null
          order by engine limit 1)
        union all
        select (select a.engine from job_attempts a where a.capability = c.capability and a.outcome = 'succeeded'
          and a.engine > k.engine order by a.engine limit 1) from known k where k.engine is not null)
      select engine from known where engine is not null) e
    cross join lateral (
      select a.units, a.width, a.height, a.seconds from job_attempts a
      where a.capability = c.capability and a.engine = e.engine and a.outcome = 'succeeded' and a.units > 0 and a.seconds > 0
      order by a.finished_at desc nulls first limit ${mostPerEngine}) m`);
  return rows.map(({ capability, engine, units, width, height, seconds }) => ({
    capability: Capability.parse(capability),
    engine,
    sizeClass: sizeClassOf(width, height),
    units,
    seconds,
  }));
}
