/** The film as other files than a film: a moving picture for a message, one frame of it, and a picture of one shot. */
import type { Film } from "#domain/film/snapshot.ts";
import type { JobView } from "#domain/jobs/messages/views.ts";
import { until } from "../support/api.ts";
import { boardedFilm } from "../support/film.ts";
import { aPerson, comeIn, projectIdOf } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

test("a film is had as a GIF and as one frame, and what it cannot be is said before anybody waits", async ({
  studio,
  browser,
}) => {
  const { page } = await aPerson(browser);
  await comeIn(page, studio.url, "Ana Ruiz");
  const api = await boardedFilm(page, studio.url);
  const at = `/v1/projects/${projectIdOf(page)}`;
  await api.post(`${at}/timeline/assemble`);
  const { film } = await api.get<{ film: Film }>(at);
  const still = await api.post<{ job: JobView }>(`${at}/shots/${film.shots[0]!.id}/generate`, { frames: 1 });

  await page.getByRole("button", { name: "Export", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Export the film" });
  const choose = async (format: string) => {
    await dialog.getByRole("combobox", { name: "Format" }).click();
    await page.getByRole("option", { name: format }).click();
  };
  await choose("WAV");
  await expect(dialog.getByText("There is no sound on the timeline")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Export WAV" })).toBeDisabled();
  for (const format of ["GIF", "PNG"]) {
    await choose(format);
    await dialog.getByRole("button", { name: `Export ${format}` }).click();
    const made = dialog.locator("[data-export]", { hasText: format });
    await expect(made.getByRole("link", { name: "Download" })).toBeVisible({ timeout: 60_000 });
  }
  const { jobs } = await api.get<{ jobs: JobView[] }>(`${at}/jobs`);
  const exported = jobs.filter((job) => job.kind === "export").flatMap((job) => job.artifacts);
  expect(exported.map((file) => file.contentType).sort()).toEqual(["image/gif", "image/png"]);
  for (const file of exported) {
    const bytes = Buffer.from(await api.bytes(file.url));
    expect(bytes.length).toBe(file.bytes);
    expect(bytes.subarray(0, 4).toString("latin1")).toBe(file.contentType === "image/gif" ? "GIF8" : "\u0089PNG");
  }

  const read = async () => (await api.get<{ job: JobView }>(`/v1/jobs/${still.job.id}`)).job;
  const drawn = await until("the still", read, (job) => job.state === "succeeded", 60_000);
  expect(drawn).toMatchObject({ kind: "image", capability: "image", engine: "previz" });
  expect(drawn.artifacts.map((file) => file.role)).toEqual(["image"]);
  expect((await api.get<{ takes: unknown[] }>(`${at}/takes`)).takes).toEqual([]);
});
