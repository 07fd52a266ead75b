import { expect, test } from "vitest";
import { endedAmong } from "./ended-among.ts";
import { openTestFilm } from "./testing/test-film.ts";

test("what has ended is told from what is open, and so is what is no job", async () => {
  const film = await openTestFilm();
  try {
    const { runId, jobs } = await film.queue([{ key: "over" }, { key: "open" }]);
    await film.move(runId, "over", "succeeded");
    const [over, open] = jobs.map((job) => job.id);
    const unknown = "00000000-0000-7000-8000-000000000000";
    const ended = await endedAmong(film.db, [over!, open!, unknown, "rubbish"]);
    expect(ended).toEqual(new Set([over, unknown, "rubbish"]));
    expect(await endedAmong(film.db, [])).toEqual(new Set());
  } finally {
    await film.close();
  }
});
