/**
 * Adds to package-lock.json the packages for other systems that npm left out. Some registry mirrors hold only the
 * packages of the systems they serve; `npm install` behind one writes a lockfile without the rest, and `npm ci`
 * refuses that lockfile, there and everywhere else. What is added is what the package itself pins: name and version,
 * with the system read from the name. Run after `npm install`: `node local/complete-lockfile.mjs`.
 */
import fs from "node:fs";

const lock = JSON.parse(fs.readFileSync("package-lock.json", "utf8"));
const packages = lock.packages;
let added = 0;
for (const [place, entry] of Object.entries({ ...packages })) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (find(place, name) !== null) continue;
    const system = readSystem(name);
    if (system === null || !/^\d+\.\d+\.\d+/.test(version)) {
      process.stdout.write(
        `${name} ${version} of ${place} is missing, and its name does not say for which system it is\n`,
      );
      process.exitCode = 1;
      continue;
    }
    const flags = entry.dev ? { dev: true } : entry.devOptional ? { devOptional: true } : {};
    const engines = entry.engines === undefined ? {} : { engines: entry.engines };
    packages[`node_modules/${name}`] = {
      version,
      ...flags,
      license: entry.license,
      ...system,
      optional: true,
      ...engines,
    };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, "en")));
fs.writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${added} added\n`);

/** Where node finds a package from a place in the tree, or null. @param {string} place @param {string} name */
function find(place, name) {
  for (
    let base = place;
    ;
    base = base.includes("/node_modules/") ? base.slice(0, base.lastIndexOf("/node_modules/")) : ""
  ) {
    const candidate = base === "" ? `node_modules/${name}` : `${base}/node_modules/${name}`;
    if (packages[candidate] !== undefined) return candidate;
    if (base === "") return null;
  }
}

/** `@x/binding-linux-x64-musl` → linux, x64, musl. @param {string} name */
function readSystem(name) {
  const last = (name.split("/").pop() ?? "").replace(/^(binding|rollup)-/, "");
  const found = /^(android|darwin|freebsd|linux|netbsd|openbsd|openharmony|win32)-([a-z0-9]+)(?:-([a-z]+))?$/.exec(
    last,
  );
  if (found === null) return null;
  const [, os, cpu, abi] = found;
  const libc = os === "linux" && abi !== undefined ? { libc: [abi.startsWith("musl") ? "musl" : "glibc"] } : {};
  return { cpu: [cpu], ...libc, os: [os] };
}
