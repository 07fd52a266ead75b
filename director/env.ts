import { z } from "zod";
import type { StoreSettings } from "#storage/asset-store.ts";
import { storeSettings } from "#storage/env.ts";

export type DirectorEnv = {
  databaseUrl: string;
  natsUrl: string;
  natsCreds?: string;
  /** How long an agent may be silent before its job goes to another. */
  leaseSeconds: number;
  store: StoreSettings;
  /** What a workspace may have unless its own row says otherwise. */
  limits: { maxRunning?: number | undefined; gpuSecondsPerDay?: number | undefined };
  /** Opens webhooks' secrets; without it no webhook is sent. */
  sessionSecret?: string;
  /** Webhooks may call this machine and its network, and addresses without TLS. */
  webhooksAllowPrivate: boolean;
  logLevel: string;
};

const Variables = z.object({
  DATABASE_URL: z.string().min(1, "is missing"),
  NATS_URL: z.string().default("nats://127.0.0.1:4222"),
  NATS_CREDS: z.string().optional(),
  LEASE_SECONDS: z.coerce.number().min(1).max(600).default(30),
  WORKSPACE_MAX_RUNNING: z.coerce.number().int().min(1).optional(),
  WORKSPACE_GPU_SECONDS_PER_DAY: z.coerce.number().int().min(0).optional(),
  SESSION_SECRET: z.string().min(16, "at least 16 characters").optional(),
  WEBHOOKS_ALLOW_PRIVATE: z.enum(["0", "1", "true", "false"]).default("0"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
});

/** @throws Error listing every problem */
export function loadEnv(source: NodeJS.ProcessEnv = process.env): DirectorEnv {
  const set = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const parsed = Variables.safeParse(set);
  const store = storeSettings(set);
  const problems = [
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`)),
    ...store.problems,
  ];
  if (!parsed.success || problems.length > 0) throw new Error(problems.join("\n"));
  const env = parsed.data;
  return {
    databaseUrl: env.DATABASE_URL,
    natsUrl: env.NATS_URL,
    ...(env.NATS_CREDS === undefined ? {} : { natsCreds: env.NATS_CREDS }),
    leaseSeconds: env.LEASE_SECONDS,
    store: store.settings,
    limits: { maxRunning: env.WORKSPACE_MAX_RUNNING, gpuSecondsPerDay: env.WORKSPACE_GPU_SECONDS_PER_DAY },
    ...(env.SESSION_SECRET === undefined ? {} : { sessionSecret: env.SESSION_SECRET }),
    webhooksAllowPrivate: env.WEBHOOKS_ALLOW_PRIVATE === "1" || env.WEBHOOKS_ALLOW_PRIVATE === "true",
    logLevel: env.LOG_LEVEL,
  };
}
