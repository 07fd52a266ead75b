import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { EngineError } from "../engine.ts";

export type Ffmpeg = {
  child: ChildProcessByStdio<Writable, Readable, Readable>;
  /** Resolves when it has ended well. @throws EngineError with its last words */
  ended: Promise<void>;
};

/** Starts ffmpeg (or ffprobe); it is killed when `signal` aborts. */
export function startFfmpeg(program: string, args: string[], signal: AbortSignal): Ffmpeg {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
  let said = "";
  child.stderr.on("data", (data: Buffer) => {
    said = (said + data.toString("utf8")).slice(-2000);
  });
  // Its end is told by its exit, not by a broken pipe.
  child.stdin.on("error", () => undefined);
  const kill = () => child.kill("SIGKILL");
  signal.addEventListener("abort", kill, { once: true });
  const ended = new Promise<void>((resolve, reject) => {
    child.once("error", (cause) =>
      reject(new EngineError("retryable", `${program} cannot be started: ${cause.message}`, { cause })),
    );
    child.once("close", (code, how) => {
      if (code === 0) resolve();
      else if (signal.aborted) reject(new EngineError("cancelled", "called off"));
      else reject(new EngineError("retryable", `${program} ended with ${how ?? code}: ${said.trim()}`));
    });
  }).finally(() => signal.removeEventListener("abort", kill));
  ended.catch(() => undefined);
  return { child, ended };
}

/** Runs it to its end. @returns what it wrote to its standard output */
export async function runFfmpeg(program: string, args: string[], signal: AbortSignal): Promise<string> {
  const { child, ended } = startFfmpeg(program, args, signal);
  child.stdin.end();
  const parts: Buffer[] = [];
  child.stdout.on("data", (data: Buffer) => parts.push(data));
  await ended;
  return Buffer.concat(parts).toString("utf8");
}

/** @returns which ffmpeg it is, e.g. "ffmpeg 5.1.9"; its own first line goes on about copyright and compilers */
export async function ffmpegVersion(program: string, signal: AbortSignal): Promise<string> {
  const [first = ""] = (await runFfmpeg(program, ["-hide_banner", "-version"], signal)).split("\n");
  const number = /^ffmpeg version (\S+)/.exec(first)?.[1];
  return number === undefined ? "ffmpeg" : `ffmpeg ${number}`.slice(0, 100);
}
