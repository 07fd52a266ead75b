/** A collab server without a network of its own: the parts as `collab-server.ts` puts them together, and a way to die. */
import { setTimeout as sleep } from "node:timers/promises";
import { pino, type Logger } from "pino";
import { connectBus } from "#bus/connection.ts";
import type { RoomNews } from "#domain/collab/backplane.ts";
import { Backplane, type BackplaneEvents } from "../backplane.ts";
import { inlineDesk, type DocumentDesk } from "../documents/document-desk.ts";
import { closeSocket } from "../editor-socket.ts";
import { connect } from "../entrance.ts";
import { FilmEdits } from "../film-edits.ts";
import { limits } from "../limits.ts";
import { Metrics } from "../metrics.ts";
import { Rooms } from "../rooms.ts";
import { LogWriter } from "../store/log-writer.ts";
import { Ticker } from "../ticker.ts";
import { UnstoredBytes } from "../unstored-bytes.ts";
import type { Dice } from "./dice.ts";
import type { SeededPeer } from "./seeded-peer.ts";
import type { SocketPair } from "./socket-pair.ts";
import type { CollabStudio } from "./studio.ts";
import { unreliableBus, type BusWeather, type UnreliableBus } from "./unreliable-bus.ts";
import { unreliableSql, type SqlWeather, type UnreliableSql } from "./unreliable-sql.ts";

export interface InstanceOptions {
  studio: CollabStudio;
  dice: Dice;
  /** Instances with the same prefix hear each other. */
  prefix: string;
  sql: SqlWeather;
  bus: Omit<BusWeather, "dice">;
  /** A large document's task takes up to this long in its thread. */
  longestDeskMs: number;
  log?: Logger;
  /** An update was shown to people before it was stored. */
  onLate: (projectId: string, bytes: Uint8Array) => void;
}

const now = () => performance.timeOrigin + performance.now();
/** Rooms are looked after more often than in a real server, whose limits are longer. */
const sweepMs = 30;

class WatchedBackplane extends Backplane {
  readonly #onLate: InstanceOptions["onLate"];
  constructor(events: BackplaneEvents, log: Logger, onLate: InstanceOptions["onLate"]) {
    super(events, log, now);
    this.#onLate = onLate;
  }
  override say(projectId: string, news: RoomNews): void {
    if (news.kind === "late") this.#onLate(projectId, news.bytes);
    super.say(projectId, news);
  }
}

export class Instance {
  readonly rooms: Rooms;
  readonly backplane: Backplane;
  readonly edits: FilmEdits;
  readonly unstored: UnstoredBytes;
  isAlive = true;
  wasKilled = false;
  /** The lines of the people here. */
  readonly lines = new Map<SeededPeer, SocketPair>();
  readonly #dice: Dice;
  readonly #sql: UnreliableSql;
  readonly #bus: UnreliableBus;
  readonly #sweeper: NodeJS.Timeout;

  static async start(options: InstanceOptions): Promise<Instance> {
    const { studio, prefix, dice, bus } = options;
    const real = await connectBus({ url: studio.nats.url, name: "a seeded instance" });
    return new Instance(options, unreliableBus(real, prefix, { dice: dice.fork(), ...bus }));
  }

  private constructor(options: InstanceOptions, bus: UnreliableBus) {
    const { studio, dice, longestDeskMs, onLate, log = pino({ level: "silent" }) } = options;
    this.#dice = dice;
    this.#bus = bus;
    this.#sql = unreliableSql(studio.sql, options.sql);
    const { sql } = this.#sql;
    this.backplane = new WatchedBackplane(
      { met: () => this.rooms.meet(), lost: (instance) => this.rooms.lose(instance) },
      log,
      onLate,
    );
    this.unstored = new UnstoredBytes(limits.maxUnstoredBytesOfAll, (hold) => this.rooms.holdReading(hold));
    this.rooms = new Rooms({
      sql,
      writer: new LogWriter({ sql, onFailure: () => {}, onCommit: () => {}, firstRetryMs: 5, mostRetryMs: 50 }),
      desk: slowDesk(dice.fork(), longestDeskMs),
      deskHere: inlineDesk(),
      backplane: this.backplane,
      editTicker: new Ticker(limits.gatherMs, now),
      passingTicker: new Ticker(limits.passingGatherMs, now),
      unstored: this.unstored,
      metrics: new Metrics(),
      log,
      now,
      left: () => {},
      greeting: () => [],
    });
    this.edits = new FilmEdits(this.rooms, sql, log);
    this.backplane.attach(bus.bus);
    this.#sweeper = setInterval(() => this.#sweep(), sweepMs);
  }

  /** Lets somebody in, as the entrance does with a valid ticket. */
  async enter(peer: SeededPeer, pair: SocketPair): Promise<void> {
    const { server } = pair;
    this.lines.set(peer, pair);
    server.on("close", () => {
      if (this.lines.get(peer) === pair) this.lines.delete(peer);
    });
    server.pause();
    const wantsGeneration = this.#dice.chance(0.5);
    try {
      const room = await this.rooms.open(peer.film.projectId);
      if (server.readyState !== server.OPEN) return;
      if (room === null) return closeSocket(server, 4404);
      room.join(
        connect(server, room, peer.person, now, () => {}),
        wantsGeneration,
      );
      server.resume();
    } catch {
      closeSocket(server, 4503);
    }
  }

  /** Cut off from the broker, or back. */
  setAway(isAway: boolean): void {
    this.#bus.setAway(isAway);
    if (!isAway && this.isAlive) this.backplane.reconnected();
  }

  /** As `kill -9`: nothing is settled, nobody is told, and what Postgres received it does. */
  kill(): void {
    this.isAlive = false;
    this.wasKilled = true;
    this.#sql.kill();
    this.#bus.kill();
    clearInterval(this.#sweeper);
    for (const pair of this.lines.values()) pair.loseServer();
    this.lines.clear();
  }

  /** Ends it as `CollabServer.stop` does. */
  async stop(): Promise<void> {
    if (!this.isAlive) return;
    this.isAlive = false;
    clearInterval(this.#sweeper);
    await this.rooms.settle();
    await this.backplane.stop();
    for (const room of this.rooms.all()) {
      room.closeAll(4503);
      room.close();
    }
    await this.#bus.close();
  }

  #sweep(): void {
    const at = now();
    this.rooms.sweep(at);
    this.backplane.sweep(at);
    if (this.#dice.chance(0.1)) for (const room of this.rooms.all()) for (const one of room.connections) one.ping();
  }
}

/** Stands for the thread: one task after the other, each with its time. */
function slowDesk(dice: Dice, longestMs: number): DocumentDesk {
  const desk = inlineDesk();
  let last: Promise<unknown> = Promise.resolve();
  return {
    ask: (task) => {
      const ms = dice.next() * longestMs;
      const answer = last.then(async () => {
        await sleep(ms);
        return desk.ask(task);
      });
      last = answer.catch(() => undefined);
      return answer;
    },
    close: async () => {},
  };
}
