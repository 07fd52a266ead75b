import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";

const types: Record<string, string> = {
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".mp4": "video/mp4",
  ".wav": "audio/wav",
};

/** Serves the built client: names under `/assets` hold a hash, so they never change; the rest is asked for again. */
export async function serveStatic(folder: string, request: Request): Promise<Response | null> {
  if (request.method !== "GET" && request.method !== "HEAD") return null;
  const name = decodePath(new URL(request.url).pathname);
  if (name === null || name.endsWith("/") || name.split("/").some((part) => part.startsWith("."))) return null;
  const file = path.join(folder, name);
  if (!file.startsWith(folder + path.sep)) return null;
  const found = await stat(file).catch(() => null);
  if (found === null || !found.isFile()) return null;
  const etag = `"${found.size.toString(36)}-${Math.trunc(found.mtimeMs).toString(36)}"`;
  const headers = new Headers({
    "content-type": types[path.extname(file)] ?? "application/octet-stream",
    "content-length": String(found.size),
    "cache-control": name.startsWith("/assets/")
      ? "public, max-age=31536000, immutable"
      : "public, max-age=0, must-revalidate",
    etag,
  });
  if (request.headers.get("if-none-match") === etag) {
    headers.delete("content-length");
    return new Response(null, { status: 304, headers });
  }
  if (request.method === "HEAD") return new Response(null, { headers });
  return new Response(Readable.toWeb(createReadStream(file)) as unknown as ReadableStream<Uint8Array>, { headers });
}

function decodePath(pathname: string): string | null {
  try {
    const name = decodeURIComponent(pathname);
    return name.includes("\0") ? null : name;
  } catch {
    return null;
  }
}
