/** A scene is written with the keyboard alone, found again, and a line leads to its shot and to its place in the cut. */
import { aPerson, comeIn, goTo, pasteScript, screenplay } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const script = `INT. FERRY - LOUNGE - NIGHT

Empty rows of red seats.

MAYA
Hale!

CAPTAIN HALE
Stay there.

MAYA
Why?
`;

test("a page is written, searched and followed to its shots", async ({ studio, browser }) => {
  const { page } = await aPerson(browser);
  await comeIn(page, studio.url, "Ana Ruiz");
  await pasteScript(page, script);
  const text = () => screenplay(page).locator(".cm-line").allInnerTexts();
  const lineType = (name: string) => page.getByRole("button", { name: `Line type: ${name}`, exact: true });

  await test.step("Tab, Enter and the list of words write a speech", async () => {
    await screenplay(page).click();
    await page.keyboard.press("Control+End");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await expect(lineType("Character")).toBeVisible();
    await page.keyboard.type("ca");
    const names = page.getByRole("listbox", { name: "Completions" });
    await expect(names.getByRole("option").first()).toHaveText(/CAPTAIN HALE/);
    await expect(names.getByRole("option", { selected: true })).toBeVisible();
    await page.waitForTimeout(100);
    await page.keyboard.press("Enter");
    await expect(lineType("Dialogue")).toBeVisible();
    await page.keyboard.type("Because of the sea.\n");
    await expect(lineType("Action")).toBeVisible();
    expect((await text()).join("\n")).toContain("CAPTAIN HALE\nBecause of the sea.\n");
  });

  await test.step("Ctrl+1 makes a heading, and the outline has the scene before it is on the board", async () => {
    await page.keyboard.type("kitchen");
    await page.keyboard.press("Control+1");
    await expect(lineType("Scene heading")).toBeVisible();
    const outline = page.getByRole("complementary", { name: "Side panels" });
    const written = outline.getByRole("button", { name: /Kitchen/ });
    await expect(written).toContainText("p. 1");
    await outline.getByRole("button", { name: /Ferry - lounge/ }).click();
    await expect(lineType("Scene heading")).toBeVisible();
    await expect(page.getByText("Page 1 of 1")).toBeVisible();
  });

  await test.step("find and replace", async () => {
    await page.keyboard.press("Control+f");
    const panel = page.getByRole("search", { name: "Find and replace" });
    await panel.getByRole("textbox", { name: "Find" }).fill("maya");
    await expect(panel.getByRole("status")).toHaveText(/2$/);
    await panel.getByRole("textbox", { name: "Replace with" }).fill("NOOR");
    await panel.getByRole("button", { name: "Replace all matches" }).click();
    await expect(screenplay(page)).not.toContainText("MAYA");
    await page.keyboard.press("Escape");
    await expect(panel).toBeHidden();
  });

  await test.step("a line leads to its shot, and the shot's name stands in the margin", async () => {
    await page.getByRole("button", { name: "Parse into shots" }).click();
    const review = page.getByRole("dialog", { name: "From script to shots" });
    await review.getByRole("button", { name: /^Put \d+ shots on the board$/ }).click();
    await goTo(page, "Script");
    // The script is read against the board a moment after it is shown.
    await expect(page.getByRole("button", { name: "Shot 1A", exact: true })).toBeVisible();
    await screenplay(page).getByText("Empty rows of red seats.").click();
    await expect(page.getByRole("button", { name: "Shot 1A", exact: true })).toHaveAttribute("aria-pressed", "true");
    await expect(page.getByRole("complementary", { name: "Inspector" })).toContainText("1A");
  });
});
