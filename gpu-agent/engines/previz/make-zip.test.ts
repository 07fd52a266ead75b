import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeZip, type ZipEntry } from "./make-zip.ts";

let folder: string;
const at = (name: string) => join(folder, name);
const bytes = Uint8Array.from({ length: 400_001 }, (_, index) => (index * 7919) % 251);
const entries = (): ZipEntry[] => [
  { name: "index.html", bytes: new TextEncoder().encode("<p>".repeat(2000)) },
  { name: "scene.glb", path: at("scene") },
  { name: "data/scene.glb.js", path: at("scene"), base64: ['files["scene.glb"]="', '";'] },
];
const never = new AbortController().signal;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "make-zip-"));
  await writeFile(at("scene"), bytes);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("an archive holds every file as it was, and a script with the very bytes in base64", async () => {
  await makeZip(at("a.zip"), entries(), never);
  const packed = await readFile(at("a.zip"));
  const files = unzipSync(packed);
  expect(Object.keys(files)).toEqual(["index.html", "scene.glb", "data/scene.glb.js"]);
  expect(Buffer.from(files["scene.glb"]!).equals(Buffer.from(bytes))).toBe(true);
  const script = Buffer.from(files["data/scene.glb.js"]!).toString("utf8");
  const text = /^files\["scene\.glb"\]="([A-Za-z0-9+/=]+)";$/.exec(script)?.[1] ?? "";
  expect(Buffer.from(text, "base64").equals(Buffer.from(bytes))).toBe(true);
  expect(packed.byteLength).toBeLessThan(bytes.byteLength * 2.2);
});

test("the same files make the same archive", async () => {
  await makeZip(at("b.zip"), entries(), never);
  await makeZip(at("c.zip"), entries(), never);
  expect((await readFile(at("b.zip"))).equals(await readFile(at("c.zip")))).toBe(true);
});

test("packing ends when it is called off, or when a file is gone", async () => {
  const off = AbortSignal.abort(new Error("called off"));
  await expect(makeZip(at("d.zip"), entries(), off)).rejects.toThrow("called off");
  await expect(makeZip(at("e.zip"), [{ name: "x.glb", path: at("none") }], never)).rejects.toThrow(/ENOENT/);
});
