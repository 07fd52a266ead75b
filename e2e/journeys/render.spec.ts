/** What can happen to a render: somebody cancels it, or the machine that makes it dies. */
import type { JobView } from "#domain/jobs/messages/views.ts";
import type { Film } from "#domain/film/snapshot.ts";
import { Api } from "../support/api.ts";
import { aPerson, card, comeIn, goTo, join, makeLink, projectIdOf } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const script = `EXT. LIGHTHOUSE ROCK - DAWN

Stillness. The lighthouse stands white against the first sun.

Noor walks up the rock with a lantern.
`;

test("a render is cancelled while queued and while running, for everybody", async ({ studio, browser }) => {
  const { page: ana } = await aPerson(browser);
  const { page: ben } = await aPerson(browser);
  await comeIn(ana, studio.url, "Ana Ruiz");
  await boarded(ana, studio.url);
  await join(ben, await makeLink(ana, "Can edit"), "Ben Okri");
  await goTo(ana, "Board");
  await goTo(ben, "Board");
  await ana.getByRole("button", { name: /^Generate all 2/ }).click();
  await expect(ben.getByRole("region", { name: "Board" }).getByText(/\d+%/)).toBeVisible({ timeout: 60_000 });
  await expect(card(ben, "1B")).toContainText("Queued");

  // Ben stops what Ana started: the queued one first, then the one that runs.
  await card(ben, "1B").click();
  await inspector(ben).getByRole("button", { name: "Cancel" }).click();
  await expect(card(ana, "1B")).toContainText("Draft");
  await card(ben, "1A").click();
  await inspector(ben).getByRole("button", { name: "Cancel" }).click();
  await expect(card(ana, "1A")).toContainText("Draft", { timeout: 15_000 });

  const api = await apiOf(ana, studio.url);
  const { jobs } = await api.get<{ jobs: JobView[] }>(`/v1/projects/${projectIdOf(ana)}/jobs`);
  expect(jobs.map((job) => job.state)).toEqual(["cancelled", "cancelled"]);
  expect(jobs.flatMap((job) => job.artifacts)).toEqual([]);
});

test("a shot whose agent is killed in the middle is finished by another attempt, untouched by anyone @long", async ({
  studio,
  browser,
}) => {
  const { page: ana } = await aPerson(browser);
  await comeIn(ana, studio.url, "Ana Ruiz");
  await boarded(ana, studio.url);
  await goTo(ana, "Board");
  const api = await apiOf(ana, studio.url);
  const at = `/v1/projects/${projectIdOf(ana)}`;
  const { film } = await api.get<{ film: Film }>(at);
  const { job } = await api.post<{ job: JobView }>(`${at}/shots/${film.shots[0]!.id}/generate`, { frames: 48 });
  const read = async () => (await api.get<{ job: JobView }>(`/v1/jobs/${job.id}`)).job;
  await expect.poll(async () => (await read()).progress, { timeout: 60_000, intervals: [100] }).toBeGreaterThan(0.1);
  expect(await studio.kill("agent")).toBe(1);
  await expect(card(ana, "1A")).toContainText("T1", { timeout: 120_000 });
  expect(await read()).toMatchObject({ state: "succeeded", attempt: 2, engine: "previz" });
});

/** Puts the two shots on the board, short ones, through the API: the review has a journey of its own. */
async function boarded(page: Parameters<typeof goTo>[0], url: string): Promise<void> {
  const api = await apiOf(page, url);
  const { workspaces } = await api.get<{ workspaces: { id: string }[] }>("/v1/workspaces");
  const { project } = await api.post<{ project: { id: string } }>("/v1/projects", {
    workspaceId: workspaces[0]!.id,
    title: "Rock",
    screenplay: script,
  });
  const { scenes } = await api.post<{ scenes: { shots: { durationFrames: number }[] }[] }>(
    `/v1/projects/${project.id}/storyboard/parse`,
  );
  for (const scene of scenes) for (const shot of scene.shots) shot.durationFrames = 48;
  await api.post(`/v1/projects/${project.id}/storyboard/commit`, { scenes });
  await page.goto(`${url}/projects/${project.id}?view=board`);
  await expect(card(page, "1A")).toBeVisible();
}

async function apiOf(page: Parameters<typeof goTo>[0], url: string): Promise<Api> {
  const answer = await page.request.post(`${url}/v1/tokens`, { data: { name: "journey" }, headers: { origin: url } });
  return new Api(url, ((await answer.json()) as { token: string }).token);
}

function inspector(page: Parameters<typeof goTo>[0]) {
  return page.getByRole("complementary", { name: "Inspector" });
}
