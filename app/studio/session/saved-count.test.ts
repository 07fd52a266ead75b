import { expect, test } from "vitest";
import { carriesUpdate, countSaved } from "./saved-count.ts";

const step1 = Uint8Array.of(0, 0, 1);
const step2 = Uint8Array.of(0, 1, 1);
const update = Uint8Array.of(0, 2, 1);
const awareness = Uint8Array.of(1, 5);

test("only step 2 and updates count", () => {
  expect([step1, step2, update, awareness].map(carriesUpdate)).toEqual([false, true, true, false]);
});

test("an edit is unsaved until the frame that carries it is stored", () => {
  const count = countSaved();
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
  const count = countSaved();
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
  const count = countSaved();
  count.socketOpened();
  count.edited();
  count.frameSent(update);
  count.socketOpened();
  expect(count.unsaved()).toBe(1);
  count.frameSent(step2);
  count.stored(1);
  expect(count.unsaved()).toBe(0);
});
