import { OpenAPIHono, type RouteConfig } from "@hono/zod-openapi";
import type { Context } from "hono";
import { z } from "zod";
import { needCaller } from "../access.ts";
import type { Caller } from "../auth.ts";
import { ErrorBody, invalidRequest } from "./error-body.ts";

export type ApiEnv = { Variables: { caller: Caller | null } };
export type Api = OpenAPIHono<ApiEnv>;

export function createApiRouter(): Api {
  return new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (!result.success) throw invalidRequest(result.error);
    },
  });
}

/** Who asks. @throws StudioError "auth/required" */
export function callerIn(c: Context<ApiEnv>): Caller {
  return needCaller(c.get("caller"));
}

export const anError = {
  description: "An error with a code and a sentence",
  content: { "application/json": { schema: ErrorBody } },
} as const;

/** An answer in JSON, as the OpenAPI document describes it; errors are the same for every route. */
export function answers<S extends z.ZodType, Status extends 200 | 201 | 202>(
  status: Status,
  schema: S,
  description: string,
) {
  return {
    [status]: { description, content: { "application/json": { schema } } },
    default: anError,
  } as Record<Status, { description: string; content: { "application/json": { schema: S } } }>;
}

export function jsonBody<S extends z.ZodType>(schema: S) {
  return { body: { required: true, content: { "application/json": { schema } } } } as const;
}

/** For bodies whose every field has a default: sending none is fine. */
export function optionalBody<S extends z.ZodType>(schema: S) {
  return { body: { required: false, content: { "application/json": { schema } } } } as const;
}

export const ById = z.object({ id: z.string().min(1).max(64) });
export const Done = z.object({ ok: z.literal(true) });

export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(300).optional(),
});

export const security: NonNullable<RouteConfig["security"]> = [{ bearer: [] }, { session: [] }];
