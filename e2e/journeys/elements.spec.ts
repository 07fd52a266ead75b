/** One character in the script, in the library, in the prompt and on the cards. */
import { aPerson, card, comeIn, goTo, join, makeLink, pasteScript } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const script = `EXT. BRIDGE WING - NIGHT

CAPTAIN HALE, 60s, grips the wheel in the rain.

CAPTAIN HALE
Who lit that lantern?
`;

test("what a script speaks of becomes elements: their words reach the prompt, hints wait for a yes or a no", async ({
  studio,
  browser,
}) => {
  const { page: ana } = await aPerson(browser);
  const { page: ben } = await aPerson(browser);
  await comeIn(ana, studio.url, "Ana Ruiz");
  await pasteScript(ana, script);
  await ana.getByRole("button", { name: "Parse into shots" }).click();
  await ana.getByRole("button", { name: /^Put \d+ shots? on the board$/ }).click();
  await join(ben, await makeLink(ana, "Can edit"), "Ben Okri");
  await goTo(ana, "Board");
  await goTo(ben, "Board");

  await test.step("everybody and everything that was found is taken up at once", async () => {
    await ana.getByRole("button", { name: "Elements", exact: true }).click();
    const found = ana.getByRole("region", { name: "Found in the script" });
    await expect(found.getByRole("button", { name: "Add Captain Hale" })).toContainText("1.00");
    await found.getByRole("button", { name: "Add all" }).click();
    await expect(found).toBeHidden();
    await ben.getByRole("button", { name: "Elements", exact: true }).click();
    await expect(ben.getByRole("region", { name: "Characters" })).toContainText("Captain Hale");
  });

  await test.step("how somebody looks and the word that draws them go to the engine, as the inspector says", async () => {
    await ana.getByRole("region", { name: "Characters" }).getByRole("button").click();
    const dialog = ana.getByRole("dialog", { name: "Captain Hale" });
    await dialog.getByLabel("Description").fill("white beard, navy uniform");
    await dialog.getByLabel("Trigger words").fill("hale_v2");
    await dialog.getByRole("button", { name: "Done" }).click();
    await card(ben, "1A").click();
    await ben.getByText("What the engine is told").click();
    await expect(ben.getByText(/Captain Hale: white beard, navy uniform\. hale_v2\.$/)).toBeVisible();
  });

  await test.step("a lantern that is only spoken of is a hint, until somebody answers", async () => {
    await ana.getByRole("button", { name: "Add an element" }).click();
    await ana.getByRole("menuitem", { name: "Prop" }).click();
    const dialog = ana.getByRole("dialog", { name: "New prop" });
    await dialog.getByLabel("Name").fill("Lantern");
    await dialog.getByLabel("Name").press("Enter");
    await ana.getByRole("dialog", { name: "Lantern" }).getByRole("button", { name: "Done" }).click();
    const yes = ana.getByRole("button", { name: "Lantern is in this shot" });
    await expect(yes.first()).toBeVisible();
    await yes.first().click();
    await expect(ben.getByRole("region", { name: "Props" }).getByRole("button", { name: /Lantern/ })).toContainText(
      "1",
    );
  });
});
