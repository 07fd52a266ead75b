import fs from "node:fs";
import type { Readable } from "node:stream";
import { z } from "zod";

const rotateAboveBytes = 5_000_000;
const warnLevel = 40;

/** Renames a log that has grown past 5 MB, so that two of them are the most a part ever keeps. */
export function rotate(file: string, limitBytes = rotateAboveBytes): void {
  const size = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > limitBytes) fs.renameSync(file, `${file}.1`);
}

/** Calls `onLine` for every whole line; a line of more than 1 MB is cut there. */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > 1_000_000) lines.push(rest.slice(0, 1_000_000), (rest = ""));
    for (const line of lines) if (line !== "") onLine(line);
  });
  stream.on("end", () => rest !== "" && onLine(rest));
}

const LogLine = z.object({
  level: z.number(),
  msg: z.string().default(""),
  err: z
    .object({ message: z.string().default(""), code: z.unknown() })
    .partial()
    .optional(),
});

/** What of a pino line the person at the terminal should see: warnings and worse, in one line; null for the rest. */
export function summarise(line: string): { text: string; tone: "warn" | "bad" } | null {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return null;
  }
  const parsed = LogLine.safeParse(json);
  if (!parsed.success || parsed.data.level < warnLevel) return null;
  const { msg, err, level } = parsed.data;
  const parts = [msg, err?.message === msg ? "" : (err?.message ?? "")].filter((part) => part !== "");
  return { text: parts.join(": ").split("\n")[0]?.slice(0, 300) ?? "", tone: level >= 50 ? "bad" : "warn" };
}

/** Lets a text through at most once in a while, so that a part that repeats itself does not fill the terminal. */
export function oncePer(intervalMs: number, now: () => number = Date.now): (text: string) => boolean {
  const last = new Map<string, number>();
  return (text) => {
    const time = now();
    if (time - (last.get(text) ?? -Infinity) < intervalMs) return false;
    if (last.size > 500) last.clear();
    last.set(text, time);
    return true;
  };
}
