/** Where one run of a scenario takes place: a contestant's server on fresh ground, and what it costs. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atExit } from "../measure/clean-up.ts";
import { readUsage } from "../measure/usage.ts";
import { Client, nothing, type Baggage, type ClientEvents } from "./client.ts";
import type { Contestant, Ground, Reading, Server } from "./servers/ground.ts";

export class Arena {
  readonly contestant: Contestant;
  readonly ground: Ground;
  readonly #servers = new Set<Server>();
  readonly #clients = new Set<Client>();
  readonly #tasks: (() => void)[] = [];
  readonly #release: () => void;

  private constructor(contestant: Contestant, ground: Ground, release: () => void) {
    this.contestant = contestant;
    this.ground = ground;
    this.#release = release;
  }

  static async open(contestant: Contestant, data: string | null): Promise<Arena> {
    const folder = mkdtempSync(join(data ?? tmpdir(), "backlot-bench-"));
    const remove = () => rmSync(folder, { recursive: true, force: true });
    const forget = atExit(remove);
    const ground = await contestant.openGround(folder);
    return new Arena(contestant, ground, () => {
      remove();
      forget();
    });
  }

  async start(): Promise<Server> {
    const server = await this.ground.start();
    this.#servers.add(server);
    return server;
  }

  read(server: Server): Reading {
    const postgresCpuSeconds = this.ground.stores?.postgresCpuSeconds() ?? null;
    return { ...readUsage(server.pids), postgresCpuSeconds };
  }

  connect(server: Server, room: string, on: ClientEvents = {}, baggage: Baggage = nothing): Client {
    const { adapter } = this.contestant;
    const client = new Client(adapter.address(server.url, room), adapter, room, on, baggage);
    this.#clients.add(client);
    return client;
  }

  /** Connects, and resolves once the first sync step 2 has come. */
  join(
    server: Server,
    room: string,
    on: ClientEvents = {},
    baggage: Baggage = nothing,
    limitMs = 60_000,
  ): Promise<Client> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        client.ws.terminate();
        reject(new Error(`no answer from ${room} within ${limitMs} ms`));
      }, limitMs);
      const client = this.connect(
        server,
        room,
        {
          ...on,
          step2: (update) => {
            client.on = on;
            clearTimeout(timer);
            on.step2?.(update);
            resolve(client);
          },
          closed: (code, reason) => {
            clearTimeout(timer);
            on.closed?.(code, reason);
            reject(new Error(`closed with ${code} ${reason}`));
          },
        },
        baggage,
      );
    });
  }

  /** For what a scenario started besides. */
  onClose(task: () => void): void {
    this.#tasks.push(task);
  }

  /** Ends everything of this run, however far it came. */
  async close(): Promise<void> {
    for (const task of this.#tasks) task();
    for (const client of this.#clients) client.ws.terminate();
    for (const server of this.#servers) await server.stop("SIGKILL");
    await this.ground.close();
    this.#release();
  }
}
