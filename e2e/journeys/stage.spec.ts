/** Two people block one set: one sees the other's camera and hand, both change it at once, and a render shows it. */
import type { JobView } from "#domain/jobs/messages/views.ts";
import type { Film } from "#domain/film/snapshot.ts";
import { aPerson, card, comeIn, goTo, join, makeLink, projectIdOf } from "../support/people.ts";
import { boardedFilm } from "../support/film.ts";
import { deedOf, hold, nameTag, onTheSet, row } from "../support/on-the-set.ts";
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
  const letGo = await hold(ana, "Noor", { right: 72, down: 24 });
  await expect(onTheSet(ben)).toContainText("Moving Noor");
  expect((await film()).staging).toEqual([]);
  await row(ben, "Noor").click();
  await expect(ben.getByRole("status").filter({ hasText: "Ana Ruiz is moving Noor" })).toBeVisible();
  const noorX = ben.getByRole("textbox", { name: "Noor x" });
  const before = await noorX.inputValue();
  await letGo();
  const letGoAt = Date.now();
  await expect(noorX).not.toHaveValue(before);
  expect(Date.now() - letGoAt).toBeLessThan(1500);

  // Ben keys the camera meanwhile; Ana takes back her move, and his key stays.
  await ben.getByRole("button", { name: "Set key at playhead" }).click();
  await expect(row(ana, "Shot 1B camera")).toContainText("1 key");
  await ana.keyboard.press("Control+z");
  await expect(noorX).toHaveValue(before);
  await expect.poll(async () => (await film()).staging.map(({ kind }) => kind)).toEqual(["key"]);

  // On her lane Ana makes Noor do it sooner; Ben sees how while she does, and undo is Ana's alone.
  const edge = (await deedOf(ana, "Noor").locator(".edge.end").boundingBox())!;
  await ana.mouse.move(edge.x + 3, edge.y + 8);
  await ana.mouse.down();
  await ana.mouse.move(edge.x - 90, edge.y + 8, { steps: 4 });
  await expect(onTheSet(ben)).toContainText("Retiming Noor");
  await expect(ben.locator(".set-lanes .deed.ghost")).toBeVisible();
  await ana.mouse.up();
  await expect(ben.locator(".set-lanes .deed.ghost")).toBeHidden();
  await expect.poll(async () => (await film()).staging.some(({ kind }) => kind === "deed")).toBe(true);
  await ana.keyboard.press("Control+z");
  await expect.poll(async () => (await film()).staging.map(({ kind }) => kind)).toEqual(["key"]);

  // Ben looks with Ana's eyes, and she says something about Noor, pinned to her.
  await onTheSet(ben).getByRole("button", { name: "Follow Ana Ruiz" }).click();
  await expect(nameTag(ben, "Ana")).toHaveAttribute("data-beyond", "");
  await ben.keyboard.press("Escape");
  await expect(onTheSet(ben).getByRole("button", { name: "Follow Ana Ruiz" })).toBeVisible();
  await row(ana, "Noor").click();
  await ana.getByRole("button", { name: "Comment on a point" }).click();
  const noor = (await ana.locator('.set-label[data-kind="chosen"]').boundingBox())!;
  await ana.mouse.click(noor.x + noor.width / 2, noor.y + noor.height + 30);
  await ana.getByRole("textbox", { name: "New comment" }).fill("Nearer to the lamp.");
  await ana.keyboard.press("Control+Enter");
  await expect(ben.locator('.set-label[data-kind="pin"]')).toHaveAttribute("title", /Ana Ruiz: Nearer to the lamp/);
  await ben.locator('.set-label[data-kind="pin"]').click();
  await expect(ben.locator(".comment-thread")).toContainText("Shot 1B, in the set");
  for (const page of [ana, ben]) await page.getByRole("button", { name: "Set", exact: true }).click();

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
  await expect(vi.getByRole("button", { name: "Set key at playhead" })).toBeDisabled();
  await row(vi, "Noor").click();
  await expect(vi.getByRole("textbox", { name: "Noor x" })).toBeDisabled();
});
