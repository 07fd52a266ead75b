import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import { errorCodes, StudioError } from "#domain/errors.ts";
import type { Logger } from "pino";

/** Every error of the API has this body. */
export const ErrorBody = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.unknown().optional() }),
});
export type ErrorBody = z.infer<typeof ErrorBody>;

/** Names each field that is missing or malformed. */
export function invalidRequest(error: z.ZodError | z.core.$ZodError): StudioError {
  const fields = error.issues.map((issue) => ({ field: issue.path.join("."), message: issue.message }));
  const sentence = fields.map(({ field, message }) => (field === "" ? message : `${field}: ${message}`)).join("; ");
  return new StudioError("request/invalid", sentence.slice(0, 1000), { details: { fields: fields.slice(0, 50) } });
}

/** The one place where a code becomes a status. */
export function answerError(c: Context, error: unknown, log: Logger): Response {
  const known = asStudioError(error);
  if (known === null) log.error({ err: error, path: c.req.path, method: c.req.method }, "a request failed");
  const { code, message, details } =
    known ?? new StudioError("internal/unexpected", "Something went wrong on our side. Try again.");
  const body: ErrorBody = { error: { code, message, ...(details === undefined ? {} : { details }) } };
  const retryAfter = (details as { retryAfterSeconds?: unknown } | undefined)?.retryAfterSeconds;
  if (typeof retryAfter === "number") c.header("Retry-After", String(retryAfter));
  return c.json(body, errorCodes[code].status as ContentfulStatusCode);
}

function asStudioError(error: unknown): StudioError | null {
  if (error instanceof StudioError) return error;
  if (error instanceof z.ZodError) return null;
  // Hono's own: malformed JSON, mostly.
  const status = (error as { status?: unknown }).status;
  if (status === 400) return new StudioError("request/invalid", "The body is not valid JSON.");
  if (status === 415) return new StudioError("request/not-json", "Send JSON, with Content-Type: application/json.");
  if (isRefusedValue(error))
    return new StudioError("request/invalid", "The request holds a value that cannot be kept or looked up.");
  return null;
}

/** Postgres says of a value that it is none of its type: only what was sent can be wrong then. */
const valueCodes = new Set(["22003", "22007", "22008", "22021", "22P02", "22P05"]);

function isRefusedValue(error: unknown): boolean {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === "string" && valueCodes.has(code)) return true;
  return cause instanceof Error && isRefusedValue(cause);
}
