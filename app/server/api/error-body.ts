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

type Field = { field: string; message: string };

/** Names each field that is missing or malformed. */
export function invalidRequest(error: z.ZodError | z.core.$ZodError): StudioError {
  const sentence = sentenceOf(error.issues, []).slice(0, 1000);
  const fields = error.issues.flatMap((issue) => fieldsOf(issue, [])).slice(0, 50);
  return new StudioError("request/invalid", sentence, { details: { fields } });
}

type Issues = readonly z.core.$ZodIssue[];

function sentenceOf(issues: Issues, above: readonly PropertyKey[]): string {
  return issues.map((issue) => sayIssue(issue, above)).join("; ");
}

function sayIssue(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): string {
  const path = [...above, ...issue.path];
  // "Invalid input" alone helps nobody: each of the shapes says what it lacks.
  const shapes = shapesOf(issue);
  if (shapes.length > 0) return shapes.map((issues) => sentenceOf(issues, path)).join("; or: ");
  return path.length === 0 ? issue.message : `${path.join(".")}: ${issue.message}`;
}

function fieldsOf(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): Field[] {
  const path = [...above, ...issue.path];
  const shapes = shapesOf(issue);
  if (shapes.length > 0) return shapes.flat().flatMap((one) => fieldsOf(one, path));
  return [{ field: path.join("."), message: issue.message }];
}

function shapesOf(issue: z.core.$ZodIssue): Issues[] {
  return issue.code === "invalid_union" ? issue.errors.filter((issues) => issues.length > 0) : [];
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
