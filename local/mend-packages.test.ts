import fs from "node:fs";
import { expect, test } from "vitest";
import { mendDriver } from "./mend-packages.mjs";

test.each(["connection.js", "index.js"])("the installed Postgres driver's %s has its guards, once", (name) => {
  const text = fs.readFileSync(new URL(`../node_modules/postgres/src/${name}`, import.meta.url), "utf8");
  expect(text.match(/\/\* mended \*\//g)?.length).toBe(name === "index.js" ? 1 : 3);
  expect(mendDriver(name, text)).toBe(text);
});

test("a driver that is another one than this was written for is refused, not spoilt", () => {
  expect(() => mendDriver("connection.js", "function nextWrite(fn) {}")).toThrow(/see whether it still needs mending/);
});

test("a connection that is cut off while the driver learns its types is an error of nobody", () => {
  const text = fs.readFileSync(new URL("../node_modules/postgres/src/connection.js", import.meta.url), "utf8");
  expect(text.match(/return fetchArrayTypes\(\)$/gm)).toBeNull();
});
