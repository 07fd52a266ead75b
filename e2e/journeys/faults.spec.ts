/** What people see while machines die under their renders. */
import type { Film } from "#domain/film/snapshot.ts";
import type { AttemptView } from "#domain/jobs/attempt-view.ts";
import type { JobView, TakeView } from "#domain/jobs/messages/views.ts";
import { boardedFilm } from "../support/film.ts";
import { aPerson, card, comeIn, goTo, join, makeLink, projectIdOf } from "../support/people.ts";
import { startStudio, type Studio } from "../support/studio.ts";
import { expect, test } from "../support/test.ts";

let studio: Studio;
test.beforeAll(async () => {
  // A dead agent is noticed after the lease's time.
  studio = await startStudio({ AGENTS: "2", LEASE_SECONDS: "4" });
});
test.afterAll(() => studio.stop());

test("two people see a shot go on when its agent dies, and nothing queued is lost when the director does @long", async ({
  browser,
}) => {
  const { page: ana } = await aPerson(browser);
  const { page: ben } = await aPerson(browser);
  await comeIn(ana, studio.url, "Ana Ruiz");
  const api = await boardedFilm(ana, studio.url);
  await join(ben, await makeLink(ana, "Can edit"), "Ben Okri");
  await goTo(ben, "Board");
  const at = `/v1/projects/${projectIdOf(ana)}`;
  const { film } = await api.get<{ film: Film }>(at);
  const generate = async (index: number, frames: number) =>
    (await api.post<{ job: JobView }>(`${at}/shots/${film.shots[index]!.id}/generate`, { frames })).job;
  const read = async (id: string) => (await api.get<{ job: JobView }>(`/v1/jobs/${id}`)).job;

  const first = await generate(0, 48);
  for (const page of [ana, ben]) await expect(card(page, "1A").getByText(/\d+%/)).toBeVisible({ timeout: 60_000 });
  await expect.poll(async () => (await read(first.id)).progress, { intervals: [50] }).toBeGreaterThan(0.05);
  await studio.killAgentOf(first.id);
  await expect.poll(async () => (await read(first.id)).attempt, { timeout: 30_000, intervals: [100] }).toBe(2);
  for (const page of [ana, ben]) await expect(card(page, "1A").getByText(/\d+%/)).toBeVisible({ timeout: 30_000 });

  // Paused, so that they surely wait when the director dies; what goes on is told to nobody while it is away.
  await api.post(`${at}/queue`, { paused: true });
  const others = [await generate(1, 12), await generate(2, 12)];
  for (const page of [ana, ben]) await expect(card(page, "1C")).toContainText("Queued");
  expect(await studio.kill("director")).toBe(1);
  await api.post(`${at}/queue`, { paused: false });

  for (const page of [ana, ben])
    for (const shot of ["1A", "1B", "1C"]) await expect(card(page, shot)).toContainText("T1", { timeout: 90_000 });
  const { attempts } = await api.get<{ attempts: AttemptView[] }>(`/v1/jobs/${first.id}/attempts`);
  expect(attempts.map(({ outcome }) => outcome)).toEqual(["lost", "succeeded"]);
  expect(attempts[1]!.agentId).not.toBe(attempts[0]!.agentId);
  const { jobs } = await api.get<{ jobs: JobView[] }>(`${at}/jobs`);
  const shots = jobs.filter((job) => job.kind === "shot");
  expect(shots.map((job) => job.id).sort()).toEqual([first, ...others].map((job) => job.id).sort());
  expect(shots.every((job) => job.state === "succeeded")).toBe(true);
  const { takes } = await api.get<{ takes: TakeView[] }>(`${at}/takes`);
  expect(takes.map((take) => take.jobId).sort()).toEqual(shots.map((job) => job.id).sort());
});
