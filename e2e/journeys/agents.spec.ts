/** The agents as people see them, and what they render. */
import { Api } from "../support/api.ts";
import { boardedFilm } from "../support/film.ts";
import { aPerson, comeIn, projectIdOf } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

test("the agents page shows what each agent renders, with its picture; a drained one rests until it is resumed", async ({
  studio,
  browser,
}) => {
  const { page: ana } = await aPerson(browser);
  await comeIn(ana, studio.url, "Ana Ruiz");
  const api = await boardedFilm(ana, studio.url);
  const film = `/v1/projects/${projectIdOf(ana)}`;
  const owner = new Api(studio.url, await studio.ownerToken());
  const { agents } = await owner.get<{ agents: { id: string }[] }>("/v1/agents");
  const agent = agents[0]!.id;
  await ana.getByRole("link", { name: "All projects" }).first().click();
  await ana.getByRole("link", { name: "Render agents" }).click();
  const card = ana.getByRole("listitem").filter({ has: ana.getByRole("heading", { name: agent }) });
  await expect(card).toContainText("previz");
  await expect(card.getByRole("button", { name: /Drain/ })).toHaveCount(0);
  await expect(ana.getByText(/Draining and resuming agents is for whoever runs this studio/)).toBeVisible();

  await owner.post(`/v1/agents/${agent}/drain`);
  await expect(card).toContainText("Drained by Studio owner.");
  await api.post(`${film}/generate`, {});
  await expect(ana.getByRole("table", { name: "By kind of work" })).toContainText("Shots");
  await ana.waitForTimeout(3000);
  await expect(card).toContainText("Resting");

  await owner.post(`/v1/agents/${agent}/resume`);
  await expect(card.getByRole("progressbar")).toBeVisible({ timeout: 60_000 });
  await expect(card).toContainText(/Shot 1[A-D]/);
  await expect(card.getByRole("img", { name: /live/ })).toBeVisible({ timeout: 60_000 });
  await api.post(`${film}/jobs/cancel`, {});
  await expect(card).toContainText("It takes the next job that fits", { timeout: 30_000 });
});
