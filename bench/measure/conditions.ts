import os from "node:os";

/** Under which conditions figures were taken: they go with every report. */
export function conditions(): Record<string, string | number> {
  return {
    command: `npm run bench -- ${process.argv.slice(2).join(" ")}`,
    node: process.version,
    cores: os.cpus().length,
    processor: os.cpus()[0]?.model ?? "unknown",
    date: new Date().toISOString(),
  };
}
