import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BuildOptions, Plugin } from "esbuild";

/** @returns where the player lies beside the engine's page */
export const playerBeside = (pageScript: string) => join(dirname(pageScript), "player.js");

/** @returns where what draws splats lies beside the player */
export const splatsBeside = (playerScript: string) => join(dirname(playerScript), "splats.js");

const options = {
  bundle: true,
  format: "iife",
  platform: "browser",
  target: "es2022",
  minify: true,
  sourcemap: false,
  loader: { ".woff2": "dataurl" },
  // Written into a page by hand, it must not end the script it stands in.
  charset: "utf8",
  logLevel: "silent",
} as const satisfies BuildOptions;

/** What draws splats works on the player's own three.js: two of them would not know each other's objects. */
const threeOfThePlayer: Plugin = {
  name: "three of the player",
  setup(build) {
    build.onResolve({ filter: /^three$/ }, () => ({ path: "three", namespace: "player" }));
    build.onLoad({ filter: /^three$/, namespace: "player" }, () => ({
      contents: "module.exports = window.backlot.three",
    }));
  },
};

/**
 * Bundles the viewer that goes into every package, and beside it what draws splats, which is as large again and loaded
 * only when somebody wants to see them: plain scripts, since a page on a disk may load no modules.
 * @returns the path of the viewer
 */
export async function buildPlayer(outdir: string): Promise<string> {
  const { build } = await import("esbuild");
  const source = (name: string) => fileURLToPath(new URL(`../../../stage/viewer/${name}`, import.meta.url));
  const outfile = join(outdir, "player.js");
  await Promise.all([
    build({ ...options, entryPoints: [source("disk.ts")], outfile }),
    build({
      ...options,
      entryPoints: [source("disk-splats.ts")],
      plugins: [threeOfThePlayer],
      outfile: splatsBeside(outfile),
    }),
  ]);
  return outfile;
}
