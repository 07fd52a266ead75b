import path from "node:path";
import type { Command } from "./child.ts";
import type { Settings } from "./env.ts";

/** Addresses that only exist once the studio has begun. */
export type Addresses = {
  databaseUrl: string;
  natsUrl: string;
  sessionSecret: string;
  /** Loopback ports. */
  appPort: number;
  collabPort: number;
};

export type Mode = "production" | "development";

/** Where each process begins, as sources and as bundles have it. */
const entries = {
  app: "app/main",
  collab: "collab-server/main",
  director: "director/main",
  agent: "gpu-agent/main",
} as const;

export type ProcessName = keyof typeof entries;

/** What an agent may know: where work comes from and which programs render. No database, no bucket, no secret of ours. */
const agentMayKnow = /^(NATS_|CHROMIUM_PATH$|FFMPEG_PATH$|FFPROBE_PATH$|AGENT_|PREVIZ_|DRAIN_SECONDS$|LOG_LEVEL$)/;
const studioVariable =
  /^(PORT|HOST|BACKLOT_|PUBLIC_URL|SESSION_|DATABASE_|NATS_|S3_|COLLAB_|AGENT|LLM_|LIVEBLOCKS_|LOG_LEVEL|CHROMIUM_|FFMPEG_|FFPROBE_|TRUST_PROXY$|GUESTS_|STUDIO_|WEBHOOKS_|WORKSPACE_|PREVIZ_)/;

/** How to start each of our processes with what it needs, in the order they start. */
export function describeParts(settings: Settings, addresses: Addresses, mode: Mode, root: string): Command[] {
  const everyone = { ...outsideStudio(settings.passedOn), NODE_ENV: mode, LOG_LEVEL: settings.logLevel };
  const trusted = {
    ...settings.passedOn,
    ...everyone,
    DATABASE_URL: addresses.databaseUrl,
    NATS_URL: addresses.natsUrl,
    SESSION_SECRET: addresses.sessionSecret,
    PUBLIC_URL: settings.publicUrl,
    BACKLOT_DATA: settings.dataFolder,
    HOST: "127.0.0.1",
    COLLAB_PORT: String(addresses.collabPort),
    AGENTS: String(settings.agents),
  };
  const agentEnv = {
    // Whoever stops the studio on one machine waits for it.
    DRAIN_SECONDS: "2",
    ...pick(settings.passedOn, (name) => agentMayKnow.test(name)),
    ...everyone,
    NATS_URL: addresses.natsUrl,
    // Whose agent it is, seen in its environment and in that of the browsers it starts; it reads nothing there.
    BACKLOT_DATA: settings.dataFolder,
  };
  const agents = Array.from({ length: settings.agents }, (_, index) => index + 1);
  return [
    {
      name: "collab",
      args: argsFor("collab", mode, root),
      env: { ...trusted, PORT: String(addresses.collabPort) },
      graceMs: 5000,
    },
    {
      name: "director",
      args: argsFor("director", mode, root),
      // On one machine a dead agent is noticed sooner than over a network; each job carries it to its agent.
      env: { LEASE_SECONDS: "10", ...trusted },
      graceMs: 5000,
    },
    {
      name: "app",
      args: argsFor("app", mode, root),
      env: { ...trusted, PORT: String(addresses.appPort), TRUST_PROXY: "1" },
      graceMs: 5000,
    },
    ...agents.map((number) => ({
      name: agents.length === 1 ? "agent" : `agent-${number}`,
      args: argsFor("agent", mode, root),
      yields: true,
      env: agentEnv,
      graceMs: 8000,
    })),
  ];
}

/** Developing runs the sources; otherwise the bundles. The name comes last: it is how one finds the process. */
function argsFor(name: ProcessName, mode: Mode, root: string): string[] {
  if (mode === "development") return ["--import", "tsx", path.join(root, `${entries[name]}.ts`), name];
  return [path.join(root, "build", `${entries[name]}.js`), name];
}

/** The folders whose sources a process is made of, for live reload. */
export function sourcesOf(name: string): string[] {
  const own = { collab: "collab-server", director: "director" }[name] ?? "gpu-agent";
  return [own, "domain", "bus", ...(own === "gpu-agent" ? ["stage"] : ["db", "storage"])];
}

/** What the system has set: path, home, locale, proxies. Without what npm adds for its scripts. */
function outsideStudio(env: Record<string, string>): Record<string, string> {
  return pick(env, (name) => !studioVariable.test(name) && !/^npm_/i.test(name));
}

function pick(env: Record<string, string>, keep: (name: string) => boolean): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => keep(name)));
}
