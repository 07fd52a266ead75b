import { StudioError } from "#domain/errors.ts";
import { idempotency } from "../idempotency.ts";
import { tooLarge } from "../services/screenplay-text.ts";
import type { StudioParts } from "../studio-parts.ts";
import { agentRoutes } from "./agents.ts";
import { createApiRouter, type Api } from "./api.ts";
import { assetRoutes } from "./assets.ts";
import { bodyLimit } from "./body-limit.ts";
import { answerError } from "./error-body.ts";
import { elementRoutes } from "./elements.ts";
import { episodeRoutes } from "./episodes.ts";
import { estimateRoutes } from "./estimate.ts";
import { eventRoutes } from "./events.ts";
import { exportRoutes } from "./exports.ts";
import { generateRoutes } from "./generate.ts";
import { generationControlRoutes } from "./generation-control.ts";
import { generationRoutes } from "./generations.ts";
import { guestRoutes } from "./guests.ts";
import { inviteRoutes } from "./invites.ts";
import { jobRoutes } from "./jobs.ts";
import { libraryElementRoutes } from "./library-elements.ts";
import { meRoutes } from "./me.ts";
import { describeApi } from "./openapi.ts";
import { pictureRoutes } from "./pictures.ts";
import { projectRoutes } from "./projects.ts";
import { runRoutes } from "./runs.ts";
import { queueRoutes } from "./queue.ts";
import { screenplayRoutes } from "./screenplay.ts";
import { staleRoutes } from "./stale.ts";
import { storyboardAcceptRoutes } from "./storyboard-accept.ts";
import { storyboardFileRoutes } from "./storyboard-files.ts";
import { storyboardRoutes } from "./storyboard.ts";
import { takeRoutes } from "./takes.ts";
import { ticketRoutes } from "./tickets.ts";
import { timelineRoutes } from "./timeline.ts";
import { tokenRoutes } from "./tokens.ts";
import { viewerRoutes } from "./viewer.ts";
import { webhookRoutes } from "./webhooks.ts";
import { workspaceRoutes } from "./workspaces.ts";
import { worldRoutes } from "./worlds.ts";

const megabyte = 1_000_000;

/** The public API, one file per noun. What it describes in `/v1/openapi.json` is what the handlers parse with. */
export function createApi(parts: StudioParts): Api {
  const api = createApiRouter();
  api.use("*", async (c, next) => {
    c.set("caller", await parts.auth.whoAsks(c.req.raw.headers));
    c.header("Cache-Control", "private, no-store");
    await next();
  });
  const screenplayLimit = bodyLimit(2 * megabyte, tooLarge);
  const importLimit = bodyLimit(
    20 * megabyte,
    () => new StudioError("request/too-large", "The file is larger than 20 MB. Is it the script?"),
  );
  // What is no text in there is said in the words for screenplays; nothing of it is kept.
  const textLimit = bodyLimit(5 * megabyte, tooLarge, () => undefined);
  const usualLimit = bodyLimit(
    10 * megabyte,
    () => new StudioError("request/too-large", "The body is larger than 10 MB."),
  );
  api.use("*", (c, next) => {
    if (c.req.method === "GET") return next();
    if (c.req.path.endsWith("/screenplay/import")) return importLimit(c, next);
    if (c.req.path.endsWith("/screenplay")) return screenplayLimit(c, next);
    return /\/storyboard\/(ai-)?parse$/.test(c.req.path) ? textLimit(c, next) : usualLimit(c, next);
  });
  api.use("*", idempotency(parts));

  for (const routes of nouns) routes(api, parts);

  api.openAPIRegistry.registerComponent("securitySchemes", "bearer", { type: "http", scheme: "bearer" });
  api.openAPIRegistry.registerComponent("securitySchemes", "session", {
    type: "apiKey",
    in: "cookie",
    name: "backlot.session_token",
  });
  let description: ReturnType<typeof describeApi> | undefined;
  api.get("/openapi.json", (c) => c.json((description ??= describeApi(api))));
  api.onError((error, c) => answerError(c, error, parts.log));
  return api;
}

const nouns: ((api: Api, parts: StudioParts) => void)[] = [
  guestRoutes,
  meRoutes,
  workspaceRoutes,
  inviteRoutes,
  projectRoutes,
  ticketRoutes,
  screenplayRoutes,
  storyboardRoutes,
  storyboardFileRoutes,
  storyboardAcceptRoutes,
  elementRoutes,
  libraryElementRoutes,
  generateRoutes,
  estimateRoutes,
  staleRoutes,
  timelineRoutes,
  jobRoutes,
  queueRoutes,
  runRoutes,
  eventRoutes,
  takeRoutes,
  assetRoutes,
  exportRoutes,
  generationRoutes,
  generationControlRoutes,
  viewerRoutes,
  episodeRoutes,
  worldRoutes,
  agentRoutes,
  tokenRoutes,
  webhookRoutes,
  pictureRoutes,
];
