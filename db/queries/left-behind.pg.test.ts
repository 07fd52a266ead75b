import { afterAll, beforeAll, expect, test } from "vitest";
import { projects } from "#db/schema/workspace.ts";
import { getJob } from "./jobs.ts";
import { callOffLeftBehind } from "./left-behind.ts";
import { openTestFilm, type TestFilm } from "./testing/test-film.ts";

let film: TestFilm;
beforeAll(async () => {
  film = await openTestFilm();
});
afterAll(() => film.close());

test("what was queued while its film was deleted is called off, and of other films nothing", async () => {
  const [job] = (await film.queue([{}])).jobs;
  expect(await callOffLeftBehind(film.db)).toBe(0);
  await film.db.update(projects).set({ deletedAt: new Date() });
  expect(await callOffLeftBehind(film.db)).toBe(1);
  expect(await getJob(film.db, job!.id)).toMatchObject({ state: "cancelled" });
  expect(await callOffLeftBehind(film.db)).toBe(0);
});
