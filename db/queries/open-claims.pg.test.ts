import { expect, test } from "vitest";
import { openClaims } from "./open-claims.ts";
import { openTestFilm } from "./testing/test-film.ts";

test("what is open is told from what has ended and what is no job", async () => {
  const film = await openTestFilm();
  try {
    const { runId, jobs } = await film.queue([{ key: "over" }, { key: "open" }]);
    await film.move(runId, "over", "succeeded");
    const [over, open] = jobs.map((job) => job.id);
    const unknown = "00000000-0000-7000-8000-000000000000";
    expect(await openClaims(film.db, [over!, open!, unknown, "rubbish"])).toEqual(new Map([[open, null]]));
    expect(await openClaims(film.db, [])).toEqual(new Map());
  } finally {
    await film.close();
  }
});
