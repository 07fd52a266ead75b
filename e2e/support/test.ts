import { test as base } from "@playwright/test";
import { startStudio, type Studio } from "./studio.ts";

/** A test with a studio of its own file: started once, stopped (and looked at for leftovers) at the end. */
export const test = base.extend<{ goodbye: void }, { studio: Studio }>({
  // Whoever came goes at the end: a set that stays open is drawn on, on the processors that the next journey needs.
  goodbye: [
    async ({ browser }, use, { errors }) => {
      await use();
      // After a failure the browser goes as well, and what was on its pages is still to be noted.
      if (errors.length > 0) return;
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    { auto: true },
  ],
  studio: [
    // Playwright reads the fixtures it needs from this pattern: none.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const studio = await startStudio();
      await use(studio);
      await studio.stop();
    },
    { scope: "worker", timeout: 240_000 },
  ],
});

export { expect } from "@playwright/test";
