import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createRequestHandler, type ServerBuild } from "@remix-run/node";
import type { StudioPages } from "./load-context.ts";
import type { PagesHandler } from "./pages-handler.ts";

export interface DevPages {
  /** Vite's own answers: modules, live reload. */
  before: (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
  render: PagesHandler;
  close(): Promise<void>;
}

/** Pages straight from the sources, with live reload. Only development loads this file, and Vite with it. */
export async function openDevPages(root: string, pages: StudioPages, server: Server): Promise<DevPages> {
  const { createServer } = await import("vite");
  const vite = await createServer({
    root,
    server: { middlewareMode: true, hmr: { server } },
    appType: "custom",
  });
  return {
    before: (request, response, next) => {
      const isOurs = /^\/(v1|auth|storage|healthz|readyz)(\/|\?|$)/.test(request.url ?? "/");
      if (isOurs) next();
      else vite.middlewares(request, response, next);
    },
    render: async (request) => {
      const build = (await vite.ssrLoadModule("virtual:remix/server-build")) as unknown as ServerBuild;
      return createRequestHandler(build, "development")(request, { pages });
    },
    close: () => vite.close(),
  };
}
