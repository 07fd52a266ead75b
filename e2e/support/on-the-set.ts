import type { Page } from "@playwright/test";

/** Who else is in the set, and what they do there. */
export const onTheSet = (page: Page) => page.getByRole("region", { name: "On the set now" });
/** Somebody's name at their camera in the set. */
export const nameTag = (page: Page, name: string) => page.locator('.set-label[data-kind="peer"]', { hasText: name });
/** What stands in the set, by its row in the set's panel. */
export const row = (page: Page, name: string) =>
  page.getByRole("complementary", { name: "Side panels" }).locator(".set-row > button:first-child", { hasText: name });
/** The first of what somebody does, on their lane. */
export const deedOf = (page: Page, name: string) =>
  page.getByRole("button", { name: new RegExp(`^${name}: `) }).first();

/** Takes somebody of the set into the hand and along, pixels. @returns lets go */
export async function hold(
  page: Page,
  name: string,
  { right, down }: { right: number; down: number },
): Promise<() => Promise<void>> {
  await row(page, name).click();
  const tag = (await page.locator('.set-label[data-kind="chosen"]').boundingBox())!;
  const [x, y] = [tag.x + tag.width / 2, tag.y + tag.height + 30];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let part = 1; part <= 6; part += 1) await page.mouse.move(x + (part * right) / 6, y + (part * down) / 6);
  return () => page.mouse.up();
}

/** Goes round what is looked at, from straight in front of it: the same view whoever comes in wherever. */
export async function standAt(page: Page, { right, down, nearer }: Record<"right" | "down" | "nearer", number>) {
  const canvas = page.locator(".set-canvas");
  const box = (await canvas.boundingBox())!;
  await canvas.focus();
  // With nothing chosen F shows all of the set.
  await page.keyboard.press("Escape");
  await page.keyboard.press("f");
  await page.waitForTimeout(1500);
  await page.keyboard.press("1");
  await page.waitForTimeout(1500);
  const [x, y] = [box.x + box.width / 2, box.y + 90];
  // Up where nobody stands: a hand on somebody would take them along.
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + right, y + down, { steps: 6 });
  await page.mouse.up();
  for (let turn = 0; turn < Math.abs(nearer); turn += 1) await page.mouse.wheel(0, nearer > 0 ? -120 : 120);
  await page.mouse.move(0, 0);
}
