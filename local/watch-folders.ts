import fs from "node:fs";

/** Calls back once things have been quiet for a moment after a source file changed. Tests don't count. */
export function watchFolders(folders: string[], onChange: () => void): void {
  let timer: NodeJS.Timeout | undefined;
  for (const folder of folders) {
    if (!fs.existsSync(folder)) continue;
    fs.watch(folder, { recursive: true, persistent: false }, (_event, name) => {
      if (name === null || !/\.(ts|json|sql)$/.test(name) || name.endsWith(".test.ts")) return;
      clearTimeout(timer);
      timer = setTimeout(onChange, 200);
    });
  }
}
