import { readFile } from "node:fs/promises";
import {
  connect,
  credsAuthenticator,
  Events,
  type JetStreamClient,
  type JetStreamManager,
  type NatsConnection,
} from "nats";
import { openRequests, type Requests } from "./requests.ts";

/**
 * One connection to NATS that comes back by itself for ever. This folder alone knows the client library; everyone
 * else speaks in subjects and schemas of `domain/`.
 */
export type Bus = {
  readonly name: string;
  /** For this folder only. */
  readonly nc: NatsConnection;
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  readonly requests: Requests;
  /** Whether the broker is reachable now. */
  connected: () => boolean;
  /**
   * Called after every reconnect; the broker may have lost everything it knew.
   * @param listener  told how long the connection was gone, seconds, as far as was noticed
   * @returns how to stop listening
   */
  onReconnect: (listener: (awaySeconds: number) => void) => () => void;
  /** Called when this process has seen to it that everything durable is there: what was asked for before may be lost. */
  onPrepared: (listener: () => void) => () => void;
  prepared: () => void;
  /** Resolves when all that was published so far has reached the broker. */
  flush: () => Promise<void>;
  /** Lets what is under way finish, then closes. */
  close: () => Promise<void>;
};

export type BusLog = {
  warn: (fields: object, message: string) => void;
  info: (fields: object, message: string) => void;
};

export type BusOptions = {
  /** `nats://user:password@host:port`, or several, parted by commas. */
  url: string;
  /** Seen in the broker's list of connections. */
  name: string;
  /** A `.creds` file. */
  credsFile?: string | undefined;
  log?: BusLog;
};

/** Waits until the broker is there, however long that takes. */
export async function connectBus(options: BusOptions): Promise<Bus> {
  const servers = options.url.split(",").map((one) => readServer(one.trim()));
  const login = servers.find((server) => server.user !== undefined);
  const nc = await connect({
    servers: servers.map((server) => server.address),
    name: options.name,
    reconnect: true,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    reconnectJitter: 250,
    waitOnFirstConnect: true,
    pingInterval: 20_000,
    ...(login === undefined ? {} : { user: login.user, pass: login.password }),
    ...(servers.some((server) => server.tls) ? { tls: {} } : {}),
    ...(options.credsFile === undefined
      ? {}
      : { authenticator: credsAuthenticator(new Uint8Array(await readFile(options.credsFile))) }),
  });
  let connected = true;
  let awaySince = performance.now();
  const listeners = new Set<(awaySeconds: number) => void>();
  const preparedListeners = new Set<() => void>();
  const follow = async () => {
    for await (const status of nc.status()) {
      if (status.type === Events.Disconnect) {
        if (connected) awaySince = performance.now();
        connected = false;
        options.log?.warn({ server: String(status.data) }, "the broker is away");
      } else if (status.type === Events.Reconnect) {
        connected = true;
        options.log?.info({ server: String(status.data) }, "the broker is back");
        for (const listener of listeners) listener((performance.now() - awaySince) / 1000);
      }
    }
  };
  void follow();
  return {
    name: options.name,
    nc,
    // Without the check, that would fail when the broker has just come back and JetStream is not up yet.
    js: nc.jetstream(),
    jsm: await nc.jetstreamManager({ checkAPI: false }),
    requests: openRequests(nc),
    connected: () => connected && !nc.isClosed(),
    onReconnect: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onPrepared: (listener) => {
      preparedListeners.add(listener);
      return () => preparedListeners.delete(listener);
    },
    prepared: () => {
      for (const listener of [...preparedListeners]) listener();
    },
    flush: () => nc.flush(),
    close: async () => {
      connected = false;
      // Draining waits for the broker; when it is away there is nobody to wait for.
      const drained = nc.isClosed() ? Promise.resolve() : nc.drain();
      await Promise.race([drained.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 2000).unref())]);
      await nc.close();
    },
  };
}

function readServer(text: string): { address: string; user?: string; password?: string; tls: boolean } {
  const url = new URL(text.includes("://") ? text : `nats://${text}`);
  return {
    address: `${url.hostname}:${url.port === "" ? "4222" : url.port}`,
    tls: url.protocol === "tls:",
    ...(url.username === ""
      ? {}
      : { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }),
  };
}
