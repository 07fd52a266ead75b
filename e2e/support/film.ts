import { expect, type Page } from "@playwright/test";
import { Api } from "./api.ts";

const script = `EXT. LIGHTHOUSE ROCK - DAWN

Stillness. The lighthouse stands white against the first sun.

Noor walks up the rock with a lantern.

The door at the foot of the tower stands open.

Inside, a stair, and steps going up.
`;

/** A film of short shots on the board, four of them unless another screenplay is given. @returns the person's way to `/v1` */
export async function boardedFilm(page: Page, url: string, screenplay = script): Promise<Api> {
  const answer = await page.request.post(`${url}/v1/tokens`, { data: { name: "journey" }, headers: { origin: url } });
  const api = new Api(url, ((await answer.json()) as { token: string }).token);
  const { workspaces } = await api.get<{ workspaces: { id: string }[] }>("/v1/workspaces");
  const { project } = await api.post<{ project: { id: string } }>("/v1/projects", {
    workspaceId: workspaces[0]!.id,
    title: "Rock",
    screenplay,
  });
  const at = `/v1/projects/${project.id}`;
  const { scenes } = await api.post<{ scenes: { shots: { durationFrames: number }[] }[] }>(`${at}/storyboard/parse`);
  for (const scene of scenes) for (const shot of scene.shots) shot.durationFrames = 48;
  await api.post(`${at}/storyboard/commit`, { scenes });
  await page.goto(`${url}/projects/${project.id}?view=board`);
  await expect(page.getByRole("option", { name: "Shot 1A", exact: true })).toBeVisible();
  return api;
}
