import { Hono } from "hono";
import { StudioError } from "#domain/errors.ts";
import { serveDiskStore } from "#storage/disk-http.ts";
import type { DiskStore } from "#storage/disk.ts";
import type { AssetStore } from "#storage/asset-store.ts";
import { answerError } from "./api/error-body.ts";
import { createApi } from "./api/v1.ts";
import type { PagesHandler } from "./pages-handler.ts";
import { askReadiness } from "./readiness.ts";
import { isSameOrigin } from "./request-origin.ts";
import { secureHeaders } from "./security-headers.ts";
import type { StudioParts } from "./studio-parts.ts";

/** Everything the app answers, in order: health, sign-in, the API, bytes of the disk store, pages. */
export function createStudioApp(parts: StudioParts, pages: PagesHandler): Hono {
  const app = new Hono();
  app.use("*", async (c, next) => {
    await next();
    secureHeaders(c.res.headers);
  });
  app.onError((error, c) => answerError(c, error, parts.log));

  app.get("/healthz", (c) => c.json({ status: "ok" }));
  app.get("/readyz", async (c) => {
    const readiness = await askReadiness(parts);
    return c.json(readiness, readiness.status === "ok" ? 200 : 503);
  });

  for (const path of ["/auth/*", "/v1/*"]) {
    app.use(path, async (c, next) => {
      // A token has to be put there on purpose; a cookie comes along by itself, also from a stranger's page.
      const byCookie = c.req.header("cookie") !== undefined && c.req.header("authorization") === undefined;
      const signsIn = path === "/auth/*" || c.req.path === "/v1/guests";
      const fromBrowser = c.req.header("origin") !== undefined || c.req.header("sec-fetch-site") !== undefined;
      if ((byCookie || (signsIn && fromBrowser)) && !isSameOrigin(c.req.raw, parts.env)) {
        throw new StudioError("auth/forbidden", "This request came from another site.");
      }
      await next();
    });
  }
  // Guests come in by `/v1/guests`, with a name and a workspace.
  app.all("/auth/sign-in/anonymous", (c) =>
    c.json({ error: { code: "thing/not-found", message: "Guests come in by POST /v1/guests." } }, 404),
  );
  app.all("/auth/delete-anonymous-user", (c) =>
    c.json({ error: { code: "thing/not-found", message: "There is no such route." } }, 404),
  );
  app.on(["GET", "POST"], "/auth/*", (c) => parts.auth.handle(c.req.raw));

  app.route("/v1", createApi(parts));
  // What the API does not know must not fall through to the pages.
  for (const path of ["/v1", "/v1/*"]) {
    app.all(path, (c) => {
      throw new StudioError(
        "thing/not-found",
        `There is no ${c.req.method} ${c.req.path}. The routes are described at /v1/openapi.json.`,
      );
    });
  }

  app.all("/storage/*", (c) => {
    const { store } = parts;
    if (!isDisk(store)) throw new StudioError("thing/not-found", "Bytes are kept elsewhere.");
    return serveDiskStore(store, c.req.raw);
  });

  app.all("*", (c) => pages(c.req.raw));
  return app;
}

function isDisk(store: AssetStore): store is DiskStore {
  return store.kind === "disk";
}
