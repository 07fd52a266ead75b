/** A program has an episode planned and rendered while somebody works on its film, and the director dies on the way. */
import type { Film } from "#domain/film/snapshot.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import { Api, until } from "../support/api.ts";
import { aPerson, card, comeIn } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

type Episode = {
  episode_id: string;
  project_id: string;
  run_id?: string;
  state: string;
  planner: string;
  beats: {
    beat_id: string;
    shot_id: string;
    state: string;
    job_id?: string;
    artefacts: { type: string; uri: string }[];
  }[];
};

test("an intent becomes three beats, each rendered once, in a film that people change meanwhile @long", async ({
  studio,
  browser,
}) => {
  const { page } = await aPerson(browser);
  await comeIn(page, studio.url, "Ana Ruiz");
  const answer = await page.request.post(`${studio.url}/v1/tokens`, {
    data: { name: "journey" },
    headers: { origin: studio.url },
  });
  const api = new Api(studio.url, ((await answer.json()) as { token: string }).token);

  const { episode_id: id, project_id: projectId } = await api.post<Episode>("/v1/episodes", {
    world_id: "alley",
    intent: "A rainy neon alley with a slow walking detective",
  });
  const planned = await api.post<Episode>(`/v1/episodes/${id}/plan`, { seconds: 1 });
  expect(planned).toMatchObject({ state: "PLANNED", planner: "rules" });
  await page.goto(`${studio.url}/projects/${projectId}?view=board`);
  await expect(card(page, "1C")).toBeVisible();

  const begun = await api.post<Episode>(`/v1/episodes/${id}/execute`);
  expect(begun.state).toBe("EXECUTING");
  const now = () => api.get<Episode>(`/v1/episodes/${id}`);
  await until("the first beat is at work", now, ({ beats }) => beats.some((beat) => beat.state !== "PENDING"), 60_000);
  expect(await studio.kill("director")).toBe(1);
  const { film } = await api.get<{ film: Film }>(`/v1/projects/${projectId}`);
  await api.call("PUT", `/v1/projects/${projectId}/screenplay`, `${film.screenplay}\nA cat watches him go.\n`);

  const ended = await until("the episode has ended", now, ({ state }) => state !== "EXECUTING", 120_000);
  expect(ended.state).toBe("COMPLETED");
  expect(ended.run_id).toBe(begun.run_id);
  await expect(card(page, "1C")).toContainText("T1");
  const { jobs } = await api.get<{ jobs: JobView[] }>(`/v1/projects/${projectId}/jobs`);
  expect(jobs.map((job) => [job.stepKey, job.state, job.engine]).sort()).toEqual(
    ["beat:1", "beat:2", "beat:3"].map((beat) => [beat, "succeeded", "previz"]),
  );
  for (const beat of ended.beats) {
    expect(beat.state).toBe("ACCEPTED");
    expect(beat.artefacts.map((one) => one.type)).toEqual(["video", "poster"]);
  }
  const bytes = await api.bytes(ended.beats[0]!.artefacts[0]!.uri);
  expect(Buffer.from(bytes.subarray(4, 8)).toString()).toBe("ftyp");
  expect((await api.post<Episode>(`/v1/episodes/${id}/execute`)).run_id).toBe(begun.run_id);
  expect((await api.get<{ film: Film }>(`/v1/projects/${projectId}`)).film.screenplay).toContain(
    "A cat watches him go.",
  );
});
