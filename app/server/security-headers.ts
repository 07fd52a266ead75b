import { createHash } from "node:crypto";

/** Where a page may go beyond its own origin: the bucket and a collab-server elsewhere. */
export interface OutsideOrigins {
  collabUrl?: string | undefined;
  s3Endpoint?: string | undefined;
}

/**
 * What the browser may load for a page. Inline scripts are those the server itself wrote into this page, by their
 * hashes: React escapes all else, and what is injected later does not run.
 * @param inlineScripts the text of each
 * @param options.wasm whether the page unpacks models, which is done in WebAssembly
 */
export function contentSecurityPolicy(
  inlineScripts: readonly string[],
  outside: OutsideOrigins,
  { wasm = false }: { wasm?: boolean } = {},
): string {
  const hashes = inlineScripts.map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);
  const bucket =
    outside.s3Endpoint === undefined ? "" : ` ${new URL(outside.s3Endpoint).origin} ${bucketHosts(outside.s3Endpoint)}`;
  const collab =
    outside.collabUrl === undefined
      ? ""
      : ` ${new URL(outside.collabUrl).origin.replace(/^http/, "ws")} ${outside.collabUrl}`;
  return [
    "default-src 'self'",
    ["script-src 'self'", ...(wasm ? ["'wasm-unsafe-eval'"] : []), ...new Set(hashes)].join(" "),
    // Radix, CodeMirror and drag layers set styles from script.
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob:${bucket}`,
    `media-src 'self' data: blob:${bucket}`,
    "font-src 'self' data:",
    // Older browsers do not take 'self' for WebSockets.
    `connect-src 'self' ws: wss: blob: data:${bucket}${collab}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The text of every inline script of a page. */
export function inlineScriptsOf(html: string): string[] {
  const found: string[] = [];
  for (const match of html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)) {
    if (!/\ssrc\s*=/i.test(match[1] ?? "")) found.push(match[2] ?? "");
  }
  return found;
}

export function secureHeaders(headers: Headers): void {
  headers.set("x-content-type-options", "nosniff");
  // A page whose address is a key says less.
  if (!headers.has("referrer-policy")) headers.set("referrer-policy", "same-origin");
  headers.set("x-frame-options", "DENY");
  headers.set("cross-origin-opener-policy", "same-origin");
  headers.set("permissions-policy", "camera=(), geolocation=(), payment=()");
}

function bucketHosts(endpoint: string): string {
  const { protocol, host } = new URL(endpoint);
  return `${protocol}//*.${host}`;
}
