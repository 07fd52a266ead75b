import { readdirSync, readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";

const outside = ["**/node_modules/**", "**/build/**", "e2e/**", ".backlot*/**"];
const kinds = ["**/*.dom.test.tsx", "**/*.dom.test.ts", "**/*.pg.test.ts", "**/*.nats.test.ts", "**/*.engine.test.ts"];
/** Whose tests count and time what goes on in their process: each file of them has one of its own. */
const alone = ["collab-server/**", "director/**"];
/** Who puts another module in the place of one: the files beside them would get that one, too, or keep the first. */
const replacing = ["app", "domain", "gpu-agent", "stage", "storage", "bus", "local"]
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`))
  .filter(
    (name) => /\.test\.tsx?$/.test(name) && /\bvi\.(mock|doMock|resetModules)\(/.test(readFileSync(name, "utf8")),
  );
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
          exclude: [...outside, ...alone],
          ...together,
          globalSetup: ["testing/postgres.ts"],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: "pg-alone",
          include: alone.map((folder) => `${folder}/*.pg.test.ts`),
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
