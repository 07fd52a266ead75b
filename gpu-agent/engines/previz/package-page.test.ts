import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { generationFiles, readManifestJson } from "#domain/generation/manifest.ts";
import { packagePage, packageReadme, playedScript } from "./package-page.ts";

const manifestOf = (prompt: string) =>
  readManifestJson({
    ...{ version: 1, prompt, seed: 7, planner: "rules", engine: "previz" },
    ...{ seconds: 6, frames: 144, fps: { num: 24, den: 1 }, width: 640, height: 360 },
    files: [{ name: "poster.jpg", role: "poster", contentType: "image/jpeg", bytes: 9, sha256: "ab".repeat(32) }],
  });

test("a page carries its manifest, whatever was asked for: no prompt ends its script or becomes part of the page", () => {
  const prompt = `</script><script>alert("1")</script> & "quotes" <b>bold</b> in an alley`;
  const page = packagePage(manifestOf(prompt));
  expect(page.match(/<script/g)).toHaveLength(2);
  expect(page).not.toContain("<b>");
  const shelf = /window\.backlot = (.*);<\/script>/.exec(page)?.[1] ?? "";
  const { manifest } = JSON.parse(shelf) as { manifest: unknown };
  expect(readManifestJson(manifest)).toEqual(manifestOf(prompt));
});

test("a page asks for nothing but what lies beside it", () => {
  const page = packagePage(manifestOf("An alley"));
  const asked = [...page.matchAll(/(?:src|href)="([^"]*)"/g)]
    .map(([, to]) => to!)
    .filter((to) => !to.startsWith("data:"));
  expect(asked).toEqual([generationFiles.film, "player.js"]);
  expect(page).toContain("<title>An alley</title>");
});

test("a file's script puts its bytes where the page looks for them", () => {
  const [before, after] = playedScript("scene.glb");
  const shelf = { files: {} as Record<string, string> };
  // What a browser does with the script.
  runInNewContext(`${before}QUJD${after}`, { backlot: shelf });
  expect(atob(shelf.files["scene.glb"]!)).toBe("ABC");
});

test("whoever unpacks it is told what to open and what each file is", () => {
  expect(packageReadme(manifestOf("An alley"))).toMatch(/^An alley\n\nOpen index\.html[\s\S]*poster\.jpg +Poster/);
});
