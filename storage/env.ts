import path from "node:path";
import { z } from "zod";
import type { StoreSettings } from "./asset-store.ts";

const flag = z.enum(["true", "false", "1", "0"]).transform((value) => value === "true" || value === "1");

/** The variables every process that signs or serves bytes reads the same way. */
export const storeVariables = {
  BACKLOT_DATA: z.string().optional(),
  SESSION_SECRET: z.string().min(16, "at least 16 characters").optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  S3_REGION: z.string().optional(),
  S3_BUCKET: z.string().optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  S3_FORCE_PATH_STYLE: flag.optional(),
};
const Variables = z.object(storeVariables);

const s3Names = ["S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"] as const;

/** @returns the settings of {@link openAssetStore}, and a sentence for each thing to mend */
export function storeSettings(source: Record<string, string | undefined>): {
  settings: StoreSettings;
  problems: string[];
} {
  const set = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const parsed = Variables.safeParse(set);
  if (!parsed.success)
    return { settings: {}, problems: parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`) };
  const env = parsed.data;
  const named = s3Names.filter((name) => env[name] !== undefined);
  const wantsS3 = named.length > 0 || env.S3_ENDPOINT !== undefined;
  if (wantsS3 && named.length < s3Names.length) {
    return {
      settings: {},
      problems: [`S3 is half set: ${s3Names.filter((name) => env[name] === undefined).join(", ")} missing`],
    };
  }
  if (
    wantsS3 &&
    env.S3_BUCKET !== undefined &&
    env.S3_ACCESS_KEY_ID !== undefined &&
    env.S3_SECRET_ACCESS_KEY !== undefined
  ) {
    return {
      settings: {
        s3: {
          ...(env.S3_ENDPOINT === undefined ? {} : { endpoint: env.S3_ENDPOINT }),
          region: env.S3_REGION ?? "us-east-1",
          bucket: env.S3_BUCKET,
          accessKeyId: env.S3_ACCESS_KEY_ID,
          secretAccessKey: env.S3_SECRET_ACCESS_KEY,
          forcePathStyle: env.S3_FORCE_PATH_STYLE ?? env.S3_ENDPOINT !== undefined,
        },
      },
      problems: [],
    };
  }
  const problems: string[] = [];
  if (env.BACKLOT_DATA === undefined) problems.push("BACKLOT_DATA or S3_* must say where assets are kept");
  if (env.SESSION_SECRET === undefined) problems.push("SESSION_SECRET is missing");
  return {
    settings: {
      ...(env.BACKLOT_DATA === undefined ? {} : { folder: path.resolve(env.BACKLOT_DATA, "assets") }),
      ...(env.SESSION_SECRET === undefined ? {} : { secret: env.SESSION_SECRET }),
      publicUrl: (env.PUBLIC_URL ?? "http://127.0.0.1:3000").replace(/\/+$/, ""),
    },
    problems,
  };
}
