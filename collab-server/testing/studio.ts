/** A collab server with everything it needs, and people in it, for tests. */
import { randomUUID } from "node:crypto";
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { pino } from "pino";
import { connectBus, type Bus } from "#bus/connection.ts";
import { signTicket } from "#bus/ticket-mac.ts";
import { openDb, type Sql } from "#db/client.ts";
import type { Role } from "#domain/collab/access.ts";
import type * as Y from "yjs";
import { readFilmDocument } from "#db/queries/film-documents.ts";
import { documentIdOf } from "#domain/ids.ts";
import { startNats, type TestNats } from "#testing/nats.ts";
import { createTestDatabase } from "#testing/postgres.ts";
import { startCollabServer, type CollabServer } from "../collab-server.ts";
import { inlineDesk } from "../documents/document-desk.ts";
import { loadEnv } from "../env.ts";
import { docOf, Peer } from "./peer.ts";

export const secret = "a secret for tests only, long enough";

export interface CollabStudio {
  sql: Sql;
  bus: Bus;
  nats: TestNats;
  databaseUrl: string;
  /** Environment for a server of this studio. */
  env: Record<string, string>;
  /** Makes a project in a workspace of its own. */
  addProject(): Promise<string>;
  /** Makes a person with a role on one project. */
  addPerson(projectId: string, role: Role): Promise<string>;
  /** Connects a stock client. */
  join(
    server: { port: number },
    projectId: string,
    userId: string,
    options?: { connect?: boolean; params?: Record<string, string> },
  ): Peer;
  /** The document as Postgres holds it. */
  stored(projectId: string): Promise<Y.Doc>;
  close(): Promise<void>;
}

export async function openCollabStudio(): Promise<CollabStudio> {
  const [database, nats] = await Promise.all([createTestDatabase(), startNats()]);
  const { db, sql, close: closeDb } = openDb(database.url, { name: "test", max: 3 });
  const bus = await connectBus({ url: nats.url, name: "test" });
  const peers: Peer[] = [];
  return {
    sql,
    bus,
    nats,
    databaseUrl: database.url,
    env: {
      DATABASE_URL: database.url,
      NATS_URL: nats.url,
      SESSION_SECRET: secret,
      COLLAB_PORT: "0",
      LOG_LEVEL: "warn",
    },
    addProject: async () => {
      const [workspaceId, projectId] = [randomUUID(), randomUUID()];
      await sql`insert into workspaces (id, name) values (${workspaceId}, 'W')`;
      await sql`insert into projects (id, workspace_id, title) values (${projectId}, ${workspaceId}, 'Untitled')`;
      return projectId;
    },
    addPerson: async (projectId, role) => {
      const userId = randomUUID();
      await sql`insert into users (id, name, email) values (${userId}, 'P', ${`${userId}@example.org`})`;
      await sql`insert into project_members (project_id, user_id, role) values (${projectId}, ${userId}, ${role})`;
      return userId;
    },
    join: (server, projectId, userId, options = {}) => {
      const documentId = documentIdOf(projectId);
      const peer = new Peer(
        `ws://127.0.0.1:${server.port}/collab`,
        documentId,
        { userId, ticket: ticketFor(userId, documentId) },
        options.connect ?? true,
        options.params,
      );
      peers.push(peer);
      return peer;
    },
    stored: async (projectId) => docOf((await readFilmDocument(db, documentIdOf(projectId))) ?? []),
    close: async () => {
      for (const peer of peers) peer.close();
      await Promise.all([bus.close(), closeDb()]);
      await Promise.all([database.drop(), nats.stop()]);
      if (bundled !== null) rmSync(dirname(await bundled), { recursive: true, force: true });
    },
  };
}

export function ticketFor(userId: string, documentId: string, secondsToLive = 600): string {
  return signTicket({ userId, name: "P", documentId, exp: Math.floor(Date.now() / 1000) + secondsToLive }, secret);
}

/** A server in this process, quick to start, that hears the bus when there is one. */
export async function startServer(studio: CollabStudio, env: Record<string, string> = {}): Promise<CollabServer> {
  const server = await startCollabServer(loadEnv({ ...studio.env, ...env }), pino({ level: "error" }), inlineDesk());
  if (studio.bus.connected()) await server.onBus;
  return server;
}

/** Bundles the process once per test file, as a build does; sources would take seconds to start each time. */
let bundled: Promise<string> | null = null;
async function bundleProcess(): Promise<string> {
  const { build } = await import("esbuild");
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const folder = join(root, "node_modules/.cache", `collab-test-${process.pid}`);
  await build({
    absWorkingDir: root,
    entryPoints: ["collab-server/main.ts", "collab-server/documents/document.worker.ts"],
    outdir: folder,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
  });
  return join(folder, "main.js");
}

/** The real process, to be killed. */
export async function spawnServer(
  env: Record<string, string>,
): Promise<{ port: number; process: ChildProcess; kill(signal: NodeJS.Signals): Promise<void> }> {
  bundled ??= bundleProcess();
  const child = fork(await bundled, { execArgv: [], env: { ...process.env, ...env } });
  const [message] = (await once(child, "message")) as [{ port: number }];
  return {
    port: message.port,
    process: child,
    kill: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill(signal);
      await ended;
    },
  };
}
