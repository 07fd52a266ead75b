import { expect, test } from "vitest";
import { carriesUpdate, countSaved } from "./saved-count.ts";

const step1 = Uint8Array.of(0, 0, 1);
const step2 = Uint8Array.of(0, 1, 1);
const update = Uint8Array.of(0, 2, 1);
const awareness = Uint8Array.of(1, 5);

function aCount() {
  const clock = { ms: 0 };
  return { clock, count: countSaved(() => clock.ms) };
}

test("only step 2 and updates count", () => {
  expect([step1, step2, update, awareness].map(carriesUpdate)).toEqual([false, true, true, false]);
});

test("an edit is unsaved until the frame that carries it is stored", () => {
  const { count } = aCount();
  count.socketOpened();
  count.frameSent(step2);
  count.stored(1);
  count.edited();
  count.frameSent(update);
  expect(count.unsaved()).toBe(1);
  expect(count.settled()).toBe(false);
  count.stored(1);
  expect(count.unsaved()).toBe(1);
  count.stored(2);
  expect(count.unsaved()).toBe(0);
  expect(count.settled()).toBe(true);
});

test("edits made offline wait for the next socket's step 2 to be stored", () => {
  const { count } = aCount();
  count.edited();
  count.edited();
  expect(count.unsaved()).toBe(2);
  count.socketOpened();
  count.frameSent(step1);
  expect(count.unsaved()).toBe(2);
  count.frameSent(step2);
  count.stored(1);
  expect(count.unsaved()).toBe(0);
});

test("an edit whose socket died before the answer is unsaved again", () => {
  const { count } = aCount();
  count.socketOpened();
  count.edited();
  count.frameSent(update);
  count.socketOpened();
  expect(count.unsaved()).toBe(1);
  count.frameSent(step2);
  count.stored(1);
  expect(count.unsaved()).toBe(0);
});

test("a socket is settled only when what the browser kept from before was sent and stored", () => {
  const { count } = aCount();
  count.socketOpened();
  expect(count.settled()).toBe(false);
  count.frameSent(step2);
  expect(count.settled()).toBe(false);
  expect(count.unsaved()).toBe(0);
  count.stored(1);
  expect(count.settled()).toBe(true);
  count.socketOpened();
  expect(count.settled()).toBe(false);
});

test("waiting is counted from the oldest edit that is not stored", () => {
  const { clock, count } = aCount();
  count.socketOpened();
  count.frameSent(step2);
  count.stored(1);
  expect(count.waitingSinceMs()).toBeNull();
  for (clock.ms of [100, 200]) {
    count.edited();
    count.frameSent(update);
  }
  expect(count.waitingSinceMs()).toBe(100);
  count.stored(2);
  expect(count.waitingSinceMs()).toBe(200);
  count.stored(3);
  expect(count.waitingSinceMs()).toBeNull();
});

test("what was made offline waits since the socket opened, not since it was made", () => {
  const { clock, count } = aCount();
  count.edited();
  clock.ms = 60_000;
  count.socketOpened();
  expect(count.waitingSinceMs()).toBe(60_000);
  clock.ms = 60_050;
  count.frameSent(step2);
  expect(count.waitingSinceMs()).toBe(60_000);
});
