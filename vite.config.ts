import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";

/** Builds the pages: `build/client` for browsers, `build/server` for the app process. */
export default defineConfig({
  plugins: [
    remix({
      appDirectory: "app",
      ignoredRouteFiles: ["**/*.css", "**/*.test.*"],
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        v3_singleFetch: true,
        v3_lazyRouteDiscovery: true,
      },
    }),
  ],
  build: {
    target: "es2022",
    // The bundles of the processes are in build/ too; what is stale is removed before building.
    emptyOutDir: false,
    // Nothing as data: URL, so that a strict content security policy holds.
    assetsInlineLimit: 0,
  },
});
