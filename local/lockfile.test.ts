import fs from "node:fs";
import { expect, test } from "vitest";

type Entry = { optionalDependencies?: Record<string, string> };
const { packages } = JSON.parse(fs.readFileSync("package-lock.json", "utf8")) as { packages: Record<string, Entry> };

test("there is exactly one yjs, for two of them in one page do not know each other's types", () => {
  expect(Object.keys(packages).filter((name) => name.endsWith("node_modules/yjs"))).toEqual(["node_modules/yjs"]);
});

test("the lockfile names the packages of other systems too, without which npm ci refuses it (complete-lockfile.mjs)", () => {
  const known = Object.keys(packages);
  const wanted = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
  expect(wanted.filter((name) => !known.some((place) => place.endsWith(`node_modules/${name}`)))).toEqual([]);
});
