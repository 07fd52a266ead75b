import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { createRequestHandler, type ServerBuild } from "@remix-run/node";
import type { StudioPages } from "./load-context.ts";
import { contentSecurityPolicy, inlineScriptsOf, type OutsideOrigins } from "./security-headers.ts";
import { serveStatic } from "./static-files.ts";

export type PagesHandler = (request: Request) => Promise<Response>;

/**
 * Pages from the built client and server of Remix.
 * @param root the folder that holds `build/` and `public/`
 */
export async function openBuiltPages(root: string, pages: StudioPages, outside: OutsideOrigins): Promise<PagesHandler> {
  const serverFile = path.join(root, "build/server/index.js");
  const clientFolder = path.join(root, "build/client");
  if (!existsSync(serverFile)) {
    return async () =>
      new Response("The pages of this studio are not built. Run: npm start\n", {
        status: 503,
        headers: { "content-type": "text/plain" },
      });
  }
  const build = (await import(pathToFileURL(serverFile).href)) as ServerBuild;
  const render = createRequestHandler(build, "production");
  return async (request) =>
    (await serveStatic(clientFolder, request)) ??
    withPolicy(await render(request, { pages }), outside, { wasm: unpacksModels(request) });
}

/** The viewer's page is opened by its address alone, so that its policy is its own. */
const unpacksModels = (request: Request) => new URL(request.url).pathname.startsWith("/view/");

/** Reads a page whole, because its policy names the hashes of the scripts in it. Data and redirects pass as they are. */
export async function withPolicy(
  response: Response,
  outside: OutsideOrigins,
  options: { wasm?: boolean } = {},
): Promise<Response> {
  if (response.headers.get("content-type")?.startsWith("text/html") !== true) return response;
  const html = await response.text();
  const headers = new Headers(response.headers);
  headers.set("content-security-policy", contentSecurityPolicy(inlineScriptsOf(html), outside, options));
  // A page says who is looking; nobody between may keep it.
  if (!headers.has("cache-control")) headers.set("cache-control", "private, no-store");
  return new Response(html, { status: response.status, statusText: response.statusText, headers });
}
