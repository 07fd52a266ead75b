/** The films, the people in them and the servers they are on, and what can befall them. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { FilmEditReply } from "#domain/collab/film-edits.ts";
import type { Role } from "#domain/collab/access.ts";
import { limits } from "../limits.ts";
import { Content } from "./content.ts";
import type { Dice } from "./dice.ts";
import { slate } from "./film-changes.ts";
import { FilmRecord } from "./film-record.ts";
import { Instance } from "./instance.ts";
import { SeededPeer } from "./seeded-peer.ts";
import { SocketPair } from "./socket-pair.ts";
import type { CollabStudio } from "./studio.ts";
import type { SqlWeather } from "./unreliable-sql.ts";
import type { Weather } from "./weathers.ts";

/** An edit that another process asks for, and the position it was answered with. */
interface NamedEdit {
  id: string;
  film: FilmRecord;
  title: string;
  position: number | null;
}

/** More than that goes through no broker here, so that rows are also read from the log. */
const mostBrokerBytes = 2048;

export class Crowd {
  readonly studio: CollabStudio;
  readonly weather: Weather;
  readonly dice: Dice;
  readonly films: FilmRecord[] = [];
  readonly peers: SeededPeer[] = [];
  readonly faults: string[] = [];
  /** Once it is calm nothing is lost or late any more. */
  isCalm = false;
  sessions = 0;
  cuts = 0;
  kills = 0;
  readonly #everyInstance: Instance[] = [];
  readonly #starting = new Set<Promise<unknown>>();
  readonly #namedEdits: NamedEdit[] = [];
  readonly #prefix = `crowd-${randomUUID()}`;

  constructor(studio: CollabStudio, weather: Weather, dice: Dice) {
    this.studio = studio;
    this.weather = weather;
    this.dice = dice;
  }

  /** Those that live. */
  get instances(): Instance[] {
    return this.#everyInstance.filter((instance) => instance.isAlive);
  }

  fault(what: string): void {
    if (!this.faults.includes(what)) this.faults.push(what);
  }

  /** Starts the servers, begins a film or two, and names the people of each. */
  async begin(): Promise<void> {
    const { weather, dice, studio } = this;
    for (let i = 0; i < weather.instances; i += 1) await this.#startInstance();
    await this.metEachOther();
    const films = dice.between(1, 2);
    for (let i = 0; i < films; i += 1) {
      const projectId = await studio.addProject();
      this.films.push(new FilmRecord(projectId));
      const meta = { title: "Night Ferry", width: 1280, height: 720, fps: { num: 24, den: 1 } };
      const edit = { kind: "begin" as const, meta, screenplay: slate };
      const request = { v: 1, editId: "begin", projectId, edit };
      while ((await dice.pick(this.instances).edits.answer(projectId, request)).status !== "stored") await sleep(5);
      weather.roles.forEach((role, at) => this.peers.push(this.#person(`${i}.${role}.${at}`, role, i)));
    }
  }

  /** All servers know of each other. */
  async metEachOther(): Promise<void> {
    await Promise.all(this.#starting);
    const { instances } = this;
    while (instances.some(({ backplane }) => backplane.others < instances.length - 1)) await sleep(5);
  }

  /** Puts somebody on a line to a server. */
  join(peer: SeededPeer, instance: Instance | undefined = this.#someInstance()): void {
    if (instance === undefined) return;
    const pair = new SocketPair({
      dice: this.dice.fork(),
      longestMs: this.isCalm ? 1 : this.weather.longestMs,
      windowBytes: 2048,
      longestNoticeMs: this.isCalm ? 1 : this.dice.pick([5, 40, 300]),
    });
    this.sessions += 1;
    peer.plugIn(pair.peer);
    void instance.enter(peer, pair);
  }

  /** Somebody who was never here before, to see what newcomers get. */
  newcomer(film: FilmRecord): SeededPeer {
    return this.#person("a newcomer", "viewer", this.films.indexOf(film));
  }

  cut(peer: SeededPeer): void {
    for (const { lines } of this.instances) {
      const pair = lines.get(peer);
      if (pair === undefined || pair.peer !== peer.line) continue;
      this.cuts += 1;
      pair.cut();
    }
  }

  stall(peer: SeededPeer): void {
    for (const { lines } of this.instances) {
      const goOn = lines.get(peer)?.stall();
      if (goOn !== undefined) setTimeout(goOn, this.dice.between(20, 400));
    }
  }

  loseBroker(): void {
    const instance = this.#someInstance();
    instance?.setAway(true);
    setTimeout(() => instance?.setAway(false), this.dice.between(50, 600));
  }

  /** A server dies, and soon another one is there. */
  kill(): boolean {
    const killed = this.#someInstance();
    if (killed === undefined) return false;
    this.kills += 1;
    killed.kill();
    const starting: Promise<unknown> = this.#startInstance().finally(() => this.#starting.delete(starting));
    this.#starting.add(starting);
    return true;
  }

  /** Another process asks for an edit, and another server too when it gets no answer in time. */
  askForEdit(): void {
    const { dice } = this;
    const edit = {
      id: `edit ${this.#namedEdits.length}`,
      film: dice.pick(this.films),
      title: dice.word(5),
      position: null,
    };
    this.#namedEdits.push(edit);
    for (const instance of this.instances) if (dice.chance(0.7)) void this.#ask(instance, edit);
  }

  /** Asked again, a named edit is answered with the position that it has. */
  async askAgain(): Promise<void> {
    for (const edit of this.#namedEdits) {
      for (const instance of this.instances) {
        const reply = await this.#ask(instance, edit);
        if (reply.status === "refused") this.fault(`a named edit was refused: ${reply.message}`);
        else if (edit.position !== reply.position)
          this.fault(`a named edit is at ${String(edit.position)} and at ${reply.position}`);
      }
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#starting);
    for (const peer of this.peers) peer.end();
    await Promise.all(this.instances.map((instance) => instance.stop()));
    const left = this.#everyInstance.filter((instance) => !instance.wasKilled && instance.unstored.bytes !== 0);
    // A comment that was still being looked at is stored a moment later.
    for (let tries = 0; tries < 100 && left.some((instance) => instance.unstored.bytes !== 0); tries += 1)
      await sleep(10);
    for (const { unstored } of left)
      if (unstored.bytes !== 0) this.fault(`a server at rest counts ${unstored.bytes} bytes unstored`);
  }

  #someInstance(): Instance | undefined {
    const { instances } = this;
    return instances.length === 0 ? undefined : this.dice.pick(instances);
  }

  #person(name: string, role: Role, film: number): SeededPeer {
    const onFault = (what: string) => this.fault(what);
    return new SeededPeer({ name, role, film: this.films[film] as FilmRecord, dice: this.dice.fork(), onFault });
  }

  async #ask(instance: Instance, edit: NamedEdit): Promise<FilmEditReply> {
    const { projectId } = edit.film;
    const change = { kind: "change-meta" as const, patch: { title: edit.title } };
    const reply = await instance.edits.answer(projectId, { v: 1, editId: edit.id, projectId, edit: change });
    if (reply.status === "stored") edit.position ??= reply.position;
    return reply;
  }

  async #startInstance(): Promise<void> {
    const { weather, dice, studio } = this;
    const isLossy = weather.broker === "lossy";
    const instance = await Instance.start({
      studio,
      dice: dice.fork(),
      prefix: this.#prefix,
      sql: this.#sqlWeather(dice.fork()),
      bus: {
        longestMs: weather.longestMs,
        loses: () => isLossy && !this.isCalm && dice.chance(0.1),
        mostBytes: mostBrokerBytes,
      },
      longestDeskMs: weather.longestDeskMs,
      onLate: (projectId, bytes) =>
        this.films.find((film) => film.projectId === projectId)?.late.add(Content.of(bytes)),
    });
    this.#everyInstance.push(instance);
  }

  #sqlWeather(dice: Dice): SqlWeather {
    const { postgres } = this.weather;
    return {
      delayMs: (isAppend) => {
        if (this.isCalm) return { there: 0, back: 0 };
        const isSlow = postgres === "slow" && isAppend && dice.chance(0.15);
        const mostMs = isSlow ? 3 * limits.lateCommitMs : 8;
        return { there: dice.next() * mostMs, back: dice.next() * mostMs };
      },
      loses: (isAppend) => {
        if (this.isCalm || postgres !== "lossy" || !dice.chance(isAppend ? 0.15 : 0.02)) return "nothing";
        return dice.chance(0.5) ? "answer" : "statement";
      },
    };
  }
}
