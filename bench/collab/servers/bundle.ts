import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleProcesses, collabServer } from "#testing/bundle.ts";
import { atExit } from "../../measure/clean-up.ts";

export const root = fileURLToPath(new URL("../../..", import.meta.url));

/** @returns node's arguments to start the collab server, bundled for this run, with the flags of `npm run start:collab` */
export async function bundleCollabServer(): Promise<string[]> {
  const { script, remove } = await bundleProcesses("bench-collab", collabServer());
  atExit(remove);
  return [...startFlags(), script("collab-server/main.ts"), "collab"];
}

function startFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const words = (scripts["start:collab"] ?? "").split(" ");
  return words.filter((word) => word.startsWith("--"));
}
