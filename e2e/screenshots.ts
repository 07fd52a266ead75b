/**
 * Takes the pictures of every view from a running studio, two people in it, into `docs/screenshots/`.
 *
 *   npm run screenshots
 */
import { mkdir } from "node:fs/promises";
import { join as joinPath } from "node:path";
import { chromium, type Page } from "@playwright/test";
import settings from "../playwright.config.ts";
import { Api } from "./support/api.ts";
import { card, comeIn, goTo, join, makeLink, projectIdOf, screenplay } from "./support/people.ts";
import { hold, row, standAt } from "./support/on-the-set.ts";
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
  await ana.getByRole("region", { name: "Board" }).getByText(/\d+%/).first().waitFor();
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

  await onStage(ana, ben);
  const letGo = await hold(ben, "Noor", { right: 30, down: 14 });
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
  await ana.getByRole("region", { name: "Render queue" }).getByText(/\d+%/).first().waitFor();
  await take(ana, "queue");
  await ana.goto(`${studio.url}/agents`);
  await ana.getByRole("img", { name: /live/ }).first().waitFor();
  await take(ana, "agents");

  await ana.goto(`${studio.url}/projects`);
  await take(ana, "projects");

  await openScene(ana, "A rainy neon alley, a detective walking slowly, 80 bpm lo-fi");
  await take(ana, "viewer");
} finally {
  await browser.close();
  await studio.stop();
}

/** Has a scene made, always the same one, and stops it where there is something to see. */
async function openScene(page: Page, prompt: string): Promise<void> {
  const api = new Api(studio.url, await studio.ownerToken());
  const { job_id: id } = await api.post<{ job_id: string }>("/v1/generations", { prompt, seconds: 6, seed: 42 });
  const { viewer_url: url } = await api.post<{ viewer_url: string }>(`/v1/generations/${id}/viewer`);
  await page.goto(url);
  // The page of the link turns into the scene by itself.
  await page.getByText("Plays with sound").waitFor({ timeout: 300_000 });
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await page.waitForFunction(() => window.backlot?.viewer?.state === "playing");
  await page.evaluate(() => {
    window.backlot?.viewer?.pause();
    window.backlot?.viewer?.seek(2.5);
  });
}

/** Two people block a shot: one has keyed its camera, the other comes near with a hand for somebody. */
async function onStage(ana: Page, ben: Page): Promise<void> {
  for (const page of [ana, ben]) {
    await goTo(page, "Board");
    await card(page, "1E").click();
    await goTo(page, "3D");
    await page.getByText("Building the set").waitFor({ state: "hidden" });
    for (const name of ["Dismiss", /^Hide checklist/]) {
      const close = page.getByRole("button", { name });
      if (await close.isVisible()) await close.click();
    }
  }
  await keyAt(ana, "To the start", [2.4, 2.7, 4.6]);
  await keyAt(ana, "To the end", [-2.9, 1.45, 7]);
  await doesFrom(ana, "Noor", "Points", 330);
  await doesFrom(ana, "Old Tam", "Looks", 560);
  await ana.getByRole("button", { name: "To the end" }).click();
  await ana.getByRole("button", { name: "Scene lighting" }).click();
  await standAt(ana, { right: -170, down: 55, nearer: -2 });
  await standAt(ben, { right: 150, down: 40, nearer: 7 });
  await row(ana, "Shot 1E camera").click();
}

async function keyAt(page: Page, when: string, at: readonly [number, number, number]): Promise<void> {
  await page.getByRole("button", { name: when }).click();
  await page.getByRole("button", { name: "Set key at playhead" }).click();
  for (const [axis, value] of at.entries()) {
    await page.getByRole("textbox", { name: `Camera ${"xyz"[axis]}`, exact: true }).fill(String(value));
    await page.keyboard.press("Enter");
  }
}

/** Somebody does something else from a spot of the ruler on. */
async function doesFrom(page: Page, who: string, motion: string, x: number): Promise<void> {
  await page.locator(".set-lanes .ruler").click({ position: { x, y: 8 } });
  await row(page, who).click();
  await page.getByRole("combobox", { name: "Action from the playhead" }).click();
  await page.getByRole("option", { name: motion, exact: true }).click();
}

/** Gives the review something to say: one line more in the script than on the board. */
async function screenplayLine(page: Page): Promise<void> {
  await goTo(page, "Script");
  await screenplay(page).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("\n\nEXT. HARBOUR - DAWN\n\nThe pier, empty. The rain has stopped.\n");
}
