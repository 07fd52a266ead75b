/**
 * Imports point down only; each folder lists what it may import, and everything else is refused. The picture and the
 * reasons are in ARCHITECTURE.md. `npm run layers` checks it.
 */
const tests = "\\.test\\.tsx?$|/testing/|^testing/";

/** A folder's source files, tests apart: those may reach for test support and fast-check as well. */
const layers = {
  domain: { packages: ["zod", "yjs", "lib0", "y-protocols", "fractional-indexing"], folders: [] },
  db: { folders: ["domain"] },
  storage: { folders: ["domain"] },
  bus: { folders: ["domain"] },
  stage: { folders: ["domain"] },
  "app/ui": { folders: ["domain"] },
  // A still of the sample film is a picture, not code.
  "app/studio": { folders: ["app/ui", "stage", "domain"], files: ["^sample/media/\\w+\\.jpg$"] },
  "app/home": { folders: ["app/studio", "app/ui", "domain"] },
  "app/agents": { folders: ["app/home", "app/studio", "app/ui", "domain"] },
  "app/server": { folders: ["domain", "db", "storage", "bus"], files: ["^app/env\\.ts$"] },
  "app/routes": { folders: ["app/server", "app/agents", "app/home", "app/studio", "app/ui", "domain"] },
  "collab-server": { folders: ["domain", "db", "storage", "bus"] },
  director: { folders: ["domain", "db", "storage", "bus"] },
  "gpu-agent": { folders: ["domain", "storage", "bus", "stage"] },
  local: { folders: ["domain", "db", "storage", "bus"] },
};

const inFolder = (name) => `^${name}/`;
const allow = Object.entries(layers).map(([name, { folders, files = [] }]) => ({
  name: `${name.replaceAll("/", "-")}-imports-down-only`,
  severity: "error",
  comment: `${name} may import ${["itself", ...folders].join(", ")}`,
  from: { path: inFolder(name), pathNot: tests },
  to: {
    path: "^[a-z]",
    pathNot: ["^node_modules/", "^build/", ...[name, ...folders].map(inFolder), ...files],
    dependencyTypesNot: ["core", "npm", "npm-dev", "npm-optional", "npm-peer", "npm-no-pkg"],
  },
}));

module.exports = {
  forbidden: [
    ...allow,
    {
      name: "domain-imports-few-packages",
      severity: "error",
      comment: "domain runs anywhere and knows no library but these",
      from: { path: inFolder("domain"), pathNot: tests },
      to: {
        dependencyTypes: ["npm", "npm-dev", "npm-optional", "npm-peer", "npm-no-pkg", "core"],
        pathNot: layers.domain.packages.map((name) => `^node_modules/${name}/`),
      },
    },
    {
      name: "browser-code-without-node",
      severity: "error",
      from: { path: ["^app/agents/", "^app/home/", "^app/ui/", "^app/studio/", "^stage/"], pathNot: tests },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "processes-never-import-each-other",
      severity: "error",
      comment: "they meet in domain/ messages",
      from: { path: "^(app|collab-server|director|gpu-agent)/" },
      to: { path: "^(app|collab-server|director|gpu-agent)/", pathNot: "^$1/" },
    },
    {
      name: "nobody-imports-the-top",
      severity: "error",
      comment: "local, e2e and bench start processes; only test support uses what local starts",
      from: { pathNot: ["^(local|e2e|bench|testing)/", "^playwright\\.config\\.ts$", tests] },
      to: { path: "^(local|e2e|bench|testing)/" },
    },
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only", "dynamic-import"] } },
    },
    {
      name: "no-unresolved",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: ["build/", "^virtual:", "\\?"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: ["^build/", "^\\.backlot", "^bench/peers/"] },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mts", ".js", ".mjs", ".cjs", ".json", ".css"],
    },
  },
};
