import { generationFiles } from "#domain/generation/manifest.ts";
import { EngineError } from "../engine.ts";

/** What lies in a package besides what was made, and the package itself. Small letters: some disks know no others. */
const own: ReadonlySet<string> = new Set([
  ...["index.html", "readme.txt", "player.js", "splats.js", "data"],
  ...[generationFiles.manifest, generationFiles.package],
]);

/**
 * @param names  of the files that a package is to hold
 * @throws EngineError "permanent" where one would take the place of the package's own, or of another
 */
export function refuseTakenNames(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    const onDisk = name.toLowerCase();
    if (own.has(onDisk))
      throw new EngineError(
        "permanent",
        `A stage made a file called ${name}, which a package has of its own. Have the stage's engine call it something else.`,
      );
    if (seen.has(onDisk))
      throw new EngineError("permanent", `Stages made ${name} twice. Have their engines call the files differently.`);
    seen.add(onDisk);
  }
}
