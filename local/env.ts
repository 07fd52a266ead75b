import path from "node:path";
import { z } from "zod";

/**
 * What the person told the studio through the environment. A variable that is set but empty counts as not set, as in
 * an `.env` file with the values left out.
 */
export type Settings = {
  port: number;
  host: string;
  /** Absolute path. */
  dataFolder: string;
  publicUrl: string;
  agents: number;
  logLevel: string;
  /** Absent: we start our own. */
  databaseUrl?: string;
  natsUrl?: string;
  sessionSecret?: string;
  natsServerPath: string;
  /** Everything the person set and the parts may need, by name: `S3_*`, `LLM_*`, … */
  passedOn: Record<string, string>;
};

const fields = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  HOST: z.string().default("127.0.0.1"),
  BACKLOT_DATA: z.string().default(".backlot"),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  SESSION_SECRET: z.string().min(16, "at least 16 characters").optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  NATS_URL: z.string().optional(),
  NATS_CREDS: z.string().optional(),
  AGENTS: z.coerce.number().int().min(0).max(64).default(1),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal"]).default("info"),
  NATS_SERVER_PATH: z.string().default("nats-server"),
  S3_FORCE_PATH_STYLE: z.enum(["true", "false", "1", "0"]).optional(),
  COLLAB_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
});

/** Variables that mean nothing alone: when one of `any` is set, all of `all` must be. */
const groups: { name: string; any: string[]; all: string[] }[] = [
  {
    name: "S3",
    any: ["S3_ENDPOINT", "S3_REGION", "S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"],
    all: ["S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"],
  },
  { name: "LLM", any: ["LLM_BASE_URL", "LLM_API_KEY", "LLM_MODEL"], all: ["LLM_BASE_URL", "LLM_MODEL"] },
  { name: "NATS", any: ["NATS_CREDS"], all: ["NATS_URL"] },
  { name: "LIVEBLOCKS", any: ["LIVEBLOCKS_BASE_URL"], all: ["LIVEBLOCKS_SECRET_KEY"] },
];

/** The environment is not usable; `problems` has a sentence for each thing to mend. */
export class SettingsError extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(problems.join("\n"));
    this.name = "SettingsError";
    this.problems = problems;
  }
}

/** @throws SettingsError listing every problem at once */
export function readSettings(source: Record<string, string | undefined> = process.env): Settings {
  const set = Object.fromEntries(Object.entries(source).filter((entry): entry is [string, string] => isSet(entry[1])));
  const parsed = fields.safeParse(set);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  for (const group of groups) {
    const missing = group.all.filter((name) => set[name] === undefined);
    const present = group.any.filter((name) => set[name] !== undefined);
    if (present.length > 0 && missing.length > 0) {
      problems.push(`${present.join(", ")} ${present.length > 1 ? "are" : "is"} set, but ${missing.join(" and ")} not`);
    }
  }
  if (!parsed.success || problems.length > 0) throw new SettingsError(problems);
  const env = parsed.data;
  return {
    port: env.PORT,
    host: env.HOST,
    dataFolder: path.resolve(env.BACKLOT_DATA),
    publicUrl: (env.PUBLIC_URL ?? `http://127.0.0.1:${env.PORT}`).replace(/\/+$/, ""),
    agents: env.AGENTS,
    logLevel: env.LOG_LEVEL,
    ...(env.DATABASE_URL === undefined ? {} : { databaseUrl: env.DATABASE_URL }),
    ...(env.NATS_URL === undefined ? {} : { natsUrl: env.NATS_URL }),
    ...(env.SESSION_SECRET === undefined ? {} : { sessionSecret: env.SESSION_SECRET }),
    natsServerPath: env.NATS_SERVER_PATH,
    passedOn: set,
  };
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== "";
}
