/** The parts of the process, put together; `main.ts` gives it the outside world. */
import http from "node:http";
import type { Socket } from "node:net";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { z } from "zod";
import { connectBus, type Bus } from "#bus/connection.ts";
import { openDb } from "#db/client.ts";
import { readFilmAccess } from "#db/queries/film-access.ts";
import { AccessWatch } from "./access-watch.ts";
import { Backplane } from "./backplane.ts";
import { linkToBus } from "./bus-links.ts";
import { inlineDesk, openDocumentDesk, type DocumentDesk } from "./documents/document-desk.ts";
import { closeSocket } from "./editor-socket.ts";
import { Entrance, requestFrom } from "./entrance.ts";
import type { Env } from "./env.ts";
import { FilmEdits } from "./film-edits.ts";
import { prometheusText, viewHealth } from "./health.ts";
import { IdleCollector } from "./idle-collector.ts";
import { JobFrames } from "./job-frames.ts";
import { limits } from "./limits.ts";
import { Metrics } from "./metrics.ts";
import { Rooms } from "./rooms.ts";
import { publicPages, servePrivatePages } from "./status-pages.ts";
import { LogWriter } from "./store/log-writer.ts";
import { gatherMsFor, Ticker } from "./ticker.ts";
import { UnstoredBytes } from "./unstored-bytes.ts";

/** An upgrade that the front door accepted on its port; the socket comes with it. */
const HandedUpgrade = z.object({
  type: z.literal("upgrade"),
  url: z.string(),
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())]).optional()),
  remoteAddress: z.string(),
  head: z.string(),
});

export interface CollabServer {
  port: number;
  /** Resolves once it hears the bus; it serves before. */
  onBus: Promise<void>;
  takeHandedSocket(message: unknown, socket: Socket): void;
  /** Stores what is under way, sends everyone off with 4503, and lets go of everything. */
  stop(): Promise<void>;
}

export async function startCollabServer(
  env: Env,
  log: Logger,
  desk: DocumentDesk = openDocumentDesk(),
): Promise<CollabServer> {
  const now = () => performance.timeOrigin + performance.now();
  const { sql, close: closeDb } = openDb(env.DATABASE_URL, { name: "collab", max: 8 });
  const metrics = new Metrics();
  const storageAlarm = calm(
    (error: unknown) => log.warn({ err: error }, "could not store; trying until it works"),
    5000,
  );
  // Connections of its own: no edit waits for somebody else's snapshot or role.
  const { sql: logSql, close: closeLog } = openDb(env.DATABASE_URL, { name: "collab log", max: 2 });
  const writer = new LogWriter({
    sql: logSql,
    onFailure: (error) => {
      metrics.failedCommits += 1;
      storageAlarm(error);
    },
    onCommit: (tookMs) => metrics.committed(tookMs),
  });
  const jobs = new JobFrames((projectId, key, message) => rooms.find(projectId)?.presence.pass(key, message), log, now);
  const backplane = new Backplane({ met: () => rooms.meet(), lost: (instance) => rooms.lose(instance) }, log, now);
  const unstored = new UnstoredBytes(limits.maxUnstoredBytesOfAll, (hold) => rooms.holdReading(hold));
  const collector = new IdleCollector(now());
  const editTicker = new Ticker(limits.gatherMs, now);
  const rooms: Rooms = new Rooms({
    sql,
    writer,
    desk,
    deskHere: inlineDesk(),
    backplane,
    editTicker,
    passingTicker: new Ticker(limits.passingGatherMs, now),
    unstored,
    metrics,
    log,
    now,
    greeting: (projectId) => jobs.greeting(projectId),
    left: () => collector.noteLeft(),
  });
  const readAccess = (projectId: string, userId: string) => readFilmAccess(sql, projectId, userId);
  const watch = new AccessWatch(() => rooms.all(), readAccess, log, now);
  const entrance = new Entrance({ secret: env.SESSION_SECRET, rooms, access: readAccess, watch, metrics, log, now });
  const watched = { rooms, sockets: entrance.sockets, unstored, metrics, backplane };
  const health = () => viewHealth(watched);

  let bus: Bus | null = null;
  let unlink: (() => Promise<void>) | null = null;
  const linking = connectBus({ url: env.NATS_URL, name: "backlot collab", credsFile: env.NATS_CREDS, log }).then(
    (connected) => {
      bus = connected;
      unlink = linkToBus(connected, { jobs, watch, edits: new FilmEdits(rooms, sql, log), backplane, health, log });
      log.info("on the bus");
    },
  );
  linking.catch((error: unknown) => log.error({ err: error }, "no way to the broker"));

  let loadBefore = performance.eventLoopUtilization();
  let lastPingAt = now();
  const sweeper = setInterval(() => {
    const at = now();
    rooms.sweep(at);
    jobs.sweep(at);
    backplane.sweep(at);
    watch.sweep(at);
    collector.sweep(at, metrics.edits.total);
    const load = performance.eventLoopUtilization();
    editTicker.everyMs = gatherMsFor(
      editTicker.everyMs,
      performance.eventLoopUtilization(load, loadBefore).utilization,
    );
    loadBefore = load;
    if (at - lastPingAt < limits.pingEveryMs) return;
    lastPingAt = at;
    for (const room of rooms.all()) for (const connection of room.connections) connection.ping();
  }, limits.sweepMs);

  const pages = { health, metrics: () => prometheusText(watched) };
  const server = http.createServer(publicPages(pages));
  server.on("upgrade", (request, socket, head) => entrance.upgrade(request, socket as Socket, head));
  server.on("clientError", (_error, socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(env.COLLAB_PORT, env.HOST, resolve);
  });
  server.on("error", (error) => log.error({ err: error }, "HTTP server"));
  const { COLLAB_METRICS_PORT: metricsPort, HOST: host } = env;
  const stopPages = metricsPort === undefined ? null : await servePrivatePages(pages, { port: metricsPort, host, log });
  const address = server.address();

  return {
    port: typeof address === "object" && address !== null ? address.port : env.COLLAB_PORT,
    onBus: linking,
    takeHandedSocket: (message, socket) => {
      const parsed = HandedUpgrade.safeParse(message);
      if (!parsed.success) return void socket.destroy();
      const { url, headers, head } = parsed.data;
      entrance.upgrade(requestFrom(socket, url, headers), socket, Buffer.from(head, "base64"));
    },
    stop: async () => {
      entrance.beginClosing();
      server.close();
      stopPages?.();
      clearInterval(sweeper);
      await Promise.race([unlink?.(), sleep(400)]);
      // What cannot be stored now was not acknowledged, and the clients have it.
      await Promise.race([rooms.settle(), sleep(limits.settleOnStopMs)]);
      await Promise.race([backplane.stop(), sleep(200)]);
      // Spread out, so that they do not all come back, to this instance or to the others, at the same moment.
      for (const socket of entrance.sockets)
        setTimeout(() => closeSocket(socket, 4503), Math.random() * limits.goodbyeSpreadMs);
      await Promise.race([allClosed(entrance), sleep(limits.goodbyeSpreadMs + 300)]);
      await Promise.race([rooms.settle(), sleep(200)]);
      for (const socket of entrance.sockets) socket.terminate();
      server.closeAllConnections();
      await Promise.race([Promise.all([desk.close(), bus?.close(), closeDb(), closeLog()]), sleep(500)]);
    },
  };
}

async function allClosed(entrance: Entrance): Promise<void> {
  while (entrance.sockets.size > 0) await sleep(20);
}

/** Passes on at most one call in `everyMs`. */
function calm<A>(say: (argument: A) => void, everyMs: number): (argument: A) => void {
  let saidAt = -Infinity;
  return (argument) => {
    if (performance.now() - saidAt < everyMs) return;
    saidAt = performance.now();
    say(argument);
  };
}
