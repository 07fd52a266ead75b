import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import type { ReadableStream as NodeStream } from "node:stream/web";
import { contentTypeFor } from "#domain/assets/content-types.ts";
import { StudioError } from "#domain/errors.ts";
import type { DiskStore } from "./disk.ts";
import { type DiskGrant, verifyDiskUrl } from "./disk-urls.ts";

/**
 * Answers `/storage/<key>?…`: PUT, GET (one range) and HEAD, each only with a signature for it.
 * @throws StudioError for the caller to turn into a status
 */
export async function serveDiskStore(store: DiskStore, request: Request): Promise<Response> {
  const grant = verifyDiskUrl(store.secret, new URL(request.url), Date.now());
  if (request.method === "PUT" && grant.op === "put") return takeIn(store, request, grant);
  if ((request.method === "GET" || request.method === "HEAD") && grant.op === "get")
    return giveOut(store, request, grant);
  throw new StudioError("auth/forbidden", `This link does not allow ${request.method}.`);
}

async function takeIn(store: DiskStore, request: Request, grant: DiskGrant & { op: "put" }): Promise<Response> {
  const type = request.headers.get("content-type");
  if (type !== grant.type)
    throw new StudioError(
      "asset/type-mismatch",
      `This link takes ${grant.type}, not ${type ?? "bytes without a type"}.`,
    );
  const length = request.headers.get("content-length");
  if (length !== null && Number(length) > grant.bytes) {
    throw new StudioError("asset/too-large", `This link takes ${grant.bytes} bytes, not ${length}.`);
  }
  // A web stream here and node's own have two names for one thing.
  const body = request.body === null ? Readable.from([]) : Readable.fromWeb(request.body as unknown as NodeStream);
  const promise = { bytes: grant.bytes, ...(grant.sha256 === undefined ? {} : { sha256: grant.sha256 }) };
  try {
    await store.writeStream(grant.key, body, promise);
  } catch (error) {
    if (error instanceof StudioError) throw error;
    throw new StudioError("asset/incomplete", "The upload broke off. Send the file again.", { cause: error });
  }
  return new Response(null, { status: 200 });
}

async function giveOut(store: DiskStore, request: Request, grant: DiskGrant & { op: "get" }): Promise<Response> {
  const file = store.fileOf(grant.key);
  const found = await stat(file).catch(() => null);
  if (found === null || !found.isFile()) throw new StudioError("thing/not-found", "These bytes are not in the store.");
  // A key names its bytes, so the key is as good a tag as a hash.
  const etag = `"${path.basename(grant.key)}-${found.size}"`;
  const headers = new Headers({
    "content-type": grant.type ?? contentTypeFor(path.extname(file).slice(1)),
    "accept-ranges": "bytes",
    "cache-control": "private, max-age=31536000, immutable",
    etag,
    "x-content-type-options": "nosniff",
    "content-security-policy":
      "default-src 'none'; media-src 'self'; img-src 'self'; style-src 'unsafe-inline'; sandbox",
    "content-disposition":
      grant.name === undefined ? "inline" : `attachment; filename*=UTF-8''${encodeURIComponent(grant.name)}`,
  });
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
  const asked = request.headers.get("if-range");
  const range = asked === null || asked === etag ? readRange(request.headers.get("range"), found.size) : "all";
  if (range === "none") {
    headers.set("content-range", `bytes */${found.size}`);
    return new Response(null, { status: 416, headers });
  }
  const [from, to] = range === "all" ? [0, found.size - 1] : range;
  if (range !== "all") headers.set("content-range", `bytes ${from}-${to}/${found.size}`);
  headers.set("content-length", String(Math.max(0, to - from + 1)));
  const status = range === "all" ? 200 : 206;
  if (request.method === "HEAD" || found.size === 0) return new Response(null, { status, headers });
  const stream = Readable.toWeb(createReadStream(file, { start: from, end: to }));
  return new Response(stream as unknown as ReadableStream<Uint8Array>, { status, headers });
}

/** @returns first and last byte; `all` when there is no range we read; `none` when it lies outside */
export function readRange(header: string | null, size: number): [from: number, to: number] | "all" | "none" {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "");
  if (match === null || (match[1] === "" && match[2] === "")) return "all";
  const [, first = "", last = ""] = match;
  if (first === "") {
    const tail = Math.min(Number(last), size);
    return tail === 0 ? "none" : [size - tail, size - 1];
  }
  const from = Number(first);
  const to = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (from >= size) return "none";
  return from > to ? "all" : [from, to];
}
