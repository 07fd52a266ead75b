/** The render queue as people handle it together. */
import type { Page } from "@playwright/test";
import { boardedFilm } from "../support/film.ts";
import { aPerson, comeIn, join, makeLink, projectIdOf } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

test("two people put the queue in order, pause it and call it off, and each sees the other's hand at once", async ({
  studio,
  browser,
}) => {
  const { page: ana } = await aPerson(browser);
  const { page: ben } = await aPerson(browser);
  await comeIn(ana, studio.url, "Ana Ruiz");
  const api = await boardedFilm(ana, studio.url);
  await join(ben, await makeLink(ana, "Can edit"), "Ben Okri");
  const film = `/v1/projects/${projectIdOf(ana)}`;
  await api.post(`${film}/queue`, { paused: true });
  await api.post(`${film}/generate`, {});
  await openTray(ana);
  await openTray(ben);
  const order = (page: Page) => tray(page).locator(".job-row[data-state=queued] .job-row-head b").allTextContents();
  for (const page of [ana, ben]) {
    await expect(tray(page).getByText("The queue of this film is paused.")).toBeVisible();
    await expect.poll(() => order(page)).toEqual(["Shot 1A", "Shot 1B", "Shot 1C", "Shot 1D"]);
  }

  // Ben lifts the last one with the keyboard and moves it up twice; Ana asks for one by its menu.
  const said = (words: string) => expect(ben.getByText(words)).toBeAttached();
  await tray(ben).getByRole("button", { name: "Move number 4 of the queue" }).press("Space");
  await said("It would be number 4.");
  await ben.keyboard.press("ArrowUp");
  await said("It would be number 3.");
  await ben.keyboard.press("ArrowUp");
  await said("It would be number 2.");
  await ben.keyboard.press("Space");
  for (const page of [ana, ben])
    await expect.poll(() => order(page)).toEqual(["Shot 1A", "Shot 1D", "Shot 1B", "Shot 1C"]);
  await more(ana, "Shot 1C", "Move to the front");
  for (const page of [ana, ben])
    await expect.poll(() => order(page)).toEqual(["Shot 1C", "Shot 1A", "Shot 1D", "Shot 1B"]);
  await more(ana, "Shot 1B", "High priority");
  for (const page of [ana, ben]) {
    await expect.poll(async () => (await order(page))[0]).toBe("Shot 1B");
    await expect(row(page, "Shot 1B")).toContainText("high priority");
  }

  // None of them is Ben's; everybody's are Ana's, and he is told so first.
  await queueMenu(ben);
  await expect(ben.getByRole("menuitem", { name: "Cancel mine" })).toBeDisabled();
  await ben.getByRole("menuitem", { name: "Cancel everybody's, 4" }).click();
  await expect(tray(ben).getByText("4 are other people's.")).toBeVisible();
  await tray(ben).getByRole("button", { name: "Keep them" }).click();
  await tray(ana).getByRole("button", { name: "Cancel Shot 1A" }).click();
  await expect(row(ben, "Shot 1A")).toContainText("Cancelled");

  // What goes on goes on in the order that was given.
  await tray(ben).getByRole("button", { name: "Resume" }).click();
  await expect(tray(ana).getByText("The queue of this film is paused.")).toBeHidden();
  await expect(row(ana, "Shot 1B")).toContainText(/Rendering|Uploading|Done/, { timeout: 60_000 });
  await expect(row(ana, "Shot 1D")).toContainText("Queued");
  await queueMenu(ana);
  await ana.getByRole("menuitem", { name: /^Cancel mine/ }).click();
  await expect(row(ben, "Shot 1D")).toContainText("Cancelled");
  await more(ben, "Shot 1B", "How it went");
  await expect(ben.getByRole("region", { name: "How Shot 1B went" })).toContainText("Attempt 1");
});

async function openTray(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Render queue" }).click();
  await expect(tray(page)).toBeVisible();
}
function tray(page: Page) {
  return page.getByRole("region", { name: "Render queue" });
}
function row(page: Page, name: string) {
  return tray(page)
    .locator(".job-row")
    .filter({ has: page.locator("b", { hasText: new RegExp(`^${name}$`) }) });
}
async function more(page: Page, name: string, entry: string): Promise<void> {
  await row(page, name)
    .getByRole("button", { name: `More about ${name}` })
    .click();
  await page.getByRole("menuitem", { name: entry }).click();
}
async function queueMenu(page: Page): Promise<void> {
  await tray(page).getByRole("button", { name: "What to do with the queue" }).click();
}
