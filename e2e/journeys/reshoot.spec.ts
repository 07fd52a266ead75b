/** A shot changes after its take: everybody sees that it is stale and why, and one press shoots anew what is. */
import type { Film } from "#domain/film/snapshot.ts";
import type { JobView, TakeView } from "#domain/jobs/messages/views.ts";
import { boardedFilm } from "../support/film.ts";
import { aPerson, card, comeIn, goTo, join, makeLink, projectIdOf } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

test("what changed since its take is shown and undone, and all that is stale is shot anew with one press @long", async ({
  studio,
  browser,
}) => {
  const { page: ana } = await aPerson(browser);
  const { page: ben } = await aPerson(browser);
  await comeIn(ana, studio.url, "Ana Ruiz");
  const api = await boardedFilm(ana, studio.url);
  await join(ben, await makeLink(ana, "Can edit"), "Ben Okri");
  await goTo(ana, "Board");
  await goTo(ben, "Board");
  const at = `/v1/projects/${projectIdOf(ana)}`;
  const { film } = await api.get<{ film: Film }>(at);
  await api.post(`${at}/generate`, { shotIds: film.shots.slice(0, 2).map((shot) => shot.id) });
  for (const number of ["1A", "1B"]) await expect(card(ben, number)).toContainText("T1", { timeout: 90_000 });
  const reshoot = (page: typeof ana) => page.getByRole("button", { name: /^Re-shoot \d+ stale/ });
  await expect(reshoot(ben)).toHaveCount(0);

  await card(ana, "1B").click();
  const inspector = ana.getByRole("complementary", { name: "Inspector" });
  const action = inspector.getByRole("textbox", { name: "Action" });
  const before = await action.inputValue();
  await action.fill(before.replace("lantern", "torch"));
  await action.blur();
  await expect(card(ben, "1B")).toContainText("Stale");
  await expect(card(ben, "1A")).not.toContainText("Stale");
  const why = inspector.getByRole("region", { name: "Changed since take 1" });
  await expect(why.locator("del")).toHaveText("lantern.");
  await expect(why.locator("ins")).toHaveText("torch.");

  // As it was, it is not stale; and a second time it is.
  await card(ana, "1B").click();
  await ana.keyboard.press("Control+z");
  await expect(card(ben, "1B")).not.toContainText("Stale");
  await ana.keyboard.press("Control+Shift+z");
  await expect(reshoot(ben)).toContainText("Free");
  await reshoot(ben).click();
  await expect(reshoot(ana)).toHaveCount(0);
  await expect(card(ana, "1B")).toContainText("T2", { timeout: 90_000 });
  await expect(card(ana, "1B")).not.toContainText("Stale");

  const { takes } = await api.get<{ takes: TakeView[] }>(`${at}/takes`);
  expect(takes.map((take) => [take.number, take.madeFrom?.action.text.includes("torch")])).toEqual([
    [2, true],
    [1, false],
    [1, false],
  ]);
  const { jobs } = await api.get<{ jobs: JobView[] }>(`${at}/jobs`);
  expect(jobs).toHaveLength(3);
});
