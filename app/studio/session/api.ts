/**
 * The studio's way to `/v1`: JSON in and out under the session cookie. Every failure is a `StudioError` whose
 * message is a sentence for people, the server's own where it sent one.
 */
import { z } from "zod";
import { errorCodes, StudioError, type ErrorCode } from "#domain/errors.ts";

const ErrorBody = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.unknown().optional() }),
});
/** better-auth answers in its own words. */
const AuthErrorBody = z.object({ message: z.string() });

export const api = {
  get: <T = unknown>(path: string) => ask<T>("GET", path),
  post: <T = unknown>(path: string, body?: unknown, signal?: AbortSignal) => ask<T>("POST", path, body ?? {}, signal),
  put: <T = unknown>(path: string, body?: unknown) => ask<T>("PUT", path, body),
  patch: <T = unknown>(path: string, body?: unknown) => ask<T>("PATCH", path, body),
  delete: <T = unknown>(path: string) => ask<T>("DELETE", path),
};

/** Sends a file as it is. */
export async function postBytes<T = unknown>(path: string, bytes: Blob): Promise<T> {
  return readAnswer<T>(
    await send(path, {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/octet-stream" },
      body: bytes,
    }),
  );
}

/** A file that the studio makes; its name is the server's. */
export async function getFile(path: string): Promise<{ bytes: Blob; name: string; headers: Headers }> {
  const response = await send(path, { method: "GET" });
  if (!response.ok) await readAnswer(response);
  const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("content-disposition") ?? "")?.[1];
  return {
    bytes: await response.blob(),
    name: name === undefined ? "file" : decodeURIComponent(name),
    headers: response.headers,
  };
}

async function ask<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const isText = typeof body === "string";
  const init: RequestInit = { method, headers: { accept: "application/json" }, ...(signal ? { signal } : {}) };
  if (body !== undefined) {
    init.headers = { ...init.headers, "content-type": isText ? "text/plain; charset=utf-8" : "application/json" };
    init.body = isText ? body : JSON.stringify(body);
  }
  return readAnswer<T>(await send(path, init));
}

function send(path: string, init: RequestInit): Promise<Response> {
  return fetch(path, { ...init, credentials: "same-origin" }).catch((cause: unknown) => {
    throw new StudioError("service/unavailable", "The studio can't be reached right now. Check your connection.", {
      cause,
    });
  });
}

async function readAnswer<T>(response: Response): Promise<T> {
  const text = await response.text();
  const parsed = text === "" ? null : readJson(text);
  if (response.ok) return parsed as T;
  throw errorOf(response.status, parsed);
}

/** The items of a list answer, whatever the list is called. */
export function itemsOf(answer: unknown, name: string): unknown[] {
  if (Array.isArray(answer)) return answer;
  const list: unknown =
    typeof answer === "object" && answer !== null ? (Reflect.get(answer, name) ?? Reflect.get(answer, "items")) : null;
  return Array.isArray(list) ? list : [];
}

const Next = z.object({ cursor: z.string().optional() });

/** Every item of a list, page by page. @param path  of the list, without a query */
export async function everyItemOf(path: string, name: string): Promise<unknown[]> {
  const items: unknown[] = [];
  let cursor: string | undefined;
  do {
    const query: string = cursor === undefined ? "?limit=200" : `?limit=200&cursor=${encodeURIComponent(cursor)}`;
    const answer: unknown = await api.get(path + query);
    items.push(...itemsOf(answer, name));
    cursor = Next.safeParse(answer).data?.cursor;
  } while (cursor !== undefined && items.length < 5000);
  return items;
}

/** The sentence to show for anything that was thrown. */
export function sentenceOf(error: unknown): string {
  return error instanceof StudioError ? error.message : "Something went wrong on our side. Try again.";
}

function errorOf(status: number, body: unknown): StudioError {
  const ours = ErrorBody.safeParse(body);
  if (ours.success) {
    const { code, message, details } = ours.data.error;
    return new StudioError(isErrorCode(code) ? code : codeOfStatus(status), message, { details });
  }
  const theirs = AuthErrorBody.safeParse(body);
  const message = theirs.success ? theirs.data.message : `The studio answered with an error (${status}).`;
  return new StudioError(codeOfStatus(status), message);
}

function codeOfStatus(status: number): ErrorCode {
  if (status === 401) return "auth/required";
  if (status === 403) return "auth/forbidden";
  if (status === 404) return "thing/not-found";
  if (status === 429) return "rate/limited";
  if (status === 503) return "service/unavailable";
  return status < 500 ? "request/invalid" : "internal/unexpected";
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
