import fs from "node:fs";
import path from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Where the system's Chromium is: `CHROMIUM_PATH`, else the first known name on the path. @throws Error when there is none */
export function findChromium(): string {
  const told = process.env["CHROMIUM_PATH"];
  if (told !== undefined && told !== "") return told;
  for (const folder of (process.env["PATH"] ?? "").split(path.delimiter)) {
    const found = names.map((name) => path.join(folder, name)).find((file) => fs.existsSync(file));
    if (found !== undefined) return found;
  }
  throw new Error("no Chromium found: install it or set CHROMIUM_PATH");
}
