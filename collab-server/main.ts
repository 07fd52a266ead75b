import type { Socket } from "node:net";
import { pino } from "pino";
import { startCollabServer } from "./collab-server.ts";
import { loadEnv } from "./env.ts";

const env = loadEnv();
const log = pino({ level: env.LOG_LEVEL, base: { process: "collab" } });

const server = await startCollabServer(env, log);
log.info({ port: server.port }, "listening");

let isStopping = false;
const stop = async (why: string) => {
  if (isStopping) return;
  isStopping = true;
  log.info({ why }, "stopping");
  setTimeout(() => process.exit(1), 4800).unref();
  await server.stop();
  process.exit(0);
};
process.on("SIGTERM", () => void stop("SIGTERM"));
process.on("SIGINT", () => void stop("SIGINT"));
process.on("uncaughtException", (error) => {
  log.fatal({ err: error }, "a fault of ours");
  void stop("fault");
});

if (process.send !== undefined) {
  process.on("message", (message, handle) => {
    if (handle !== undefined && handle !== null) server.takeHandedSocket(message, handle as Socket);
  });
  // Whoever started us is gone; nobody would hand us sockets any more.
  process.on("disconnect", () => void stop("left alone"));
  process.send({ type: "listening", port: server.port });
}
