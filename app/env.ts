import path from "node:path";
import { z } from "zod";
import type { StoreSettings } from "#storage/asset-store.ts";
import { storeSettings } from "#storage/env.ts";
import type { LlmSettings } from "./server/services/llm.ts";

/** What the app process is told; `loadEnv` is the only reader of `process.env` here. */
export interface AppEnv {
  mode: "production" | "development" | "test";
  host: string;
  port: number;
  databaseUrl: string;
  natsUrl: string;
  natsCreds?: string;
  sessionSecret: string;
  /** Without a slash at the end. */
  publicUrl: string;
  /** Where browsers reach collab-server, when not through the app's own origin. */
  collabUrl?: string;
  /** Absolute path; absent where there is no folder of our own. */
  dataFolder?: string;
  store: StoreSettings;
  logLevel: string;
  /** Reads length and size of uploads; they stay unknown where there is none. */
  ffprobePath: string;
  guestsPerMinute: number;
  /** What a workspace may have unless its own row says otherwise. */
  limits: { maxRunning?: number | undefined; gpuSecondsPerDay?: number | undefined };
  /** E-mails, in small letters, of accounts that may drain and resume agents and see the whole queue. */
  studioAdmins: string[];
  /** 0: a studio without render agents of its own is ready without any. */
  agentsExpected: number;
  /** Believe `X-Forwarded-*`: only behind a proxy that sets them. */
  trustProxy: boolean;
  /** Webhooks may call this machine and its network, and addresses without TLS. */
  webhooksAllowPrivate: boolean;
  /** A language model to plan with; without one, rules plan. */
  llm?: LlmSettings;
}

/** The environment is not usable; `problems` has a sentence for each thing to mend. */
export class EnvError extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(problems.join("\n"));
    this.name = "EnvError";
    this.problems = problems;
  }
}

const Variables = z.object({
  NODE_ENV: z.enum(["production", "development", "test"]).default("production"),
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  NATS_URL: z.string(),
  NATS_CREDS: z.string().optional(),
  SESSION_SECRET: z.string().min(16, "at least 16 characters"),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  COLLAB_URL: z.url({ protocol: /^wss?$/ }).optional(),
  BACKLOT_DATA: z.string().optional(),
  FFMPEG_PATH: z.string().optional(),
  FFPROBE_PATH: z.string().optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  AGENTS: z.coerce.number().int().min(0).default(0),
  GUESTS_PER_MINUTE: z.coerce.number().int().min(1).max(100_000).default(60),
  WORKSPACE_MAX_RUNNING: z.coerce.number().int().min(1).optional(),
  WORKSPACE_GPU_SECONDS_PER_DAY: z.coerce.number().int().min(0).optional(),
  STUDIO_ADMINS: z.string().default(""),
  TRUST_PROXY: z.enum(["0", "1", "true", "false"]).default("0"),
  WEBHOOKS_ALLOW_PRIVATE: z.enum(["0", "1", "true", "false"]).default("0"),
  LLM_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  LLM_MODEL: z.string().optional(),
  LLM_API_KEY: z.string().optional(),
  LLM_TIMEOUT_SECONDS: z.coerce.number().min(1).max(600).default(60),
});

/** @throws EnvError listing every problem at once */
export function loadEnv(source: Record<string, string | undefined> = process.env): AppEnv {
  const set = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const parsed = Variables.safeParse(set);
  const store = storeSettings(set);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${said(issue, set)}`);
  for (const problem of store.problems)
    if (!problems.some((known) => known.startsWith(problem.split(/[: ]/)[0] ?? ""))) problems.push(problem);
  const model = ["LLM_BASE_URL", "LLM_MODEL", "LLM_API_KEY"].filter((name) => set[name] !== undefined);
  const lacks = ["LLM_BASE_URL", "LLM_MODEL"].filter((name) => set[name] === undefined);
  if (model.length > 0 && lacks.length > 0) problems.push(`LLM is half set: ${lacks.join(", ")} missing`);
  if (!parsed.success || problems.length > 0) throw new EnvError(problems);
  const env = parsed.data;
  const publicUrl = (env.PUBLIC_URL ?? `http://127.0.0.1:${env.PORT}`).replace(/\/+$/, "");
  return {
    mode: env.NODE_ENV,
    host: env.HOST,
    port: env.PORT,
    databaseUrl: env.DATABASE_URL,
    natsUrl: env.NATS_URL,
    ...(env.NATS_CREDS === undefined ? {} : { natsCreds: env.NATS_CREDS }),
    sessionSecret: env.SESSION_SECRET,
    publicUrl,
    ...(env.COLLAB_URL === undefined ? {} : { collabUrl: env.COLLAB_URL.replace(/\/+$/, "") }),
    ...(env.BACKLOT_DATA === undefined ? {} : { dataFolder: path.resolve(env.BACKLOT_DATA) }),
    store: store.settings.s3 === undefined ? { ...store.settings, publicUrl } : store.settings,
    logLevel: env.LOG_LEVEL,
    ffprobePath: env.FFPROBE_PATH ?? env.FFMPEG_PATH?.replace(/ffmpeg(?=[^/]*$)/, "ffprobe") ?? "ffprobe",
    agentsExpected: env.AGENTS,
    guestsPerMinute: env.GUESTS_PER_MINUTE,
    limits: { maxRunning: env.WORKSPACE_MAX_RUNNING, gpuSecondsPerDay: env.WORKSPACE_GPU_SECONDS_PER_DAY },
    studioAdmins: env.STUDIO_ADMINS.split(/[\s,;]+/)
      .filter((address) => address !== "")
      .map((address) => address.toLowerCase()),
    trustProxy: env.TRUST_PROXY === "1" || env.TRUST_PROXY === "true",
    webhooksAllowPrivate: env.WEBHOOKS_ALLOW_PRIVATE === "1" || env.WEBHOOKS_ALLOW_PRIVATE === "true",
    ...(env.LLM_BASE_URL === undefined || env.LLM_MODEL === undefined
      ? {}
      : {
          llm: {
            baseUrl: env.LLM_BASE_URL.replace(/\/+$/, ""),
            model: env.LLM_MODEL,
            ...(env.LLM_API_KEY === undefined ? {} : { apiKey: env.LLM_API_KEY }),
            timeoutSeconds: env.LLM_TIMEOUT_SECONDS,
          },
        }),
  };
}

function said(issue: z.core.$ZodIssue, set: Record<string, string | undefined>): string {
  return set[String(issue.path[0])] === undefined ? "is missing" : issue.message;
}
