import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { replacingFiles } from "./replacing-files.ts";

test("whoever puts another module in the place of one is found in whatever folder, of others' folders none", () => {
  const root = mkdtempSync(path.join(os.tmpdir(), "backlot-replacing-"));
  const write = (name: string, call: string) => {
    mkdirSync(path.join(root, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(root, name), `vi.${call}("./one.ts");\n`);
  };
  try {
    for (const name of ["db/queries/a.pg.test.ts", "bench/b.test.ts", "app/deep/down/c.dom.test.tsx"])
      write(name, "mock");
    write("director/d.pg.test.ts", "doMock");
    write("testing/e.test.ts", "resetModules");
    write("db/spies.test.ts", "spyOn");
    for (const name of ["db/no-test.ts", "node_modules/x.test.ts", "bus/node_modules/x/x.test.ts", ".kept/x.test.ts"])
      write(name, "mock");
    expect(replacingFiles(root)).toEqual([
      "app/deep/down/c.dom.test.tsx",
      "bench/b.test.ts",
      "db/queries/a.pg.test.ts",
      "director/d.pg.test.ts",
      "testing/e.test.ts",
    ]);
  } finally {
    rmSync(root, { recursive: true });
  }
});
