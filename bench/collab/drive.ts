/** Traffic in rooms, and how fast the others see it. */
import { setTimeout as sleep } from "node:timers/promises";
import { Histogram } from "../measure/histogram.ts";
import { awarenessUpdate } from "./adapters/sync-frames.ts";
import type { Member } from "./crowd.ts";
import { findMarks, markOf } from "./marks.ts";

export interface Traffic {
  /** Edits a second of each sender. */
  rate: number;
  /** Cursor moves a second of each sender. */
  cursors: number;
  seconds: number;
  /** Extra bytes in each edit. */
  pad: number;
  /** How long to wait for what is still on its way. */
  drainMs: number;
  /** Who sends; everybody when not given. */
  isSender?: (member: Member) => boolean;
}

export interface Driven {
  sent: number;
  /** One edit seen by one other member of the room; the echo to its author does not count. */
  delivered: number;
  expected: number;
  latency: Histogram;
  seconds: number;
  sentBytes: number;
  framesIn: number;
  /** How late the generator itself was. Tens of milliseconds mean that latencies are the generator's own. */
  lag: Histogram;
  /** Cores that the generator used. */
  generatorCores: number;
}

/** A member while it is driven. */
interface Driving {
  member: Member;
  firstMark: number;
  sentAt: Float64Array;
  /** When it sends next, in ms since the start. */
  due: number;
  /** The last mark seen of each other member of the room. */
  seen: Int32Array;
}

/**
 * Each sender keeps its own rhythm, at a phase of its own. Mark n of a sender counts as the delivery of all its marks up
 * to n, since each overwrites the one before: a server may drop what is superseded.
 */
export async function drive(members: readonly Member[], traffic: Traffic): Promise<Driven> {
  const { rate, cursors, seconds, pad, isSender = () => true } = traffic;
  const perSecond = rate + cursors;
  const capacity = Math.ceil(perSecond * seconds) + 16;
  const rooms = groupByRoom(members);
  const driven = members.map((member, i): Driving => {
    const seen = Int32Array.from(rooms.get(member.room) ?? [], (other) => other.next - 1);
    const due = (i * 1000) / perSecond / members.length;
    return { member, firstMark: member.next, sentAt: new Float64Array(capacity), due, seen };
  });
  const byRoom = groupByRoom(driven.map((one) => ({ ...one.member, one })));
  const result = { sent: 0, delivered: 0, sentBytes: 0, framesIn: 0 };
  const [latency, lag] = [new Histogram(), new Histogram()];

  for (const one of driven) {
    const others = (byRoom.get(one.member.room) ?? []).map((other) => other.one);
    const take = (sender: number, number: number) => {
      const author = others[sender];
      const last = one.seen[sender];
      if (author === undefined || last === undefined || author === one || number <= last) return;
      const now = performance.now();
      for (let n = last + 1; n <= number; n += 1) latency.add(now - (author.sentAt[n - author.firstMark] ?? now));
      result.delivered += number - last;
      one.seen[sender] = number;
    };
    one.member.client.hot = (message) => {
      result.framesIn += 1;
      findMarks(message, take);
    };
  }

  const padding = "x".repeat(pad);
  const cursorEvery = cursors === 0 ? 0 : Math.round(perSecond / cursors);
  const send = (one: Driving, place: number) => {
    const { member } = one;
    const number = member.next;
    member.next += 1;
    const mark = markOf(member.index, number);
    const isCursor = cursorEvery > 0 && number % cursorEvery === 0;
    const payload = isCursor ? cursorOf(place, number, mark) : member.editor.drag(mark + padding);
    one.sentAt[number - one.firstMark] = performance.now();
    if (isCursor) member.client.ws.send(member.client.adapter.awarenessFrame(member.client.room, payload));
    else member.client.sendUpdate(payload);
    result.sent += 1;
    result.sentBytes += payload.length;
  };

  const senders = driven.map((one, place) => ({ one, place })).filter(({ one }) => isSender(one.member));
  const began = performance.now();
  const cpuBefore = process.cpuUsage();
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const now = performance.now() - began;
      if (now >= seconds * 1000) {
        clearInterval(timer);
        return resolve();
      }
      for (const { one, place } of senders) {
        while (one.due <= now && one.member.next - one.firstMark < capacity) {
          lag.add(now - one.due);
          one.due += 1000 / perSecond;
          send(one, place);
        }
      }
    }, 1);
  });
  const elapsed = (performance.now() - began) / 1000;
  const perRoom = members.length / rooms.size;
  const expected = result.sent * (perRoom - 1);
  const deadline = performance.now() + traffic.drainMs;
  while (result.delivered < expected && performance.now() < deadline) await sleep(20);
  const { user, system } = process.cpuUsage(cpuBefore);
  for (const { member } of driven) member.client.hot = null;
  return { ...result, expected, latency, lag, seconds: elapsed, generatorCores: (user + system) / 1e6 / elapsed };
}

function cursorOf(place: number, number: number, mark: string): Uint8Array {
  const user = { name: `editor ${place}`, color: "#30bced" };
  const cursor = { x: number % 1920, y: number % 1080, mark };
  return awarenessUpdate(1_000_000 + place, number + 1, { user, cursor });
}

/** Each room's members, in the order of their index. */
function groupByRoom<T extends { room: number; index: number }>(members: readonly T[]): Map<number, T[]> {
  const rooms = new Map<number, T[]>();
  for (const member of members) rooms.set(member.room, [...(rooms.get(member.room) ?? []), member]);
  for (const room of rooms.values()) room.sort((a, b) => a.index - b.index);
  return rooms;
}
