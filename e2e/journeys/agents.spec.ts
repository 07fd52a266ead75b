/** The agents as people see them, and what they render. */
import type { Page } from "@playwright/test";
import { Api } from "../support/api.ts";
import { aPerson, comeIn, projectIdOf } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const script = `EXT. LIGHTHOUSE ROCK - DAWN

Stillness. The lighthouse stands white against the first sun.

Noor walks up the rock with a lantern.

The door at the foot of the tower stands open.

Inside, a stair, and steps going up.
`;

test("the agents page shows what each agent renders, with its picture; a drained one rests until it is resumed", async ({
  studio,
  browser,
}) => {
  const { page: ana } = await aPerson(browser);
  await comeIn(ana, studio.url, "Ana Ruiz");
  const api = await boarded(ana, studio.url);
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

/** A film of four short shots on the board. @returns the person's way to `/v1` */
async function boarded(page: Page, url: string): Promise<Api> {
  const answer = await page.request.post(`${url}/v1/tokens`, { data: { name: "journey" }, headers: { origin: url } });
  const api = new Api(url, ((await answer.json()) as { token: string }).token);
  const { workspaces } = await api.get<{ workspaces: { id: string }[] }>("/v1/workspaces");
  const { project } = await api.post<{ project: { id: string } }>("/v1/projects", {
    workspaceId: workspaces[0]!.id,
    title: "Rock",
    screenplay: script,
  });
  const at = `/v1/projects/${project.id}`;
  const { scenes } = await api.post<{ scenes: { shots: { durationFrames: number }[] }[] }>(`${at}/storyboard/parse`);
  for (const scene of scenes) for (const shot of scene.shots) shot.durationFrames = 48;
  await api.post(`${at}/storyboard/commit`, { scenes });
  await page.goto(`${url}/projects/${project.id}?view=board`);
  await expect(page.getByRole("option", { name: "Shot 1A", exact: true })).toBeVisible();
  return api;
}
