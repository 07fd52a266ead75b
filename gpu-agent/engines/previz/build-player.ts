import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** @returns where the player lies beside the engine's page */
export const playerBeside = (pageScript: string) => join(dirname(pageScript), "player.js");

/**
 * Bundles the viewer that goes into every package: one plain script, since a page on a disk may load no modules.
 * @returns the path of the file
 */
export async function buildPlayer(outdir: string): Promise<string> {
  const { build } = await import("esbuild");
  const outfile = join(outdir, "player.js");
  await build({
    entryPoints: [fileURLToPath(new URL("../../../stage/viewer/disk.ts", import.meta.url))],
    bundle: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
    minify: true,
    sourcemap: false,
    loader: { ".woff2": "dataurl" },
    // Written into a page by hand, it must not end the script it stands in.
    charset: "utf8",
    outfile,
    logLevel: "silent",
  });
  return outfile;
}
