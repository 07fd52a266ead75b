import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** No tests of ours lie in these. */
const others = ["node_modules", "build", "test-results", "playwright-report"];

/**
 * Finds the test files that put another module in the place of one: the files beside them would get that one, too, or
 * keep the first.
 * @returns their paths from `root`, with slashes
 */
export function replacingFiles(root: string): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((folder) => folder.isDirectory() && !folder.name.startsWith(".") && !others.includes(folder.name))
    .flatMap(({ name: folder }) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
        .map((name) => `${folder}/${name.split(path.sep).join("/")}`)
        .filter((name) => /\.test\.tsx?$/.test(name) && !name.includes("/node_modules/")),
    )
    .filter((name) => /\bvi\.(mock|doMock|resetModules)\(/.test(readFileSync(path.join(root, name), "utf8")))
    .toSorted();
}
