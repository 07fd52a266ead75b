/**
 * Mends a fault of a package that its authors have not mended yet. Runs after every `npm ci` (`postinstall`) and at the
 * start of `npm start` and `npm test`; done twice, it does nothing.
 *
 * postgres 3.4.9 (github.com/porsager/postgres, issues 1066, 1154 and 1208): when Postgres goes away while something
 * small is about to be written, the driver writes to a socket that is null and takes the process with it; or it forgets
 * to write on that connection for ever, and its queries never end. Remove this once a version with the guard is pinned.
 */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

const mark = "/* mended */";
const unguarded = `    const x = socket.write(chunk, fn)
`;
const guarded = `    ${mark} if (socket === null) {
      clearImmediate(nextWriteTimer)
      chunk = nextWriteTimer = null
      error(Errors.connection('CONNECTION_CLOSED', options, socket))
      return false
    }
    const x = socket.write(chunk, fn)
`;
const forgetful = `    clearImmediate(nextWriteTimer)
`;
const mindful = `    clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = null
`;

/** @param {string} text @returns {string} the driver's connection.js with the guard. @throws Error when it is another text */
export function mendConnection(text) {
  if (text.includes(mark)) return text;
  if (text.split(unguarded).length !== 2 || text.split(forgetful).length !== 3)
    throw new Error(
      "postgres/src/connection.js is not the one that local/mend-packages.mjs knows: look whether it still needs mending.",
    );
  return text.replaceAll(forgetful, mindful).replace(unguarded, guarded);
}

export function mendPackages() {
  for (const folder of ["src", "cjs/src"]) {
    const file = path.join(root, "node_modules/postgres", folder, "connection.js");
    if (!fs.existsSync(file)) continue;
    const text = fs.readFileSync(file, "utf8");
    const mended = mendConnection(text);
    if (mended === text) continue;
    // Beside it and then over it: another process may be reading it.
    fs.writeFileSync(`${file}.${process.pid}`, mended);
    fs.renameSync(`${file}.${process.pid}`, file);
  }
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) mendPackages();
