import type { Browser, BrowserContext, Page } from "@playwright/test";
import { expect } from "@playwright/test";

/** A person at their own browser; two people never share a context. */
export async function aPerson(browser: Browser): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
  const page = await context.newPage();
  page.on("pageerror", (error) => {
    throw new Error(`the page broke: ${error.message}`);
  });
  return { context, page };
}

export async function comeIn(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("button", { name: "Come in" }).click();
  await page.waitForURL(/\/projects$/);
}

export async function pasteScript(page: Page, script: string): Promise<void> {
  await page.getByRole("button", { name: /Paste a script/ }).click();
  await page.getByLabel("The script").fill(script);
  await page.getByRole("button", { name: "Use this script" }).click();
  await page.waitForURL(/\/projects\/[0-9a-f]/);
  await expect(screenplay(page)).toContainText(script.split("\n")[0]!);
}

/** @returns the address of a fresh invite link with this role */
export async function makeLink(page: Page, role: "Can edit" | "Can view"): Promise<string> {
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const dialog = page.getByRole("dialog");
  if (role !== "Can edit") {
    await dialog.getByRole("combobox", { name: "What they may do" }).click();
    await page.getByRole("option", { name: role }).click();
  }
  await dialog.getByRole("button", { name: "Make a link" }).click();
  const link = await dialog.getByRole("textbox", { name: "The link" }).inputValue();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  return link;
}

export async function join(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("button", { name: "Join the film" }).click();
  await page.waitForURL(/\/projects\/[0-9a-f]/);
}

export function screenplay(page: Page) {
  return page.getByRole("textbox", { name: "Screenplay" });
}

export async function goTo(page: Page, view: "Script" | "Board" | "Shots" | "Timeline" | "3D"): Promise<void> {
  await page.getByRole("navigation", { name: "View" }).getByRole("button", { name: view, exact: true }).click();
}

export function card(page: Page, number: string) {
  return page.getByRole("option", { name: `Shot ${number}`, exact: true });
}

export function projectIdOf(page: Page): string {
  return /projects\/([0-9a-f-]{36})/.exec(page.url())![1]!;
}

export async function untilSaved(page: Page): Promise<void> {
  await expect(page.getByRole("status").filter({ hasText: /^Saved$/ })).toBeVisible();
}
