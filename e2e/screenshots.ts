/**
 * Takes the pictures of every view from a running studio, two people in it, into `docs/screenshots/`.
 *
 *   npm run screenshots
 */
import { mkdir } from "node:fs/promises";
import { join as joinPath } from "node:path";
import { chromium, type Page } from "@playwright/test";
import settings from "../playwright.config.ts";
import { card, comeIn, goTo, join, makeLink, projectIdOf, screenplay } from "./support/people.ts";
import { startStudio } from "./support/studio.ts";

const folder = new URL("../docs/screenshots/", import.meta.url).pathname;
await mkdir(folder, { recursive: true });
const studio = await startStudio();
const browser = await chromium.launch(settings.use?.launchOptions ?? {});
const take = async (page: Page, name: string) => {
  // Toasts and hovers are of the moment; the pictures are of the rooms.
  await page.mouse.move(0, 0);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.waitForTimeout(1200);
  await page.screenshot({ path: joinPath(folder, `${name}.png`) });
};
const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

try {
  const ana = await (await browser.newContext({ viewport: desk })).newPage();
  const ben = await (await browser.newContext({ viewport: desk })).newPage();
  await ana.goto(studio.url);
  await take(ana, "front-door");
  await comeIn(ana, studio.url, "Ana Ruiz");
  await take(ana, "first-film");
  await ana.getByRole("button", { name: /Open the sample film/ }).click();
  await ana.waitForURL(/\/projects\/[0-9a-f]/);
  await goTo(ana, "Script");
  const link = await makeLink(ana, "Can edit");
  await join(ben, link, "Ben Okri");
  const small = await (await browser.newContext({ viewport: phone })).newPage();
  await small.goto(link);
  await take(small, "join-phone");
  await join(small, link, "Kwame Asante");
  await take(small, "script-phone");
  await small.context().close();

  await goTo(ben, "Script");
  await screenplay(ben).getByText("He does not turn round.").click();
  await take(ana, "script");
  await ana.getByRole("button", { name: "Share", exact: true }).click();
  await ana.getByRole("dialog").getByRole("button", { name: "Make a link" }).click();
  await take(ana, "share");
  await ana.keyboard.press("Escape");

  await goTo(ana, "Board");
  await goTo(ben, "Board");
  await card(ben, "1C").click();
  await card(ana, "2B").click();
  await ana
    .getByRole("complementary", { name: "Inspector" })
    .getByRole("button", { name: /^Generate take/ })
    .click();
  await ana.getByRole("region", { name: "Board" }).getByText(/\d+ %/).first().waitFor();
  await ana.waitForTimeout(2500);
  await take(ana, "board");
  await goTo(ana, "Shots");
  await take(ana, "shots");

  await goTo(ben, "Timeline");
  await ben.keyboard.press("Home");
  for (let second = 0; second < 13; second += 1) await ben.keyboard.press("Shift+ArrowRight");
  await goTo(ana, "Timeline");
  await ana.getByRole("button", { name: "Fit", exact: true }).click();
  await ana.keyboard.press("Home");
  for (let second = 0; second < 2; second += 1) await ana.keyboard.press("Shift+ArrowRight");
  await take(ana, "timeline");
  await ana.getByRole("button", { name: "Export", exact: true }).click();
  await take(ana, "export");
  await ana.keyboard.press("Escape");

  await goTo(ana, "Board");
  await goTo(ben, "Board");
  await card(ana, "1E").click();
  await card(ben, "1E").click();
  await goTo(ana, "3D");
  await goTo(ben, "3D");
  await ana.getByText("Building the set").waitFor({ state: "hidden" });
  await ana.getByRole("button", { name: "Set a key at the playhead" }).click();
  await ana.getByRole("button", { name: "To the end" }).click();
  await ana.locator(".set-canvas").focus();
  await ana.keyboard.press("k");
  await lookFromFurther(ana);
  await ana.getByRole("button", { name: /^Camera of/ }).click();
  const letGo = await hold(ben, "Noor");
  await take(ana, "stage");
  await letGo();

  await screenplayLine(ben);
  await goTo(ana, "Script");
  await ana.getByRole("button", { name: "Parse into shots" }).click();
  await take(ana, "review");
  await ana.keyboard.press("Escape");

  await ana.request.post(`${studio.url}/v1/projects/${projectIdOf(ana)}/generate`, {
    data: {},
    headers: { origin: studio.url },
  });
  await ana.getByRole("button", { name: "Render queue" }).click();
  await ana.getByRole("region", { name: "Render queue" }).getByText(/\d+ %/).first().waitFor();
  await take(ana, "queue");
  await ana.goto(`${studio.url}/agents`);
  await ana.getByRole("img", { name: /live/ }).first().waitFor();
  await take(ana, "agents");

  await ana.goto(`${studio.url}/projects`);
  await take(ana, "projects");
} finally {
  await browser.close();
  await studio.stop();
}

/** Steps back from the set, so that one's own key is seen from behind. */
async function lookFromFurther(page: Page): Promise<void> {
  const box = (await page.locator(".set-canvas").boundingBox())!;
  await page.mouse.move(box.x + 300, box.y + 300);
  for (let turn = 0; turn < 4; turn += 1) await page.mouse.wheel(0, 120);
}

/** Takes somebody of the set into the hand and a little along. @returns lets go */
async function hold(page: Page, name: string): Promise<() => Promise<void>> {
  await page.locator(".set-row > button:first-child", { hasText: name }).click();
  const tag = (await page.locator('.set-label[data-kind="chosen"]').boundingBox())!;
  const [x, y] = [tag.x + tag.width / 2, tag.y + tag.height + 45];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let part = 1; part <= 6; part += 1) await page.mouse.move(x + part * 8, y + part * 5);
  return () => page.mouse.up();
}

/** Gives the review something to say: one line more in the script than on the board. */
async function screenplayLine(page: Page): Promise<void> {
  await goTo(page, "Script");
  await screenplay(page).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("\n\nEXT. HARBOUR - DAWN\n\nThe pier, empty. The rain has stopped.\n");
}
