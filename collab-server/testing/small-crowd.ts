/** A few servers and people by hand, on roads without delay: for tests of one thing, which change what they need. */
import { randomUUID } from "node:crypto";
import type { Role } from "#domain/collab/access.ts";
import { Dice } from "./dice.ts";
import { FilmRecord } from "./film-record.ts";
import { Instance, type InstanceOptions } from "./instance.ts";
import { SeededPeer } from "./seeded-peer.ts";
import { SocketPair } from "./socket-pair.ts";
import type { CollabStudio } from "./studio.ts";
import type { SqlWeather } from "./unreliable-sql.ts";

export class SmallCrowd {
  readonly film: FilmRecord;
  /** What the servers did that they must not. */
  readonly faults: string[] = [];
  readonly #studio: CollabStudio;
  readonly #dice = new Dice(1);
  readonly #prefix = randomUUID();
  readonly #servers: Instance[] = [];
  readonly #peers: SeededPeer[] = [];

  static async gather(studio: CollabStudio): Promise<SmallCrowd> {
    return new SmallCrowd(studio, new FilmRecord(await studio.addProject()));
  }

  private constructor(studio: CollabStudio, film: FilmRecord) {
    this.#studio = studio;
    this.film = film;
  }

  async server(sql: Partial<SqlWeather> = {}, options: Partial<InstanceOptions> = {}): Promise<Instance> {
    const server = await Instance.start({
      studio: this.#studio,
      dice: this.#dice.fork(),
      prefix: this.#prefix,
      sql: { delayMs: () => ({ there: 0, back: 0 }), loses: () => "nothing", ...sql },
      bus: { longestMs: 0, loses: () => false, mostBytes: 2048 },
      longestDeskMs: 0,
      onLate: () => {},
      ...options,
    });
    this.#servers.push(server);
    return server;
  }

  person(role: Role): SeededPeer {
    const onFault = (what: string) => void this.faults.push(what);
    const name = `${role} ${this.#peers.length}`;
    const peer = new SeededPeer({ name, role, film: this.film, dice: this.#dice.fork(), onFault });
    this.#peers.push(peer);
    return peer;
  }

  join(peer: SeededPeer, server: Instance): SocketPair {
    const pair = new SocketPair({ dice: this.#dice.fork(), longestMs: 0, windowBytes: 2 ** 20, longestNoticeMs: 1 });
    peer.plugIn(pair.peer);
    void server.enter(peer, pair);
    return pair;
  }

  /** Everybody leaves, and the servers end. */
  async disperse(): Promise<void> {
    for (const peer of this.#peers) peer.end();
    await Promise.all(this.#servers.map((server) => server.stop()));
  }
}
