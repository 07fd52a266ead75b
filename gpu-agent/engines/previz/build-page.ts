import { access, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildPlayer } from "./build-player.ts";

/**
 * @param prebuilt  where a build has put the page, e.g. build/previz/page.js
 * @returns it when it is there, else a page bundled now into `outdir`
 */
export async function findPage(prebuilt: string, outdir: string): Promise<string> {
  const there = await access(prebuilt).then(
    () => true,
    () => false,
  );
  return there ? prebuilt : buildPage(outdir);
}

/**
 * Bundles the page (three.js, Tone and the stage) into one file that the agent serves to its own browser.
 * @returns the path of the file
 */
export async function buildPage(outdir: string): Promise<string> {
  const { build } = await import("esbuild");
  await mkdir(outdir, { recursive: true });
  const outfile = join(outdir, "page.js");
  await build({
    entryPoints: [fileURLToPath(new URL("./page/main.ts", import.meta.url))],
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    minify: true,
    sourcemap: false,
    outfile,
    logLevel: "silent",
  });
  await buildPlayer(outdir);
  return outfile;
}
