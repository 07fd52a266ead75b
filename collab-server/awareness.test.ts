import { expect, test } from "vitest";
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import { RoomAwareness } from "./awareness.ts";

interface Socket {
  userId: string;
  joined: number;
}
let joins = 0;
function aSocket(userId: string): Socket {
  joins += 1;
  return { userId, joined: joins };
}

function aClient(state: object | null): { awareness: Awareness; update: (ids?: number[]) => Uint8Array; id: number } {
  const awareness = new Awareness(new Y.Doc());
  clearInterval(awareness._checkInterval as unknown as NodeJS.Timeout);
  awareness.setLocalState(state as Record<string, unknown> | null);
  return {
    awareness,
    id: awareness.clientID,
    update: (ids = [awareness.clientID]) => encodeAwarenessUpdate(awareness, ids),
  };
}
const statesOf = (update: Uint8Array | null) => {
  const reader = aClient(null);
  if (update !== null) applyAwarenessUpdate(reader.awareness, update, null);
  return reader.awareness.getStates();
};

test("the latest state of each client is what others hear", () => {
  const room = new RoomAwareness<Socket>();
  const [a, b] = [aClient({ at: 1 }), aClient({ at: 2 })];
  room.take(aSocket("a"), a.update(), 0);
  room.take(aSocket("b"), b.update(), 0);
  const socket = aSocket("c");
  const c = aClient({ at: 3 });
  room.take(socket, c.update(), 0);
  c.awareness.setLocalState({ at: 4 });
  room.take(socket, c.update(), 0);
  const heard = statesOf(room.takeChanges().here);
  expect([heard.get(a.id), heard.get(b.id), heard.get(c.id)]).toEqual([{ at: 1 }, { at: 2 }, { at: 4 }]);
  expect(room.takeChanges()).toEqual({ here: null, elsewhere: null });
});

test("nobody moves another's cursor, and echoes of others count for nothing", () => {
  const room = new RoomAwareness<Socket>();
  const [a, b] = [aClient({ at: 1 }), aClient({ at: 2 })];
  const [socketA, socketB] = [aSocket("a"), aSocket("b")];
  room.take(socketA, a.update(), 0);
  room.take(socketB, b.update(), 0);
  room.takeChanges();
  applyAwarenessUpdate(b.awareness, a.update(), null);
  const forged = aClient(null);
  applyAwarenessUpdate(forged.awareness, a.update(), null);
  room.take(socketB, b.update([a.id, b.id]), 0);
  expect(statesOf(room.everyone()).get(a.id)).toEqual({ at: 1 });
  room.drop(socketA);
  room.takeChanges();
  // b has not heard yet and says again what it knows of a.
  room.take(socketB, b.update([a.id, b.id]), 0);
  expect([...statesOf(room.everyone()).keys()]).toEqual([b.id]);
});

test("a person who is back on a new socket gets their cursor back before the old socket is noticed dead", () => {
  const room = new RoomAwareness<Socket>();
  const a = aClient({ at: 1 });
  const [old, fresh] = [aSocket("a"), aSocket("a")];
  room.take(old, a.update(), 0);
  a.awareness.setLocalState({ at: 2 });
  room.take(fresh, a.update(), 0);
  room.drop(old);
  expect(statesOf(room.everyone()).get(a.id)).toEqual({ at: 2 });
});

test("who leaves or falls silent is removed for the others", () => {
  const room = new RoomAwareness<Socket>();
  const [a, b] = [aClient({ at: 1 }), aClient({ at: 2 })];
  const socketA = aSocket("a");
  room.take(socketA, a.update(), 0);
  room.take(aSocket("b"), b.update(), 1000);
  const reader = aClient(null);
  applyAwarenessUpdate(reader.awareness, room.takeChanges().here!, null);
  room.drop(socketA);
  room.expire(2000);
  applyAwarenessUpdate(reader.awareness, room.takeChanges().here!, null);
  expect([...reader.awareness.getStates().keys()]).toEqual([]);
});

test("a cursor of more than 4 KiB is not taken, and what others could not read is an error", () => {
  const room = new RoomAwareness<Socket>();
  const socket = aSocket("a");
  const a = aClient({ at: 1 });
  room.take(socket, a.update(), 0);
  a.awareness.setLocalState({ at: "x".repeat(5000) });
  room.take(socket, a.update(), 0);
  expect(statesOf(room.everyone()).get(a.id)).toEqual({ at: 1 });
  expect(() => room.take(socket, Uint8Array.of(1, 5, 1, 2, 0x7b, 0x7b), 0)).toThrow();
});
