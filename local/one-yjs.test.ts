import fs from "node:fs";
import { expect, test } from "vitest";

test("there is exactly one yjs, for two of them in one page do not know each other's types", () => {
  const lock = JSON.parse(fs.readFileSync("package-lock.json", "utf8")) as { packages: Record<string, unknown> };
  const copies = Object.keys(lock.packages).filter((name) => name.endsWith("node_modules/yjs"));
  expect(copies).toEqual(["node_modules/yjs"]);
});
