/**
 * Edits under way when something dies, and what is left of them. Every edit is numbered, so that three things can be
 * told apart: what was sent, what somebody else had seen, and what its author was told is saved.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type * as Y from "yjs";
import { Histogram } from "../../measure/histogram.ts";
import { round } from "../../measure/summary.ts";
import type { Arena } from "../arena.ts";
import { openRooms, roomName, type Member } from "../crowd.ts";
import { shotOf } from "../film.ts";
import { bufferOn, findMarks, markOf } from "../marks.ts";
import { readFilm } from "../read-film.ts";
import type { Row } from "../scenario.ts";
import type { Server } from "../servers/ground.ts";

export const room = roomName(0);

/** Of each member the number of its last edit that got so far; -1 for none. */
export type Reached = Int32Array;

export class Watch {
  readonly members: readonly Member[];
  readonly seen: Reached;
  readonly acknowledged: Reached;
  /** What the first member, who watches for the others, received; and how far each of them had got there. */
  readonly received: Uint8Array[] = [];
  readonly seenByFirst: Reached;
  readonly ackMs = new Histogram();
  /** Of each member, by the number of the frame: which edit it carried, and when. */
  readonly #sentIn = new Map<Member, Map<number, { number: number; sentAt: number }>>();
  readonly #timers: (NodeJS.Timeout | null)[];
  sent = 0;

  constructor(members: readonly Member[]) {
    this.members = members;
    const none = () => new Int32Array(members.length).fill(-1);
    [this.seen, this.acknowledged, this.seenByFirst] = [none(), none(), none()];
    this.#timers = members.map(() => null);
    for (const member of members) this.#follow(member);
  }

  /** Everybody edits, each at its own phase. */
  begin(perSecond: number): void {
    for (const [i, member] of this.members.entries()) {
      const edit = () => this.#edit(member);
      setTimeout(
        () => (this.#timers[i] ??= setInterval(edit, 1000 / perSecond)),
        (i * 1000) / perSecond / this.members.length,
      );
    }
  }

  stop(isMeant: (member: Member) => boolean = () => true): void {
    for (const [i, timer] of this.#timers.entries()) {
      const member = this.members[i];
      if (timer !== null && member !== undefined && isMeant(member)) clearInterval(timer);
    }
  }

  #edit(member: Member): void {
    const number = member.next;
    member.next += 1;
    this.sent += 1;
    const { client } = member;
    client.sendUpdate(member.editor.drag(markOf(member.index, number)));
    const sentAt = performance.now();
    this.#sentIn.get(member)?.set(client.carried, { number, sentAt });
  }

  #follow(member: Member): void {
    const frames = new Map<number, { number: number; sentAt: number }>();
    this.#sentIn.set(member, frames);
    let saved = member.client.saved;
    member.client.on.update = (update) => {
      const isFirst = member === this.members[0];
      if (isFirst) this.received.push(update.slice());
      findMarks(bufferOn(update), (author, number) => {
        if (author !== member.index) raise(this.seen, author, number);
        if (isFirst) raise(this.seenByFirst, author, number);
      });
    };
    member.client.on.saved = (upTo) => {
      const now = performance.now();
      for (; saved < upTo; saved += 1) {
        const frame = frames.get(saved + 1);
        if (frame === undefined) continue;
        this.ackMs.add(now - frame.sentAt);
        raise(this.acknowledged, member.index, frame.number);
      }
    };
  }
}

function raise(reached: Reached, index: number, number: number): void {
  const now = reached[index];
  if (now !== undefined && number > now) reached[index] = number;
}

/** How far each member's edits are in a film. */
export function reachedIn(film: Y.Doc, members: number): Reached {
  const reached = new Int32Array(members).fill(-1);
  // A film that is gone altogether holds no shots.
  if (!film.getMap("shots").has("s0")) return reached;
  for (let i = 0; i < members; i += 1) {
    const value = shotOf(film, i).get("start");
    if (typeof value === "string") findMarks(Buffer.from(value), (_, number) => (reached[i] = number));
  }
  return reached;
}

/** How many edits of `known` are missing in `found`. */
export function lost(known: Reached, found: Reached): number {
  return known.reduce((sum, number, i) => sum + Math.max(0, number - (found[i] ?? -1)), 0);
}

export const count = (reached: Reached): number => reached.reduce((sum, number) => sum + number + 1, 0);

/** Everybody is in the room and the film is there; nobody edits yet. */
export async function gather(arena: Arena, clients: number, server: (index: number) => Server): Promise<Watch> {
  const members = await openRooms(arena, { rooms: 1, clients, server });
  await sleep(500);
  return new Watch(members);
}

/** Long enough that servers which store late have stored something, and never at the same moment of their rhythm. */
export const untilTheCrash = (seconds: number): Promise<void> => sleep(seconds * 1000 + Math.random() * 1500);

/** What a fresh client finds, and how that compares with what was known before. */
export async function takeStock(arena: Arena, server: Server, watch: Watch) {
  const began = performance.now();
  const film = await readFilm(arena, server, room, 3000);
  const found = reachedIn(film, watch.members.length);
  const tells = arena.contestant.adapter.acknowledges;
  return {
    found,
    figures: {
      sent: watch.sent,
      seenByOthers: count(watch.seen),
      acknowledged: tells ? count(watch.acknowledged) : null,
      recovered: count(found),
      lostOfSeen: lost(watch.seen, found),
      lostOfAcknowledged: tells ? lost(watch.acknowledged, found) : null,
      ackP50Ms: watch.ackMs.quantile(0.5),
      ackP99Ms: watch.ackMs.quantile(0.99),
      readMs: round(performance.now() - began - 3000, 0),
    },
  };
}

export const crashRows: readonly Row[] = [
  { figure: "lostOfAcknowledged", label: "acknowledged and lost, edits", goals: [{ atMost: 0 }] },
  { figure: "lostOfSeen", label: "seen by others and lost, edits", goals: [{ atMost: 0 }] },
  { figure: "acknowledged", label: "acknowledged, edits" },
  { figure: "seenByOthers", label: "seen by others, edits" },
  { figure: "sent", label: "sent, edits" },
  { figure: "recovered", label: "there afterwards, edits" },
  { figure: "ackP50Ms", label: "acknowledged after p50, ms" },
  { figure: "ackP99Ms", label: "acknowledged after p99, ms" },
];
