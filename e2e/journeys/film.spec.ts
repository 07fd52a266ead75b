/** The main job, as one film: two people, from a page of screenplay to a file, and back after everything was killed. */
import { writeFile } from "node:fs/promises";
import type { Film } from "#domain/film/snapshot.ts";
import type { JobView, TakeView } from "#domain/jobs/messages/views.ts";
import { Api } from "../support/api.ts";
import {
  aPerson,
  card,
  comeIn,
  goTo,
  join,
  makeLink,
  pasteScript,
  projectIdOf,
  screenplay,
  untilSaved,
} from "../support/people.ts";
import { peakLevel, probeFilm } from "../support/probe.ts";
import { expect, test } from "../support/test.ts";

const script = `EXT. HARBOUR - DUSK

Rain on black water. A pier under sodium lamps.

NOOR, 20s, red raincoat, runs down the pier with a tin lantern.

INT. FERRY LOUNGE - NIGHT

Empty rows of red seats. Noor sits with the lantern on her knees.
`;

test("two people turn a page into a film, and find all of it again after everything was killed", async ({
  studio,
  browser,
}) => {
  test.setTimeout(600_000);
  const { page: ana } = await aPerson(browser);
  const { page: ben } = await aPerson(browser);

  await test.step("one comes in with a name and pastes a page", async () => {
    await comeIn(ana, studio.url, "Ana Ruiz");
    await pasteScript(ana, script);
  });

  await test.step("the other comes in by a link", async () => {
    await join(ben, await makeLink(ana, "Can edit"), "Ben Okri");
    await expect(
      ana.getByRole("group", { name: "In this film now" }).getByRole("img", { name: "Ben Okri" }),
    ).toBeVisible();
  });

  await test.step("they write together, and see each other's carets", async () => {
    await screenplay(ben).click();
    await ben.keyboard.press("Control+End");
    await ben.keyboard.type("\nWide: she lifts the lantern.\n");
    await expect(screenplay(ana)).toContainText("Wide: she lifts the lantern.");
    await expect(ana.locator(".cm-ySelectionInfo", { hasText: "Ben Okri" })).toBeAttached();
    await untilSaved(ben);
  });

  await test.step("one turns it into shots, the other sees the board", async () => {
    await ana.getByRole("button", { name: "Parse into shots" }).click();
    const review = ana.getByRole("dialog", { name: "From script to shots" });
    await expect(review.getByText("5 new")).toBeVisible();
    const lengths = review.getByRole("textbox", { name: /length in frames/ });
    for (let index = 0; index < (await lengths.count()); index += 1)
      await lengths.nth(index).fill(index === 0 ? "24" : "16");
    await lengths.first().press("Tab");
    await review.getByRole("button", { name: "Put 5 shots on the board" }).click();
    await goTo(ana, "Board");
    await goTo(ben, "Board");
    for (const number of ["1A", "1B", "2A", "2B", "2C"]) await expect(card(ben, number)).toBeVisible();
  });

  await test.step("a card moves by keyboard, for both", async () => {
    const moved = (await card(ana, "2C").locator("p").first().textContent())!;
    await card(ana, "2C").click();
    await ana.keyboard.press("Alt+ArrowLeft");
    await expect(card(ben, "2B").locator("p").first()).toHaveText(moved);
  });

  await test.step("all shots are rendered while both watch", async () => {
    await ana.getByRole("button", { name: /^Generate all 5/ }).click();
    await expect(ben.getByRole("region", { name: "Board" }).getByText(/\d+%/).first()).toBeVisible({
      timeout: 60_000,
    });
    await expect(ana.getByRole("region", { name: "Board" }).getByText(/\d+%/).first()).toBeVisible();
    await expect(
      ana
        .getByRole("region", { name: "Board" })
        .getByText(/Queued/)
        .first(),
    ).toBeVisible();
    for (const page of [ana, ben]) {
      for (const number of ["1A", "1B", "2A", "2B", "2C"]) {
        await expect(card(page, number)).toContainText("T1", { timeout: 180_000 });
      }
    }
    await expect(card(ana, "1A")).toContainText("previz");
  });

  const projectId = projectIdOf(ana);
  const api = new Api(studio.url, await tokenOf(ana));
  const at = `/v1/projects/${projectId}`;
  const frames = 24 + 4 * 16;

  await test.step("every take is exactly as long as its shot", async () => {
    const { takes } = await api.get<{ takes: TakeView[] }>(`${at}/takes`);
    const { film } = await api.get<{ film: Film }>(at);
    expect(takes).toHaveLength(5);
    for (const take of takes) {
      const path = test.info().outputPath(`${take.id}.mp4`);
      await writeFile(path, await api.bytes(take.videoUrl));
      const probe = await probeFilm(path);
      const shot = film.shots.find((one) => one.id === take.shotId);
      expect(probe).toMatchObject({
        frames: shot?.durationFrames,
        width: 640,
        height: 360,
        fps: "24/1",
        videoCodec: "h264",
        pixelFormat: "yuv420p",
      });
      expect(probe.comment).toContain("previz");
    }
  });

  await test.step("they assemble, score and play it in step", async () => {
    await goTo(ana, "Timeline");
    await goTo(ben, "Timeline");
    await ana.getByRole("button", { name: "Assemble from storyboard" }).first().click();
    await expect(ben.locator("[data-clip][data-state]")).toHaveCount(5);
    await ana.getByRole("button", { name: "Make score" }).click();
    await expect(ben.locator("[data-clip][data-state]")).toHaveCount(6, { timeout: 120_000 });

    await ana.keyboard.press("Home");
    await ana.getByRole("button", { name: "Play", exact: true }).click();
    const monitor = ana.locator(".program-monitor");
    await expect(monitor).toHaveAttribute("data-playing", "true");
    await expect.poll(async () => Number(await monitor.getAttribute("data-frame"))).toBeGreaterThan(12);
    await expect(ben.getByText("AR", { exact: true }).first()).toBeVisible();
    await expect(monitor).toHaveAttribute("data-playing", "false", { timeout: 30_000 });
  });

  await test.step("a clip is split and taken out again by keyboard, and undo brings it back", async () => {
    await ana.keyboard.press("Home");
    for (let step = 0; step < 10; step += 1) await ana.keyboard.press("ArrowRight");
    await ana.keyboard.press("Control+k");
    await expect(ben.locator("[data-clip][data-state]")).toHaveCount(7);
    await ana.keyboard.press("Control+z");
    await expect(ben.locator("[data-clip][data-state]")).toHaveCount(6);
  });

  await test.step("the export is as long as the timeline, to the frame, with sound", async () => {
    await ana.getByRole("button", { name: "Export", exact: true }).click();
    const dialog = ana.getByRole("dialog", { name: "Export the film" });
    await dialog.getByRole("button", { name: "Export MP4" }).click();
    const link = dialog.locator("[data-export] a").first();
    await expect(link).toBeVisible({ timeout: 120_000 });
    const [download] = await Promise.all([ana.waitForEvent("download"), link.click()]);
    const path = test.info().outputPath("film.mp4");
    await download.saveAs(path);
    const probe = await probeFilm(path);
    expect(probe).toMatchObject({
      frames,
      width: 1280,
      height: 720,
      videoCodec: "h264",
      audioCodec: "aac",
      fps: "24/1",
    });
    expect(probe.seconds).toBeCloseTo(frames / 24, 1);
    expect(probe.comment).toContain("previz");
    expect(await peakLevel(path)).toBeGreaterThan(-40);
    await ana.keyboard.press("Escape");
  });

  await test.step("after SIGKILL of every process, all of it is there again and unfinished work goes on", async () => {
    const before = await api.get<{ film: Film }>(at);
    const { job } = await api.post<{ job: JobView }>(`${at}/shots/${before.film.shots[0]!.id}/generate`, {
      frames: 48,
    });
    await expect
      .poll(async () => (await api.get<{ job: JobView }>(`/v1/jobs/${job.id}`)).job.state, { timeout: 30_000 })
      .toBe("running");
    await studio.crashAndRestart();
    const after = await api.get<{ film: Film }>(at);
    expect(after.film).toEqual(before.film);
    expect((await api.get<{ takes: TakeView[] }>(`${at}/takes`)).takes.length).toBeGreaterThanOrEqual(5);
    await expect
      .poll(async () => (await api.get<{ job: JobView }>(`/v1/jobs/${job.id}`)).job.state, { timeout: 120_000 })
      .toBe("succeeded");
    await ben.reload();
    await goTo(ben, "Script");
    await expect(screenplay(ben)).toContainText("Wide: she lifts the lantern.");
  });

  async function tokenOf(page: typeof ana): Promise<string> {
    const answer = await page.request.post(`${studio.url}/v1/tokens`, {
      data: { name: "journey" },
      headers: { origin: studio.url },
    });
    return ((await answer.json()) as { token: string }).token;
  }
});
