/**
 * Mends a fault of a package that its authors have not mended yet. Runs after every `npm ci` (`postinstall`) and at the
 * start of `npm start` and `npm test`; done twice, it does nothing.
 *
 * postgres 3.4.9 (github.com/porsager/postgres, issues 1066, 1154 and 1208): when Postgres goes away while something
 * small is about to be written, the driver writes to a socket that is null and takes the process with it; or it forgets
 * to write on that connection for ever, and its queries never end; or the end of a transaction that was cut off goes to
 * the next connection, in the middle of its login; or a connection that is cut off while the driver asks it for its types
 * rejects a promise that nobody holds. Remove this once a version with the guard is pinned.
 */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** What is replaced by what, wherever it stands. @type {Record<string, [string, string][]>} */
const mends = {
  "connection.js": [
    [
      `    clearImmediate(nextWriteTimer)
    `,
      `    clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = null
    `,
    ],
    [
      `  function nextWrite(fn) {
    const x = `,
      `  function nextWrite(fn) {
    /* mended */ if (socket === null) {
      clearImmediate(nextWriteTimer)
      chunk = nextWriteTimer = null
      error(Errors.connection('CONNECTION_CLOSED', options, socket))
      return false
    }
    const x = `,
    ],
    [
      `  function execute(q) {
    if (terminated)`,
      // True keeps it among the closed ones, from where it is connected again; it would be lost among the busy ones.
      `  function execute(q) {
    /* mended */ if (socket === null) {
      queryError(q, Errors.connection('CONNECTION_CLOSED', options))
      return true
    }
    if (terminated)`,
    ],
    [
      // Nobody waits for what it asks at first of a new connection: one cut off just then would take the process with it.
      `        return fetchArrayTypes()
`,
      `        return fetchArrayTypes().catch(() => needsTypes = true /* mended */)
`,
    ],
  ],
  // A transaction whose connection is gone must not write to what takes its place, which is not even logged in yet.
  "index.js": [
    [
      `        new Promise((_, reject) => connection.onclose = reject)
      ])
    } catch (error) {
      throw error`,
      `        new Promise((_, reject) => connection.onclose = e => {
          lost = e /* mended */
          while (queries.length)
            queries.shift().reject(e)
          reject(e)
        })
      ])
    } catch (error) {
      throw error`,
    ],
    [
      `      , prepare = null

    try {
      await sql.unsafe('begin `,
      `      , prepare = null
      , lost = null

    try {
      await sql.unsafe('begin `,
    ],
    [
      `        q.catch(e => uncaughtError || (uncaughtError = e))
        c.queue`,
      `        q.catch(e => uncaughtError || (uncaughtError = e))
        if (lost)
          return q.reject(lost)
        c.queue`,
    ],
  ],
};

/**
 * @param {string} name  of the driver's file
 * @param {string} text  what it says
 * @returns {string} the same with the guards; one that has them is returned as it is. @throws Error when it is another text
 */
export function mendDriver(name, text) {
  let mended = text;
  for (const [from, to] of mends[name] ?? []) {
    if (mended.includes(to)) continue;
    if (!mended.includes(from))
      throw new Error(
        `postgres/src/${name} is not the one that local/mend-packages.mjs knows: see whether it still needs mending.`,
      );
    mended = mended.replaceAll(from, to);
  }
  return mended;
}

export function mendPackages() {
  for (const folder of ["src", "cjs/src"]) {
    for (const name of Object.keys(mends)) {
      const file = path.join(root, "node_modules/postgres", folder, name);
      if (!fs.existsSync(file)) continue;
      const text = fs.readFileSync(file, "utf8");
      const mended = mendDriver(name, text);
      if (mended === text) continue;
      // Beside it and then over it: another process may be reading it.
      fs.writeFileSync(`${file}.${process.pid}`, mended);
      fs.renameSync(`${file}.${process.pid}`, file);
    }
  }
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) mendPackages();
