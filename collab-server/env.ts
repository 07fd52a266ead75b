import { z } from "zod";

const Variables = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  NATS_URL: z.string(),
  NATS_CREDS: z.string().optional(),
  SESSION_SECRET: z.string().min(16, "at least 16 characters"),
  /** 0 takes a free one. */
  COLLAB_PORT: z.coerce.number().int().min(0).max(65_535).default(3001),
  /** Where `/metrics` and the whole `/healthz` are served besides; keep it off the public network. */
  COLLAB_METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  HOST: z.string().default("127.0.0.1"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal"]).default("info"),
});
export type Env = z.infer<typeof Variables>;

/** Reads what the process needs, or says everything that is wrong with it and ends the process. */
export function loadEnv(source: Record<string, string | undefined> = process.env): Env {
  const set = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const parsed = Variables.safeParse(set);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) process.stderr.write(`${issue.path.join(".")}: ${issue.message}\n`);
  return process.exit(1);
}
