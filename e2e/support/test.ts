import { test as base } from "@playwright/test";
import { startStudio, type Studio } from "./studio.ts";

/** A test with a studio of its own file: started once, stopped (and looked at for leftovers) at the end. */
export const test = base.extend<object, { studio: Studio }>({
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
