import { accessSync, constants } from "node:fs";
import path from "node:path";

/** @returns the absolute path of the first of `names` that the search path has, null when it has none */
export function findProgram(names: readonly string[], searchPath: string): string | null {
  for (const folder of searchPath.split(path.delimiter).filter((part) => part !== "")) {
    for (const name of names) {
      const file = path.join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not here.
      }
    }
  }
  return null;
}
