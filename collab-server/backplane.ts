/**
 * This instance among the others: who else lives, and what they say of each film. Nothing is said while nobody else
 * lives. What gets lost here is only late: the log in Postgres has it, and the rooms look there (`Rooms.checkHeads`).
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { z } from "zod";
import { mostBytes, publishBytes, subscribeBytes } from "#bus/bytes.ts";
import type { Bus } from "#bus/connection.ts";
import { publish, subscribe } from "#bus/messages.ts";
import { decodeRoomNews, encodeRoomNews, type RoomNews } from "#domain/collab/backplane.ts";
import type { Id } from "#domain/ids.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import { limits } from "./limits.ts";

/** `knows`: whom it tells of what it stores. */
const Alive = z.object({ v: z.literal(1), instance: z.string(), knows: z.array(z.string()), isLeaving: z.boolean() });
type Alive = z.infer<typeof Alive>;

/** Room for what stands around the bytes in a message. */
const envelopeBytes = 256;

export interface BackplaneEvents {
  /** An instance has come to know us: from now on it tells us what it stores, and what it stored before is in the log. */
  met: (instance: string) => void;
  lost: (instance: string) => void;
}

interface Other {
  heardAt: number;
  knowsUs: boolean;
}

interface OpenRoom {
  hear: (from: string, news: RoomNews) => void;
  stop: (() => void) | null;
}

export class Backplane {
  readonly instance: string = randomUUID();
  readonly #events: BackplaneEvents;
  readonly #log: Logger;
  readonly #now: () => number;
  readonly #rooms = new Map<Id, OpenRoom>();
  readonly #others = new Map<string, Other>();
  #bus: Bus | null = null;
  #stopAlive: (() => Promise<void>) | null = null;
  #saidAliveAt = -Infinity;

  constructor(events: BackplaneEvents, log: Logger, now: () => number) {
    this.#events = events;
    this.#log = log;
    this.#now = now;
  }

  get others(): number {
    return this.#others.size;
  }
  get isConnected(): boolean {
    return this.#bus?.connected() ?? false;
  }

  /** From now on there is a broker. */
  attach(bus: Bus): void {
    this.#bus = bus;
    const alive = subscribe(bus, subjects.collabAlive, Alive, (message) => this.#hearAlive(message));
    this.#stopAlive = alive.stop;
    for (const [projectId, room] of this.#rooms) this.#listen(projectId, room);
    this.#sayAlive(false);
  }

  /** Hears what is said of a film, and asks who is in it. @returns how to stop hearing */
  open(projectId: Id, hear: OpenRoom["hear"]): () => void {
    const room: OpenRoom = { hear, stop: null };
    this.#rooms.set(projectId, room);
    this.#listen(projectId, room);
    this.say(projectId, { kind: "hello" });
    return () => {
      if (this.#rooms.get(projectId) === room) this.#rooms.delete(projectId);
      room.stop?.();
    };
  }

  /** Resolves when the broker knows what we want to hear; not for ever when it is away. */
  async listening(): Promise<void> {
    if (this.#bus !== null && this.isConnected) await Promise.race([this.#bus.flush(), sleep(500)]);
  }

  say(projectId: Id, news: RoomNews): void {
    const bus = this.#bus;
    if (bus === null || this.#others.size === 0) return;
    const message = encodeRoomNews(this.instance, news);
    if (message.length <= mostBytes(bus) - envelopeBytes)
      return publishBytes(bus, subjects.filmBytes(projectId), message);
    // Too large for the broker: the others read it from the log. What is not stored yet has to wait until it is.
    if (news.kind === "stored") this.say(projectId, { ...news, bytes: null });
  }

  sweep(now: number): void {
    if (now - this.#saidAliveAt >= limits.aliveMs) this.#sayAlive(false);
    // While the broker is away nobody can be heard, and nobody is lost for that.
    if (!this.isConnected) return;
    for (const [instance, other] of this.#others) if (now - other.heardAt > limits.lostAfterMs) this.#lose(instance);
  }

  /** The broker is back: what was said meanwhile was not heard. */
  reconnected(): void {
    // Whoever is still there says so again, and then the log is looked at.
    for (const other of this.#others.values()) {
      other.heardAt = this.#now();
      other.knowsUs = false;
    }
    this.#sayAlive(false);
    for (const projectId of this.#rooms.keys()) this.say(projectId, { kind: "hello" });
  }

  /** Says goodbye, so that nobody waits for us. */
  async stop(): Promise<void> {
    this.#sayAlive(true);
    for (const room of this.#rooms.values()) room.stop?.();
    this.#rooms.clear();
    await this.#stopAlive?.();
    this.#bus = null;
  }

  #listen(projectId: Id, room: OpenRoom): void {
    if (this.#bus === null) return;
    const subscription = subscribeBytes(this.#bus, subjects.filmBytes(projectId), (bytes) => {
      try {
        const { from, news } = decodeRoomNews(bytes);
        if (from === this.instance) return;
        this.#note(from);
        room.hear(from, news);
      } catch (error) {
        this.#log.warn({ err: error, projectId }, "another instance said something we could not use");
      }
    });
    room.stop = () => void subscription.stop();
  }

  #hearAlive({ instance, knows, isLeaving }: Alive): void {
    if (instance === this.instance) return;
    if (isLeaving) return this.#lose(instance);
    const other = this.#note(instance);
    const knewUs = other.knowsUs;
    other.knowsUs = knows.includes(this.instance);
    if (other.knowsUs && !knewUs) this.#events.met(instance);
  }

  #note(instance: string): Other {
    const known = this.#others.get(instance);
    if (known !== undefined) {
      known.heardAt = this.#now();
      return known;
    }
    const other = { heardAt: this.#now(), knowsUs: false };
    this.#others.set(instance, other);
    this.#log.info({ instance, others: this.#others.size }, "met another instance");
    this.#sayAlive(false);
    return other;
  }

  #lose(instance: string): void {
    if (!this.#others.delete(instance)) return;
    this.#log.info({ instance, others: this.#others.size }, "another instance is gone");
    this.#events.lost(instance);
  }

  #sayAlive(isLeaving: boolean): void {
    this.#saidAliveAt = this.#now();
    if (this.#bus === null) return;
    const knows = [...this.#others.keys()];
    publish(this.#bus, subjects.collabAlive, { v: 1, instance: this.instance, knows, isLeaving } satisfies Alive);
  }
}
