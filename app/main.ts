/** The app process: reads its environment, builds its parts, answers HTTP, stops in order. */
import { createServer } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import pino from "pino";
import { openAgents } from "#bus/agents.ts";
import { connectBus } from "#bus/connection.ts";
import { openDb } from "#db/client.ts";
import { forgetOldKeys } from "#db/queries/idempotency.ts";
import { setStudioLimits } from "#db/queries/quota.ts";
import { migrate } from "#db/migrate.ts";
import { openAssetStore } from "#storage/asset-store.ts";
import { EnvError, loadEnv, type AppEnv } from "./env.ts";
import { createAuth } from "./server/auth.ts";
import { listen } from "./server/http-server.ts";
import { keepOwnerToken } from "./server/machine-owner.ts";
import { openBuiltPages } from "./server/pages-handler.ts";
import { logError } from "./server/log-errors.ts";
import { createRateLimit } from "./server/rate-limit.ts";
import { announceAccess } from "./server/services/access-news.ts";
import { modelTurnsPerMinute } from "./server/services/model-turns.ts";
import { createStudioApp } from "./server/studio-app.ts";
import { createStudioPages } from "./server/studio-pages.ts";
import { invitesPerMinute } from "./server/services/invite-card.ts";
import { viewsPerMinute } from "./server/services/viewer-links.ts";
import type { StudioParts } from "./server/studio-parts.ts";

async function main(env: AppEnv): Promise<void> {
  const log = pino({ level: env.logLevel, base: { part: "app" }, serializers: { err: logError } });
  setStudioLimits(env.limits);
  await migrate(env.databaseUrl);
  const { db, sql, close: closeDb } = openDb(env.databaseUrl, { name: "app" });
  const bus = await connectBus({ url: env.natsUrl, name: "app", credsFile: env.natsCreds, log });
  const store = await openAssetStore(env.store);
  const auth = createAuth({
    db,
    secret: env.sessionSecret,
    publicUrl: env.publicUrl,
    log,
    onMoved: (userId) => announceAccess(bus, { userId }),
  });
  const parts: StudioParts = {
    env,
    db,
    sql,
    bus,
    agents: openAgents(bus),
    store,
    auth,
    guestLimit: createRateLimit(env.guestsPerMinute, Date.now),
    modelLimit: createRateLimit(modelTurnsPerMinute, Date.now),
    viewLimit: createRateLimit(viewsPerMinute, Date.now),
    inviteLimit: createRateLimit(invitesPerMinute, Date.now),
    log,
    now: Date.now,
  };
  if (env.dataFolder !== undefined && store.kind === "disk") await keepOwnerToken(db, env.dataFolder);

  const pages = createStudioPages(parts);
  const root = rootFolder();
  const outside = { collabUrl: env.collabUrl, s3Endpoint: env.store.s3?.endpoint };
  const server = createServer();
  const dev =
    env.mode === "development" ? await (await import("./server/dev-pages.ts")).openDevPages(root, pages, server) : null;
  const render = dev?.render ?? (await openBuiltPages(root, pages, outside));
  const http = await listen(createStudioApp(parts, render), {
    host: env.host,
    port: env.port,
    server,
    trustProxy: env.trustProxy,
    ...(dev === null ? {} : { before: dev.before }),
  });
  log.info({ host: env.host, port: http.port, store: store.kind }, "the app answers");

  const sweep = () => {
    forgetOldKeys(db, new Date(Date.now() - 86_400_000)).catch((error: unknown) =>
      log.warn({ err: error }, "old keys were not swept"),
    );
  };
  setInterval(sweep, 3_600_000).unref();

  let stopping = false;
  const stop = async (why: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ why }, "the app stops");
    await http.close(3000);
    await dev?.close();
    await bus.close();
    await closeDb();
    process.exit(0);
  };
  const end = (why: string) => {
    stop(why).catch((error: unknown) => {
      log.error({ err: error }, "stopping failed");
      process.exit(1);
    });
  };
  process.once("SIGTERM", () => end("SIGTERM"));
  process.once("SIGINT", () => end("SIGINT"));
  // Whoever started us is gone.
  if (process.send !== undefined) process.once("disconnect", () => end("parent gone"));
  process.send?.({ type: "listening", port: http.port });
}

/** The repository's folder, from the sources and from `build/app/main.js` alike. */
function rootFolder(): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  return here.includes("/build/") || here.endsWith("/build")
    ? here.slice(0, here.lastIndexOf("/build"))
    : path.dirname(here);
}

try {
  await main(loadEnv());
} catch (error) {
  const lines =
    error instanceof EnvError
      ? error.problems.map((problem) => `  ${problem}`)
      : [String(error instanceof Error ? error.stack : error)];
  process.stderr.write(`The app cannot start:\n${lines.join("\n")}\n`);
  process.exit(1);
}
