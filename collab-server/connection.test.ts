import { expect, test, vi } from "vitest";
import { Connection } from "./connection.ts";
import type { EditorSocket } from "./editor-socket.ts";
import { framed, savedMessage, step2Message, updateMessage } from "./frames.ts";
import { limits } from "./limits.ts";

/** A socket whose network takes bytes when the test says so. */
function aSocket() {
  const listeners = new Map<string, (...given: never[]) => void>();
  const written: Buffer[] = [];
  const closed: [number, string][] = [];
  let waiting: (() => void)[] = [];
  let buffered = 0;
  let isPaused = false;
  const socket: EditorSocket = {
    OPEN: 1,
    readyState: 1,
    get bufferedAmount() {
      return buffered;
    },
    writeFramed: (bytes, whenOut) => {
      written.push(Buffer.from(bytes));
      buffered += bytes.length;
      if (whenOut !== undefined) waiting.push(whenOut);
    },
    cork: () => {},
    uncork: () => {},
    ping: () => {},
    pause: () => {
      isPaused = true;
    },
    resume: () => {
      isPaused = false;
    },
    close: (code, reason) => closed.push([code, reason]),
    terminate: () => {},
    on: (event: string, listener: (...given: never[]) => void) => listeners.set(event, listener),
  };
  return {
    socket,
    written,
    closed,
    isPaused: () => isPaused,
    receive: (data: Uint8Array) => listeners.get("message")?.(data as never, true as never),
    /** The network takes everything; what that lets go on has gone on. */
    drain: async () => {
      buffered = 0;
      for (const whenOut of waiting.splice(0)) whenOut();
      await new Promise((resolve) => setImmediate(resolve));
    },
    hasWaiting: () => waiting.length > 0,
  };
}

function aConnection() {
  const peer = aSocket();
  let now = 0;
  const happened: string[] = [];
  const connection = new Connection(
    peer.socket,
    { userId: "u", name: "P", role: "editor", workspaceId: "w" },
    {
      frame: () => happened.push("frame"),
      closed: () => happened.push("closed"),
      drained: () => happened.push("drained"),
    },
    () => now,
  );
  return { ...peer, connection, happened, pass: (ms: number) => (now += ms), now: () => now };
}

/** Reads a stream of WebSocket frames as messages. */
function messagesIn(chunks: readonly Buffer[]): Buffer[] {
  const data = Buffer.concat(chunks);
  const messages: Buffer[] = [];
  let parts: Buffer[] = [];
  for (let at = 0; at < data.length;) {
    const short = data[at + 1]!;
    const header = short === 126 ? 4 : short === 127 ? 10 : 2;
    const length =
      short === 126 ? data.readUInt16BE(at + 2) : short === 127 ? Number(data.readBigUInt64BE(at + 2)) : short;
    expect(data[at]! & 0x0f).toBe(parts.length === 0 ? 2 : 0);
    parts.push(data.subarray(at + header, at + header + length));
    if ((data[at]! & 0x80) !== 0) messages.push(Buffer.concat(parts.splice(0)));
    at += header + length;
  }
  expect(parts).toEqual([]);
  return messages;
}
const contentOf = (message: ReturnType<typeof updateMessage>) => Buffer.concat([message.head, message.body]);

test("a large message goes out in fragments as the socket drains, and nothing stands between them", async () => {
  const { connection, written, drain, hasWaiting, happened } = aConnection();
  const large = step2Message(new Uint8Array(limits.sliceBytes * 3 + 5).fill(7));
  const small = updateMessage(Uint8Array.of(1, 2, 3));
  connection.send(large);
  connection.send(small);
  connection.sendPassing(framed(small));
  connection.sendUpdate(framed(small), 4);
  connection.acknowledge(9);
  connection.saySaved();
  expect(Buffer.concat(written).length).toBeLessThan(limits.sliceBytes + 20);
  while (hasWaiting()) {
    expect(connection.isUpToDate).toBe(false);
    await drain();
  }
  // The passing one is dropped; the update is told as missed.
  expect(messagesIn(written).map((message) => message.length)).toEqual(
    [large, small, savedMessage(9)].map((message) => contentOf(message).length),
  );
  expect(messagesIn(written)[0]!.equals(contentOf(large))).toBe(true);
  expect([connection.missedFrom, happened]).toEqual([4, ["drained"]]);
});

test("messages of every length are framed as one, whole or in fragments", async () => {
  for (const length of [0, 121, 122, 123, 65_530, 65_531, limits.sliceBytes, limits.sliceBytes + 1]) {
    const { connection, written, drain, hasWaiting } = aConnection();
    const message = updateMessage(new Uint8Array(length).map((_, i) => i % 251));
    connection.send(message);
    while (hasWaiting()) await drain();
    const [got, ...more] = messagesIn(written);
    expect([got!.equals(contentOf(message)), more.length]).toEqual([true, 0]);
  }
});

test("a slow socket is sent nothing more until it has drained, and is closed when it does not", async () => {
  const { connection, written, drain, happened, closed, pass, now } = aConnection();
  const frame = framed(updateMessage(new Uint8Array(limits.softBufferedBytes)));
  connection.sendUpdate(frame, 1);
  connection.sendUpdate(frame, 2);
  connection.sendUpdate(frame, 3);
  expect([written.length, connection.missedFrom]).toEqual([1, 2]);
  connection.sweep(now());
  expect(happened).toEqual([]);
  await drain();
  connection.sweep(now());
  expect(happened).toEqual(["drained"]);
  connection.missedFrom = null;
  connection.sendUpdate(frame, 3);
  connection.sendUpdate(frame, 4);
  pass(limits.behindMs + 1);
  connection.sweep(now());
  expect(closed).toEqual([[4508, "too-slow"]]);
  expect(happened).toEqual(["drained", "closed"]);
});

test("who sends too fast is read slowly, and closed when it has to be held back all the time", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const flood = aConnection();
    const busy = aConnection();
    const frame = Uint8Array.of(3);
    for (let i = 0; i < limits.frameBurst - 1; i += 1) flood.receive(frame);
    expect(flood.isPaused()).toBe(false);
    let closedAfter = 0;
    for (let ms = 0; ms < 600_000; ms += 100) {
      // What lies in one network buffer is read before the pause is felt.
      if (!flood.isPaused()) for (let i = 0; i < 500; i += 1) flood.receive(frame);
      for (let i = 0; i < limits.framesPerSecond / 10; i += 1) busy.receive(frame);
      for (const one of [flood, busy]) one.pass(100);
      vi.advanceTimersByTime(100);
      if (flood.closed.length > 0 && closedAfter === 0) closedAfter = ms;
    }
    expect(flood.closed).toEqual([[4529, "too-fast"]]);
    expect(closedAfter).toBeGreaterThan(limits.mostHeldMs);
    expect(busy.closed).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});
