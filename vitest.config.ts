import { defineConfig } from "vitest/config";
import { replacingFiles } from "./testing/replacing-files.ts";

const outside = ["**/node_modules/**", "**/build/**", "e2e/**", ".backlot*/**"];
const kinds = ["**/*.dom.test.tsx", "**/*.dom.test.ts", "**/*.pg.test.ts", "**/*.nats.test.ts", "**/*.engine.test.ts"];
/** Whose tests count and time what goes on in their process: each file of them has one of its own. */
const alone = ["collab-server/**", "director/**"];
const replacing = replacingFiles(".");
/** Of what only computes: it ends what hangs, also on a machine that has much else to do. */
const patient = { testTimeout: 60_000, hookTimeout: 60_000 };
/** Half their time was reading the same modules again for each file. */
const together = { isolate: false, setupFiles: ["testing/put-back.ts"] };

/** A test's file name says what it needs: nothing, a DOM, Postgres, a broker, or the render engine's programs. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: [...outside, ...kinds, ...replacing],
          environment: "node",
          ...patient,
          ...together,
        },
      },
      {
        test: {
          name: "unit-alone",
          include: replacing,
          exclude: [...outside, ...kinds],
          environment: "node",
          ...patient,
        },
      },
      {
        test: {
          name: "dom",
          include: ["**/*.dom.test.ts", "**/*.dom.test.tsx"],
          exclude: [...outside, ...replacing],
          environment: "happy-dom",
          ...patient,
          ...together,
        },
      },
      {
        test: {
          name: "dom-alone",
          include: replacing.filter((name) => name.includes(".dom.test.")),
          exclude: outside,
          environment: "happy-dom",
          ...patient,
        },
      },
      {
        test: {
          name: "pg",
          include: ["**/*.pg.test.ts"],
          exclude: [...outside, ...alone, ...replacing],
          ...together,
          globalSetup: ["testing/postgres.ts"],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: "pg-alone",
          include: [
            ...alone.map((folder) => `${folder}/*.pg.test.ts`),
            ...replacing.filter((name) => name.includes(".pg.test.")),
          ],
          exclude: outside,
          globalSetup: ["testing/postgres.ts"],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: "nats",
          include: ["**/*.nats.test.ts"],
          exclude: outside,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        // Chromium on a software renderer takes whole cores: one file at a time.
        test: {
          name: "engine",
          include: ["**/*.engine.test.ts"],
          exclude: outside,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
