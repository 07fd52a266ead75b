import path from "node:path";
import { z } from "zod";
import { findProgram } from "./find-program.ts";

/** What an agent is told. It knows no database, no bucket and no secret of the studio. */
export type AgentEnv = {
  natsUrl: string;
  natsCreds?: string;
  agentId?: string;
  engines: string[];
  /** Jobs worked on at once. */
  slots: number;
  leaseSeconds: number;
  /** How long jobs under way may go on once the agent is asked to stop. */
  drainSeconds: number;
  /** Frames of one previz render; a longer shot comes in chunks. */
  previzMaxFrames?: number;
  chromiumPath: string;
  ffmpegPath: string;
  ffprobePath: string;
  /** Absolute folder for files of jobs under way. */
  scratchFolder: string;
  logLevel: string;
};

const browserNames = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

const Variables = z.object({
  NATS_URL: z.string().default("nats://127.0.0.1:4222"),
  NATS_CREDS: z.string().optional(),
  AGENT_ID: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, "letters, digits, - and _")
    .optional(),
  AGENT_ENGINES: z.string().default("previz"),
  AGENT_SLOTS: z.coerce.number().int().min(1).max(64).default(1),
  LEASE_SECONDS: z.coerce.number().min(1).max(600).default(30),
  DRAIN_SECONDS: z.coerce.number().min(0).max(86_400).default(10),
  PREVIZ_MAX_FRAMES: z.coerce.number().int().min(4).max(14_400).optional(),
  CHROMIUM_PATH: z.string().optional(),
  FFMPEG_PATH: z.string().default("ffmpeg"),
  FFPROBE_PATH: z.string().optional(),
  BACKLOT_DATA: z.string().optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
});

/** @throws Error listing every problem */
export function loadEnv(source: NodeJS.ProcessEnv = process.env): AgentEnv {
  const set = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const parsed = Variables.safeParse(set);
  if (!parsed.success)
    throw new Error(parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("\n"));
  const env = parsed.data;
  return {
    natsUrl: env.NATS_URL,
    ...(env.NATS_CREDS === undefined ? {} : { natsCreds: env.NATS_CREDS }),
    ...(env.AGENT_ID === undefined ? {} : { agentId: env.AGENT_ID }),
    engines: env.AGENT_ENGINES.split(",")
      .map((name) => name.trim())
      .filter((name) => name !== ""),
    slots: env.AGENT_SLOTS,
    leaseSeconds: env.LEASE_SECONDS,
    drainSeconds: env.DRAIN_SECONDS,
    ...(env.PREVIZ_MAX_FRAMES === undefined ? {} : { previzMaxFrames: env.PREVIZ_MAX_FRAMES }),
    // The browser is started by its path, not looked up.
    chromiumPath: env.CHROMIUM_PATH ?? findProgram(browserNames, source["PATH"] ?? "") ?? "chromium",
    ffmpegPath: env.FFMPEG_PATH,
    ffprobePath: env.FFPROBE_PATH ?? ffprobeBeside(env.FFMPEG_PATH),
    scratchFolder: path.resolve(env.BACKLOT_DATA ?? path.join(source["TMPDIR"] ?? "/tmp", "backlot"), "scratch"),
    logLevel: env.LOG_LEVEL,
  };
}

/** ffmpeg's packages bring both programs; where one is, the other is. */
function ffprobeBeside(ffmpeg: string): string {
  return path.basename(ffmpeg).startsWith("ffmpeg")
    ? path.join(path.dirname(ffmpeg), path.basename(ffmpeg).replace("ffmpeg", "ffprobe"))
    : "ffprobe";
}
