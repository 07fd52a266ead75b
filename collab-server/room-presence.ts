/**
 * What passes in a room and is never stored: who is here and where they point, what somebody drags, news of jobs. It goes
 * to everybody here and, where it is of the people here, to the other instances.
 */
import type { RoomNews } from "#domain/collab/backplane.ts";
import { EphemeralFrame } from "#domain/collab/frames.ts";
import { RoomAwareness } from "./awareness.ts";
import type { Connection } from "./connection.ts";
import { awarenessMessage, ephemeralMessage, type Message } from "./frames.ts";
import { limits } from "./limits.ts";
import { RoomOutbox } from "./room-outbox.ts";
import type { Ticker } from "./ticker.ts";

interface PresenceParts {
  connections: ReadonlySet<Connection>;
  ticker: Ticker;
  /** Tells the other instances. */
  say: (news: RoomNews) => void;
  now: () => number;
}

export class RoomPresence {
  readonly #parts: PresenceParts;
  readonly #outbox: RoomOutbox<Connection>;
  readonly #awareness = new RoomAwareness<Connection>();

  constructor(parts: PresenceParts) {
    this.#parts = parts;
    this.#outbox = new RoomOutbox(parts.ticker, parts.connections);
  }

  /** Sends everyone what nobody misses when a later message with the same key takes its place. */
  pass(key: string, message: Message, from: Connection | null = null): void {
    if (this.#parts.connections.size > 0) this.#outbox.put(key, () => message, from);
  }

  /** @throws Error when the update is malformed */
  takeAwareness(connection: Connection, update: Uint8Array): void {
    this.#awareness.take(connection, update, this.#parts.now());
    this.#share();
  }

  /** A drag that is not dropped yet, from one editor to the others. @throws Error when it is too large */
  relayDrag(connection: Connection, json: string): void {
    if (!connection.canEdit) return;
    if (json.length > limits.maxEphemeralBytes)
      throw new Error(`a drag takes ${json.length} characters; at most ${limits.maxEphemeralBytes} pass`);
    const parsed = EphemeralFrame.safeParse(parseJson(json));
    if (!parsed.success || parsed.data.type !== "drag") return;
    const drag = JSON.stringify(parsed.data);
    this.pass(`drag ${parsed.data.from}`, ephemeralMessage(drag), connection);
    this.#parts.say({ kind: "drag", json: drag });
  }

  /** What another instance says of the people on it. */
  hearAwareness(instance: string, bytes: Uint8Array): void {
    this.#awareness.takeFrom(instance, bytes, this.#parts.now());
    this.#share();
  }

  hearDrag(instance: string, json: string): void {
    this.pass(`drag ${instance} ${json.slice(0, 80)}`, ephemeralMessage(json));
  }

  /** Tells who has come, or has missed something, who is here. */
  greet(connection: Connection): void {
    const everyone = this.#awareness.everyone();
    if (everyone !== null) connection.send(awarenessMessage(everyone));
  }

  /** Tells the other instances who is here. */
  introduce(): void {
    const bytes = this.#awareness.ours();
    if (bytes !== null) this.#parts.say({ kind: "awareness", bytes });
  }

  drop(connection: Connection): void {
    this.#awareness.drop(connection);
    this.#share();
  }

  /** Another instance is gone, and the people on it. */
  dropInstance(instance: string): void {
    this.#awareness.dropInstance(instance);
    this.#share();
  }

  /** The process's sweep came by. */
  sweep(now: number): void {
    this.#awareness.expire(now - limits.awarenessTimeoutMs);
    this.#share();
  }

  #share(): void {
    if (!this.#awareness.hasChanges) return;
    this.#outbox.put("awareness", () => {
      const { here, elsewhere } = this.#awareness.takeChanges();
      if (elsewhere !== null) this.#parts.say({ kind: "awareness", bytes: elsewhere });
      return here === null ? null : awarenessMessage(here);
    });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
