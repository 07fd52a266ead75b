/** A script comes in from other people's programs and goes out to them, and so does the board. */
import fs from "node:fs";
import type { Film } from "#domain/film/snapshot.ts";
import { boardedFilm } from "../support/film.ts";
import { aPerson, comeIn, goTo, projectIdOf, screenplay } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const finalDraft = `<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<FinalDraft DocumentType="Script" Template="No" Version="5"><Content>
<Paragraph Number="1" Type="Scene Heading"><Text>INT. BAKERY - DAWN</Text></Paragraph>
<Paragraph Type="Action"><Text>Flour hangs in the light.</Text></Paragraph>
<Paragraph Type="Character"><Text>Żaneta</Text></Paragraph>
<Paragraph Type="Dialogue"><Text>We are out of bread.</Text></Paragraph>
</Content></FinalDraft>`;

test("a Final Draft script replaces the one on the page, undo brings it back, and both go out as documents", async ({
  studio,
  browser,
}) => {
  const { page } = await aPerson(browser);
  await comeIn(page, studio.url, "Ana Ruiz");
  const api = await boardedFilm(page, studio.url);
  const scriptNow = async () => (await api.get<{ film: Film }>(`/v1/projects/${projectIdOf(page)}`)).film.screenplay;
  await goTo(page, "Script");
  const before = await scriptNow();

  const menu = page.getByRole("button", { name: "Import and download" });
  const brings = async (name: string, text: string | Buffer) =>
    page
      .getByLabel("Script file")
      .setInputFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(text) });
  await brings("broken.fdx", finalDraft.slice(0, 300));
  await expect(page.getByText(/This Final Draft file is broken at line \d+/)).toBeVisible();
  await brings("bakery.fdx", finalDraft);
  const question = page.getByRole("dialog", { name: /Replace the script with “bakery”/ });
  await question.getByRole("button", { name: "Replace" }).click();
  await expect(screenplay(page).getByText("We are out of bread.")).toBeVisible();
  await expect(screenplay(page).getByText("ŻANETA")).toBeVisible();

  const saved = async (press: () => Promise<void>) => {
    const [download] = await Promise.all([page.waitForEvent("download"), press()]);
    return { name: download.suggestedFilename(), bytes: fs.readFileSync(await download.path()) };
  };
  await menu.click();
  const fountain = await saved(() => page.getByRole("menuitem", { name: "Fountain" }).click());
  expect(fountain.name).toMatch(/\.fountain$/);
  expect(fountain.bytes.toString("utf8")).toContain("ŻANETA\nWe are out of bread.");
  // A menu that is still going gives the keyboard back at its end, which would close the next.
  await expect(menu).toBeFocused();
  await menu.click();
  await page.getByRole("menuitem", { name: "PDF …" }).click();
  const dialog = page.getByRole("dialog", { name: "Export the script" });
  await dialog.getByRole("combobox", { name: "Scene numbers" }).click();
  await page.getByRole("option", { name: "Scene numbers on both sides" }).click();
  const pdf = await saved(() => dialog.getByRole("button", { name: "Download .pdf" }).click());
  expect(pdf.bytes.subarray(0, 5).toString("latin1")).toBe("%PDF-");
  await dialog.getByRole("combobox", { name: "Format" }).click();
  await page.getByRole("option", { name: "Shot list, CSV" }).click();
  const board = page.getByRole("dialog", { name: "Export the board" });
  const list = await saved(() => board.getByRole("button", { name: "Download .csv" }).click());
  expect(list.bytes.toString("utf8")).toMatch(/^\uFEFFScene,Heading,/);
  await board.getByRole("button", { name: "Close" }).last().click();
  await brings("printed.pdf", pdf.bytes);
  const again = page.getByRole("dialog", { name: /Replace the script with “printed”/ });
  await expect(again.getByText("A PDF knows where words stand")).toBeVisible();
  await again.getByRole("button", { name: "Keep this script" }).click();

  await screenplay(page).click();
  await page.keyboard.press("Control+z");
  await expect(screenplay(page).getByText("We are out of bread.")).toHaveCount(0);
  await expect.poll(scriptNow).toBe(before);
});
