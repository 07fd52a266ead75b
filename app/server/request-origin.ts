/**
 * The studio answers under any name that leads to it: 127.0.0.1, localhost, a name of the local network, a domain.
 * What a link or a socket address should say is therefore read from each request.
 */
export interface OriginRules {
  publicUrl: string;
}

/**
 * `X-Forwarded-*` are believed here: `http-server.ts` has taken them away where nobody trustworthy set them.
 * @returns e.g. `http://192.168.1.20:3000`: the origin this request came to, as its browser sees it
 */
export function originOf(request: { url: string; headers: Headers }, rules: OriginRules): string {
  const { headers } = request;
  const forwardedProtocol = headers.get("x-forwarded-proto");
  const host = headers.get("x-forwarded-host") ?? headers.get("host") ?? new URL(request.url).host;
  const known = new URL(rules.publicUrl);
  const own = host === known.host ? known.protocol : new URL(request.url).protocol;
  const protocol = forwardedProtocol === null ? own : `${forwardedProtocol.split(",")[0]!.trim()}:`;
  try {
    return new URL(`${protocol}//${host}`).origin;
  } catch {
    return known.origin;
  }
}

/** `http` becomes `ws`, `https` becomes `wss`. */
export function socketOrigin(origin: string): string {
  return origin.replace(/^http/, "ws");
}

const harmless = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a request that carries a cookie may change something: only when a page of this very origin sent it.
 * Programs send neither header with a cookie's name on it; a browser always sends at least one.
 */
export function isSameOrigin(request: Request, rules: OriginRules): boolean {
  if (harmless.has(request.method)) return true;
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  if (site !== null && site !== "same-origin") return false;
  if (origin === null) return site === "same-origin";
  if (origin === "null") return false;
  // Same host and port suffices: behind a proxy that ends TLS the protocol here is another one.
  return hostOf(origin) === hostOf(originOf(request, rules));
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}
