/** One living document: two people change script and board at the same time, and no shot, take or remark is lost. */
import type { Page } from "@playwright/test";
import type { Film } from "#domain/film/snapshot.ts";
import type { TakeView } from "#domain/jobs/messages/views.ts";
import { boardedFilm } from "../support/film.ts";
import { until } from "../support/api.ts";
import { aPerson, card, comeIn, goTo, join, makeLink, projectIdOf, screenplay, untilSaved } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const strip = (page: Page) => page.getByRole("status").filter({ hasText: "The script has moved on." });

test("two people write and board at once: what is accepted twice is there once, takes stay, remarks stay at their words", async ({
  studio,
  browser,
}) => {
  test.setTimeout(240_000);
  const { page: ana } = await aPerson(browser);
  const { page: ben } = await aPerson(browser);
  await comeIn(ana, studio.url, "Ana Ruiz");
  const api = await boardedFilm(ana, studio.url);
  const at = `/v1/projects/${projectIdOf(ana)}`;
  const film = async () => (await api.get<{ film: Film }>(at)).film;
  const takes = async () => (await api.get<{ takes: TakeView[] }>(`${at}/takes`)).takes;
  await join(ben, await makeLink(ana, "Can edit"), "Ben Okri");

  const before = await film();
  const walks = before.shots[1]!;
  await test.step("a shot has a take", async () => {
    await api.post(`${at}/shots/${walks.id}/generate`, { frames: 8, width: 160, height: 90 });
    await until("a take", takes, (all) => all.length === 1, 120_000);
  });

  await test.step("one remarks on words of the script, the other finds the remark at them", async () => {
    await goTo(ana, "Script");
    await goTo(ben, "Script");
    await screenplay(ana).getByText("The door at the foot").click();
    await ana.keyboard.press("Home");
    for (let count = 0; count < "The door".length; count += 1) await ana.keyboard.press("Shift+ArrowRight");
    await ana.keyboard.press("Control+Alt+m");
    await expect(ana.getByText("“The door”")).toBeVisible();
    await ana.getByRole("textbox", { name: "New comment" }).fill("Which door? There were two.");
    await ana.keyboard.press("Control+Enter");
    await expect(ben.locator(".commented")).toHaveText("The door");
    await ben.getByRole("button", { name: "1 comment on this line" }).click();
    await ben.getByRole("button", { name: "Reply" }).click();
    await ben.getByRole("textbox", { name: "Answer" }).fill("The green one.");
    await ben.keyboard.press("Enter");
    await expect(ana.getByText("The green one.")).toBeVisible();
  });

  await test.step("one rewrites the script while the other works on the board", async () => {
    await goTo(ben, "Board");
    await screenplay(ana).getByText("Stillness.").click();
    await ana.keyboard.press("End");
    const write = async () => {
      await ana.keyboard.type("\n\nA gull screams over the gallery.");
      // The walk is told otherwise; it is the same shot.
      await screenplay(ana).getByText("Noor walks up the rock").click();
      await ana.keyboard.press("End");
      await ana.keyboard.press("ArrowLeft");
      await ana.keyboard.type(" in her hand");
      await ana.keyboard.press("Control+End");
      await ana.keyboard.type("\n\nINT. LAMP ROOM - NIGHT\n\nThe lamp turns without a light.\n");
    };
    const board = async () => {
      await card(ben, "1D").click();
      await ben.keyboard.press("Alt+ArrowLeft");
    };
    await Promise.all([write(), board()]);
    await untilSaved(ana);
    await untilSaved(ben);
  });

  await test.step("both accept what the script says at the same moment", async () => {
    await goTo(ana, "Board");
    const accept = (page: Page) => strip(page).getByRole("button", { name: /^Accept/ });
    for (const page of [ana, ben]) await expect(strip(page)).toContainText("2 new shots, 1 changed");
    // For whom the other was faster there is nothing to press any more.
    const pressed = await Promise.allSettled([ana, ben].map((page) => accept(page).click({ timeout: 5000 })));
    expect(pressed.map(({ status }) => status)).toContain("fulfilled");
    for (const page of [ana, ben]) await expect(strip(page)).toBeHidden();
    const after = await until("both are stored", film, ({ shots }) => shots.length >= 6, 20_000);
    const actions = after.shots.map((shot) => shot.action);
    expect(actions).toHaveLength(6);
    expect(new Set(actions).size).toBe(6);
    expect(after.scenes.map((scene) => scene.heading)).toEqual([
      "EXT. LIGHTHOUSE ROCK - DAWN",
      "INT. LAMP ROOM - NIGHT",
    ]);
    // What was there is there, under its id; what Ben moved stays where he put it.
    for (const shot of before.shots) expect(after.shots.map(({ id }) => id)).toContain(shot.id);
    const order = after.shots.map((shot) => shot.id);
    expect(order.indexOf(before.shots[3]!.id)).toBeLessThan(order.indexOf(before.shots[2]!.id));
    const changed = after.shots.find((shot) => shot.id === walks.id)!;
    expect(changed.action).toContain("in her hand");
    expect((await takes()).map((take) => take.shotId)).toEqual([walks.id]);
    for (const number of ["1A", "1B", "1C", "1D", "1E", "2A"])
      for (const page of [ana, ben]) await expect(card(page, number)).toBeVisible();
  });

  await test.step("a shot that the script cuts is set aside with its take, and comes back with its words", async () => {
    await goTo(ana, "Script");
    await screenplay(ana).getByText("Noor walks up the rock").click();
    await ana.keyboard.press("Home");
    await ana.keyboard.press("Shift+End");
    await ana.keyboard.press("Delete");
    await goTo(ana, "Board");
    await expect(strip(ana)).toContainText("1 set aside");
    await strip(ana).getByRole("button", { name: "Accept it" }).click();
    const cut = await until("it is aside", film, ({ asideShots }) => asideShots.length === 1, 20_000);
    expect(cut.asideShots[0]!.id).toBe(walks.id);
    expect(await takes()).toHaveLength(1);
    await goTo(ana, "Script");
    await screenplay(ana).click();
    // First what was accepted, then what was cut.
    await ana.keyboard.press("Control+z");
    await ana.keyboard.press("Control+z");
    await expect(screenplay(ana)).toContainText("Noor walks up the rock");
    await until("it is back", film, ({ shots }) => shots.some((shot) => shot.id === walks.id), 20_000);
    await goTo(ana, "Board");
    await expect(card(ana, "2A")).toBeVisible();
    await expect(strip(ana)).toBeHidden();
  });

  await test.step("the remark is still at its words", async () => {
    await goTo(ben, "Script");
    await expect(ben.locator(".commented")).toHaveText("The door");
    expect((await film()).comments.map((comment) => comment.text).sort()).toEqual([
      "The green one.",
      "Which door? There were two.",
    ]);
  });

  await test.step("script and board stand side by side", async () => {
    await ben.getByRole("button", { name: "Script and board side by side" }).click();
    await expect(screenplay(ben)).toBeVisible();
    await expect(card(ben, "1A")).toBeVisible();
  });
});
