import fs from "node:fs";
import { z } from "zod";
import { birthMark, endProcess, sendSignal } from "./processes.ts";

/**
 * Remembers in the data folder which processes are ours, so that a start after everything was killed at once finds
 * those that got away. A process id alone would not do: ids are used again.
 */
export type ProcessRecord = { add: (pid: number) => void; remove: (pid: number) => void };

const Records = z.array(z.object({ pid: z.number().int().min(2), birth: z.string().min(1) }));

export function recordProcesses(file: string): ProcessRecord {
  const known = new Map<number, string>();
  const write = () => {
    fs.writeFileSync(`${file}.new`, JSON.stringify([...known].map(([pid, birth]) => ({ pid, birth }))), {
      mode: 0o600,
    });
    fs.renameSync(`${file}.new`, file);
  };
  return {
    add: (pid) => {
      known.set(pid, birthMark(pid));
      write();
    },
    remove: (pid) => {
      if (known.delete(pid)) write();
    },
  };
}

/** Ends what an earlier run left behind, each with its group. @returns how many there were */
export async function endLeftoverProcesses(file: string): Promise<number> {
  const living = readRecords(file).filter(({ pid, birth }) => birthMark(pid) === birth);
  await Promise.all(
    living.map(async ({ pid }) => {
      await endProcess(pid, [{ signal: "SIGTERM", graceMs: 4000 }]);
      sendSignal(-pid, "SIGKILL");
    }),
  );
  return living.length;
}

function readRecords(file: string): z.infer<typeof Records> {
  try {
    return Records.parse(JSON.parse(fs.readFileSync(file, "utf8")));
  } catch {
    return [];
  }
}
