import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import pino from "pino";
import { openAgents } from "#bus/agents.ts";
import { connectBus, type Bus } from "#bus/connection.ts";
import { ensureTopology } from "#bus/topology.ts";
import type { AppEnv } from "#app/env.ts";
import { openDb } from "#db/client.ts";
import { openAssetStore } from "#storage/asset-store.ts";
import { startNats } from "#testing/nats.ts";
import { createTestDatabase } from "#testing/postgres.ts";
import { createAuth } from "../auth.ts";
import { listen } from "../http-server.ts";
import { createRateLimit } from "../rate-limit.ts";
import { announceAccess } from "../services/access-news.ts";
import { modelTurnsPerMinute } from "../services/model-turns.ts";
import { invitesPerMinute } from "../services/invite-card.ts";
import { viewsPerMinute } from "../services/viewer-links.ts";
import { createStudioApp } from "../studio-app.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answerFilmEdits } from "./film-editor.ts";

/** The app on real Postgres, NATS and disk, listening; films are edited by a small stand-in for collab-server. */
export interface TestStudio {
  url: string;
  parts: StudioParts;
  /** Another connection to the broker, as another process has one. */
  bus: Bus;
  comeIn(name: string): Promise<TestCaller>;
  stop(): Promise<void>;
}

export interface Answer {
  status: number;
  // What an answer holds is each test's business.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests reach into bodies freely
  body: any;
  headers: Headers;
}
export interface TestCaller {
  userId: string;
  workspaceId: string;
  token: string;
  cookie: string;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

export async function startTestStudio(change: Partial<AppEnv> = {}): Promise<TestStudio> {
  const [database, nats, folder] = await Promise.all([
    createTestDatabase(),
    startNats(),
    mkdtemp(path.join(os.tmpdir(), "backlot-app-")),
  ]);
  const log = pino({ level: "silent" });
  const { db, sql, close } = openDb(database.url, { name: "test app", max: 5 });
  const bus = await connectBus({ url: nats.url, name: "app" });
  const other = await connectBus({ url: nats.url, name: "collab" });
  await ensureTopology(other, 30);
  const secret = "a secret only of tests, 32 letters long";
  const publicUrl = "http://127.0.0.1:3000";
  const env: AppEnv = {
    mode: "test",
    host: "127.0.0.1",
    port: 0,
    databaseUrl: database.url,
    natsUrl: nats.url,
    sessionSecret: secret,
    publicUrl,
    dataFolder: folder,
    store: { folder: path.join(folder, "assets"), secret, publicUrl },
    logLevel: "silent",
    ffprobePath: "ffprobe",
    guestsPerMinute: 1000,
    studioAdmins: [],
    limits: {},
    agentsExpected: 0,
    trustProxy: false,
    webhooksAllowPrivate: false,
    ...change,
  };
  const parts: StudioParts = {
    env,
    db,
    sql,
    bus,
    agents: openAgents(bus),
    store: await openAssetStore(env.store),
    auth: createAuth({ db, secret, publicUrl, log, onMoved: (userId) => announceAccess(bus, { userId }) }),
    guestLimit: createRateLimit(env.guestsPerMinute, Date.now),
    modelLimit: createRateLimit(modelTurnsPerMinute, Date.now),
    viewLimit: createRateLimit(viewsPerMinute, Date.now),
    inviteLimit: createRateLimit(invitesPerMinute, Date.now),
    log,
    now: Date.now,
  };
  const editor = answerFilmEdits(other, { db, sql });
  const app = createStudioApp(
    parts,
    async () => new Response("<!doctype html><script>go()</script>", { headers: { "content-type": "text/html" } }),
  );
  const http = await listen(app, { host: "127.0.0.1", port: 0, trustProxy: false });
  const url = `http://127.0.0.1:${http.port}`;

  return {
    url,
    parts,
    bus: other,
    comeIn: (name) => comeIn(url, name),
    stop: async () => {
      await editor.stop();
      await http.close(200);
      await Promise.all([bus.close(), other.close()]);
      await close();
      await Promise.all([database.drop(), nats.stop(), rm(folder, { recursive: true, force: true })]);
    },
  };
}

export async function comeIn(url: string, name: string): Promise<TestCaller> {
  const response = await fetch(`${url}/v1/guests`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name }),
  });
  const body = (await response.json()) as { user: { id: string }; workspace: { id: string }; token: string };
  if (response.status !== 201) throw new Error(`coming in: ${response.status} ${JSON.stringify(body)}`);
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  return {
    userId: body.user.id,
    workspaceId: body.workspace.id,
    token: body.token,
    cookie,
    call: (method, to, sent, headers) =>
      call(url, method, to, sent, { authorization: `Bearer ${body.token}`, ...headers }),
  };
}

/** A string goes as text, bytes as they are, everything else as JSON. */
export async function call(
  url: string,
  method: string,
  to: string,
  sent?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const raw = typeof sent === "string" || sent instanceof Uint8Array;
  const type = raw ? "text/plain" : "application/json";
  const response = await fetch(new URL(to, url), {
    method,
    redirect: "manual",
    headers: { ...(sent === undefined ? {} : { "content-type": type }), ...headers },
    ...(sent === undefined ? {} : { body: raw ? (sent as BodyInit) : JSON.stringify(sent) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") === true;
  return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers };
}
