/** Somebody is sent a link: the scene opens without an account, plays with its sound, and comes along as a folder. */
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "@playwright/test";
import { unzipSync } from "fflate";
import { expect, test } from "../support/test.ts";
import { Api } from "../support/api.ts";

type Result = { viewer_url: string; downloads: { name: string; url: string }[] };

const prompt = "A rainy neon alley with a slow walking detective and 80 bpm lo-fi music";

let result: Result | undefined;
/** A scene of two seconds, made once. */
async function aScene(url: string, token: string): Promise<Result> {
  if (result !== undefined) return result;
  const api = new Api(url, token);
  const { job_id: id } = await api.post<{ job_id: string }>("/v1/generations", { prompt, seconds: 2, seed: 7 });
  const status = () => api.get<{ status: string }>(`/v1/generations/${id}/status`);
  await expect.poll(async () => (await status()).status, { timeout: 150_000, intervals: [300] }).toBe("done");
  return (result = await api.get<Result>(`/v1/generations/${id}/result`));
}

/** A page of somebody who has never been here. */
async function aStranger(browser: Browser): Promise<{ page: Page; problems: string[] }> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`${message.text()} ${message.location().url}`);
  });
  return { page, problems };
}

const level = (page: Page) => page.evaluate(() => window.backlot?.viewer?.level() ?? -1);
const splats = (page: Page) => page.evaluate(() => window.backlot?.viewer?.stats().splats ?? -1);
const now = (page: Page) => page.evaluate(() => window.backlot?.viewer?.now() ?? -1);

/** Presses the one big button, and hears and sees that it plays. */
async function plays(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { name: prompt })).toBeVisible();
  await expect(page.getByText("Plays with sound")).toBeVisible({ timeout: 60_000 });
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await expect.poll(() => level(page), { intervals: [50] }).toBeGreaterThan(0.001);
  expect(await now(page)).toBeGreaterThan(0);
}

test("a link opens a scene without an account: it plays with sound, one seeks in it, goes round it, and takes it away", async ({
  studio,
  browser,
}) => {
  const { viewer_url: url } = await aScene(studio.url, await studio.ownerToken());
  const { page, problems } = await aStranger(browser);
  const answer = await page.goto(url);
  expect(answer?.headers()).toMatchObject({ "referrer-policy": "no-referrer", "x-robots-tag": "noindex" });
  await plays(page);
  expect(await page.context().cookies()).toEqual([]);

  // It begins anew for who goes round it; in the film it ends.
  await page.getByRole("radio", { name: "Orbit" }).click();
  await expect(page.getByText("Drag to orbit")).toBeVisible();
  await page.keyboard.press("i");
  await expect(page.getByText("triangles")).toBeVisible();
  // Two seconds are short: it may have ended before.
  const pause = page.getByRole("button", { name: "Pause (space)" });
  if (await pause.isVisible()) await pause.click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("radio", { name: "Film" })).toHaveAttribute("aria-checked", "true");
  const time = page.getByRole("slider", { name: "Time in the film" });
  await time.focus();
  await page.keyboard.press("Home");
  await expect.poll(() => now(page)).toBe(0);
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => now(page)).toBe(1);
  await expect(time).toHaveAttribute("aria-valuetext", "0:01 of 0:02");

  // What the sound is made of can be heard apart.
  await page.getByRole("button", { name: "Music, ambience, effects" }).click();
  await page.getByRole("slider", { name: "Music" }).fill("0");
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Downloads" }).click();
  const sheet = page.getByRole("dialog", { name: "Downloads" });
  await expect(sheet.getByRole("link")).toContainText([/Everything/, /Film/]);
  const [kept] = await Promise.all([page.waitForEvent("download"), sheet.getByRole("link", { name: /^Film/ }).click()]);
  expect(kept.suggestedFilename()).toBe("film.mp4");
  expect(problems).toEqual([]);
  await page.context().close();
});

test("the set can be seen as splats, as many as its file holds @long", async ({ studio, browser }) => {
  const { viewer_url: url } = await aScene(studio.url, await studio.ownerToken());
  const { page } = await aStranger(browser);
  await page.goto(url);
  await expect(page.getByText("Plays with sound")).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press("p");
  await expect.poll(() => splats(page), { timeout: 60_000 }).toBe(80_000);
  await page.context().close();
});

test("a link with a letter changed opens nothing, and says so", async ({ studio, browser }) => {
  const { viewer_url: url } = await aScene(studio.url, await studio.ownerToken());
  const { page } = await aStranger(browser);
  const answer = await page.goto(url.slice(0, -1) + (url.endsWith("A") ? "B" : "A"));
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "This link does not open a scene" })).toBeVisible();
  await page.context().close();
});

test("where nothing can be drawn in 3D there is the film, and a sentence @long", async ({ studio, browser }) => {
  const { viewer_url: url } = await aScene(studio.url, await studio.ownerToken());
  const { page } = await aStranger(browser);
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  await page.goto(url);
  await expect(page.getByText("This browser cannot show 3D here")).toBeVisible();
  await expect(page.locator("video")).toHaveJSProperty("readyState", 4, { timeout: 20_000 });
  await page.context().close();
});

test("the package plays from a folder on a disk and from any web server, without a studio", async ({
  studio,
  browser,
}) => {
  const { downloads } = await aScene(studio.url, await studio.ownerToken());
  const archive = downloads.find(({ name }) => name === "package.zip")!;
  const bytes = new Uint8Array(await (await fetch(new URL(archive.url, studio.url))).arrayBuffer());
  const folder = await mkdtemp(join(tmpdir(), "package-"));
  for (const [name, content] of Object.entries(unzipSync(bytes))) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://any").pathname;
    const file = join(folder, path === "/" ? "index.html" : path);
    response.setHeader("content-type", { ".html": "text/html", ".js": "text/javascript" }[extname(file)] ?? "");
    createReadStream(file)
      .on("error", () => response.writeHead(404).end())
      .pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    for (const address of [
      pathToFileURL(join(folder, "index.html")).href,
      `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    ]) {
      const { page, problems } = await aStranger(browser);
      await page.goto(address);
      await plays(page);
      if (process.env["BACKLOT_LONG"] !== undefined) {
        await page.keyboard.press("p");
        await expect.poll(() => splats(page), { timeout: 60_000 }).toBe(80_000);
      }
      expect(problems).toEqual([]);
      await page.context().close();
    }
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true, force: true });
  }
});
