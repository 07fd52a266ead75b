/**
 * This instance among the others: who else lives, and what they say of each film. Nothing is said while nobody else
 * lives. What gets lost here is only late: the log in Postgres has it, and the rooms look there (`Rooms.checkHeads`).
 */
import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { z } from "zod";
import { mostBytes, publishBytes, subscribeBytes } from "#bus/bytes.ts";
import type { Bus } from "#bus/connection.ts";
import { publish, subscribe } from "#bus/messages.ts";
import { decodeRoomNews, encodeRoomNews, type RoomNews } from "#domain/collab/backplane.ts";
import type { Id } from "#domain/ids.ts";
import { subjects } from "#domain/jobs/subjects.ts";
import { limits } from "./limits.ts";

const Alive = z.object({ v: z.literal(1), instance: z.string(), isLeaving: z.boolean() });

/** Room for what stands around the bytes in a message. */
const envelopeBytes = 256;

export interface BackplaneEvents {
  /** An instance that was not known before: it may have written what we did not hear of. */
  met: (instance: string) => void;
  lost: (instance: string) => void;
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
  /** When each other instance was last heard. */
  readonly #others = new Map<string, number>();
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
    const alive = subscribe(bus, subjects.collabAlive, Alive, ({ instance, isLeaving }) => {
      if (instance === this.instance) return;
      if (isLeaving) this.#lose(instance);
      else this.#note(instance);
    });
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
    for (const [instance, heardAt] of this.#others) if (now - heardAt > limits.lostAfterMs) this.#lose(instance);
  }

  /** The broker is back: what was said meanwhile was not heard. */
  reconnected(): void {
    for (const instance of this.#others.keys()) this.#others.set(instance, this.#now());
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

  #note(instance: string): void {
    const isNew = !this.#others.has(instance);
    this.#others.set(instance, this.#now());
    if (!isNew) return;
    this.#log.info({ instance, others: this.#others.size }, "met another instance");
    this.#sayAlive(false);
    this.#events.met(instance);
  }

  #lose(instance: string): void {
    if (!this.#others.delete(instance)) return;
    this.#log.info({ instance, others: this.#others.size }, "another instance is gone");
    this.#events.lost(instance);
  }

  #sayAlive(isLeaving: boolean): void {
    this.#saidAliveAt = this.#now();
    if (this.#bus !== null) publish(this.#bus, subjects.collabAlive, { v: 1, instance: this.instance, isLeaving });
  }
}
