/** Two people block one set: one sees the other's camera and hand, both change it at once, and a render shows it. */
import type { Page } from "@playwright/test";
import type { JobView } from "#domain/jobs/messages/views.ts";
import type { Film } from "#domain/film/snapshot.ts";
import { aPerson, card, comeIn, goTo, join, makeLink, projectIdOf } from "../support/people.ts";
import { boardedFilm } from "../support/film.ts";
import { expect, test } from "../support/test.ts";

const script = `EXT. HARBOUR - NIGHT

The pier, empty. Rain on black water.

NOOR, 20s, red raincoat, waits at the rail with a lantern.

She turns round.
`;

test("two people block one set: who moves whom is seen at once, undo takes back only one's own, the take follows", async ({
  studio,
  browser,
}) => {
  const { page: ana } = await aPerson(browser);
  const { page: ben } = await aPerson(browser);
  await comeIn(ana, studio.url, "Ana Ruiz");
  const api = await boardedFilm(ana, studio.url, script);
  const at = `/v1/projects/${projectIdOf(ana)}`;
  const film = async () => (await api.get<{ film: Film }>(at)).film;
  await join(ben, await makeLink(ana, "Can edit"), "Ben Okri");
  for (const page of [ana, ben]) {
    await goTo(page, "Board");
    await card(page, "1B").click();
    await goTo(page, "3D");
    await expect(page.getByText("Building the set …")).toBeHidden({ timeout: 30_000 });
  }

  // Each sees the other's camera and name in the set, and what they do there.
  await expect(onTheSet(ana)).toContainText("Ben Okri");
  await expect(nameTag(ana, "Ben")).toBeVisible();
  await expect(nameTag(ben, "Ana")).toBeVisible();

  // Ana carries Noor. Before she lets go Ben sees it, without a word in the document.
  await row(ana, "Noor").click();
  const tag = (await ana.locator('.set-label[data-kind="chosen"]').boundingBox())!;
  const [x, y] = [tag.x + tag.width / 2, tag.y + tag.height + 45];
  await ana.mouse.move(x, y);
  await ana.mouse.down();
  for (let part = 1; part <= 6; part += 1) await ana.mouse.move(x + part * 12, y + part * 4);
  await expect(onTheSet(ben)).toContainText("Moving Noor");
  expect((await film()).staging).toEqual([]);
  await row(ben, "Noor").click();
  await expect(ben.getByRole("status").filter({ hasText: "Ana Ruiz is moving Noor" })).toBeVisible();
  const noorX = ben.getByRole("textbox", { name: "Noor x" });
  const before = await noorX.inputValue();
  await ana.mouse.up();
  const letGoAt = Date.now();
  await expect(noorX).not.toHaveValue(before);
  expect(Date.now() - letGoAt).toBeLessThan(1500);

  // Ben keys the camera meanwhile; Ana takes back her move, and his key stays.
  await ben.getByRole("button", { name: "Set a key at the playhead" }).click();
  await expect(row(ana, "Camera of 1B")).toContainText("1 key");
  await ana.keyboard.press("Control+z");
  await expect(noorX).toHaveValue(before);
  await expect.poll(async () => (await film()).staging.map(({ kind }) => kind)).toEqual(["key"]);

  // A picture of the set becomes the shot's, and a render shows what was staged.
  await ana.getByRole("button", { name: "Snap frame to keyframe" }).click();
  await expect(ana.getByRole("region", { name: "Snapped frames" })).toBeVisible({ timeout: 30_000 });
  const { shots } = await film();
  const shot = shots.find(({ number }) => number === "1B")!;
  const { job } = await api.post<{ job: JobView }>(`${at}/shots/${shot.id}/generate`, { width: 320, height: 180 });
  await expect
    .poll(async () => (await api.get<{ job: JobView }>(`/v1/jobs/${job.id}`)).job.state, { timeout: 90_000 })
    .toBe("succeeded");
  await goTo(ben, "Board");
  await expect(card(ben, "1B")).toContainText("T1");
  await row(ana, "Noor").click();
  await ana.getByRole("textbox", { name: "Noor z" }).fill("1.5");
  await ana.keyboard.press("Enter");
  await expect(card(ben, "1B")).toContainText("Stale");
});

test("who may only look is in the set like everybody, and can change nothing in it @long", async ({
  studio,
  browser,
}) => {
  const { page: ana } = await aPerson(browser);
  const { page: vi } = await aPerson(browser);
  await comeIn(ana, studio.url, "Ana Ruiz");
  await boardedFilm(ana, studio.url, script);
  await join(vi, await makeLink(ana, "Can view"), "Vi Lund");
  for (const page of [ana, vi]) {
    await goTo(page, "Board");
    await card(page, "1B").click();
    await goTo(page, "3D");
  }
  await expect(onTheSet(ana)).toContainText("Vi Lund");
  await expect(vi.getByRole("toolbar", { name: "Tools" })).toHaveCount(0);
  await expect(vi.getByRole("button", { name: "Set a key at the playhead" })).toBeDisabled();
  await row(vi, "Noor").click();
  await expect(vi.getByRole("textbox", { name: "Noor x" })).toBeDisabled();
});

const onTheSet = (page: Page) => page.getByRole("region", { name: "On the set now" });
const nameTag = (page: Page, name: string) => page.locator('.set-label[data-kind="peer"]', { hasText: name });
const row = (page: Page, name: string) =>
  page.getByRole("complementary", { name: "Side panels" }).locator(".set-row > button:first-child", { hasText: name });
