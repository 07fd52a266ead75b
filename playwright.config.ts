import { defineConfig } from "@playwright/test";
import { findChromium } from "#testing/chromium.ts";

const isRoot = process.getuid?.() === 0;

/** Journeys of people through a whole studio, in the system's Chromium. One at a time: each starts a studio and renders. */
export default defineConfig({
  testDir: "e2e/journeys",
  workers: 1,
  // What renders much has a command of its own: `npm run test:long`.
  ...(process.env["BACKLOT_LONG"] === undefined ? { grepInvert: /@long/ } : {}),
  retries: 0,
  timeout: 240_000,
  expect: { timeout: 15_000 },
  outputDir: "test-results",
  reporter:
    process.env["BACKLOT_REPORT"] === undefined
      ? "list"
      : [["list"], ["json", { outputFile: process.env["BACKLOT_REPORT"] }]],
  use: {
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    acceptDownloads: true,
    actionTimeout: 20_000,
    launchOptions: {
      executablePath: findChromium(),
      args: [
        ...(isRoot ? ["--no-sandbox"] : []),
        "--use-gl=angle",
        "--use-angle=gl-egl",
        "--ignore-gpu-blocklist",
        "--autoplay-policy=no-user-gesture-required",
      ],
    },
  },
});
