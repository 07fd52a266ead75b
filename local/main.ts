import { FolderInUse } from "./data-folder.ts";
import { readSettings, SettingsError, type Settings } from "./env.ts";
import type { Mode } from "./parts.ts";
import { openStudio, type Studio } from "./studio.ts";
import { say } from "./terminal.ts";

/**
 * Reads the environment before anything slow is done, so that a mistake in it is told at once.
 * @returns null when it is not usable, after saying why
 */
export function checkSettings(): Settings | null {
  try {
    return readSettings();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    say("The environment is not usable:", "bad");
    for (const problem of error.problems) say(`  - ${problem}`, "bad");
    return null;
  }
}

/** Runs a studio until somebody ends it. Sets the exit code and ends the process. */
export async function runStudio(settings: Settings, mode: Mode, root: string): Promise<void> {
  let studio: Studio | null = null;
  let endingSince: number | null = null;
  const opening = openStudio(settings, mode, root);
  const end = async (code: number) => {
    if (endingSince !== null) {
      // One Ctrl-C or one SIGTERM may arrive twice: from the terminal and through npm.
      if (performance.now() - endingSince < 1000) return;
      say("Ending at once.", "warn");
      studio?.kill();
      process.exit(1);
    }
    endingSince = performance.now();
    if (code === 0) say("Stopping …");
    // A signal may come while parts are still starting: let that come to its end first, then stop what there is.
    studio ??= await opening.catch(() => null);
    await studio?.stop();
    if (code === 0) say("Stopped. Everything is saved.", "good");
    process.exit(code);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void end(0));
  process.on("uncaughtException", (error) => {
    // The terminal went away: nothing to say it on any more.
    if ((error as NodeJS.ErrnoException).code === "EPIPE" || (error as NodeJS.ErrnoException).code === "EIO") return;
    say(`The studio itself failed: ${error.stack ?? error.message}`, "bad");
    void end(1);
  });

  try {
    studio = await opening;
    await studio.ready();
    if (endingSince !== null) return;
    // On a line of its own, word for word: scripts wait for it.
    process.stdout.write(`\nBacklot is ready at ${studio.origin}\n\n`);
    say("Ctrl-C stops it. Logs and films are in " + settings.dataFolder, "plain");
  } catch (error) {
    if (endingSince !== null) return;
    say(explain(error, settings), "bad");
    await end(1);
  }
}

function explain(error: unknown, settings: Settings): string {
  if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") {
    return `Port ${settings.port} is used by another program. Stop that, or choose another port: PORT=${settings.port + 1} npm start`;
  }
  if ((error as NodeJS.ErrnoException).code === "EACCES" && settings.port < 1024) {
    return `Port ${settings.port} needs more rights than you have. Choose one above 1023: PORT=3000 npm start`;
  }
  if (error instanceof FolderInUse) return error.message;
  const message = error instanceof Error ? error.message : String(error);
  return `The studio could not start: ${message} The logs are in ${settings.dataFolder}/logs.`;
}
