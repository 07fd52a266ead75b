import { expect, test } from "vitest";
import { coming } from "./coming.ts";

const thing = () => ({
  thrownAway: 0,
  dispose() {
    this.thrownAway += 1;
  },
});

test("what is asked for comes once, however often one asks", async () => {
  let times = 0;
  const made = thing();
  const one = coming(() => Promise.resolve(((times += 1), made)));
  expect(one.here).toBeNull();
  expect(await Promise.all([one.get(), one.get()])).toEqual([made, made]);
  expect([one.here, await one.get(), times]).toEqual([made, made, 1]);
});

test("what failed is asked for anew", async () => {
  const made = thing();
  let times = 0;
  const one = coming(() => ((times += 1) === 1 ? Promise.reject(new Error("not now")) : Promise.resolve(made)));
  await expect(one.get()).rejects.toThrow("not now");
  expect(await one.get()).toBe(made);
});

test("who leaves stops it, throws away what comes all the same, and gets nothing more", async () => {
  const made = thing();
  let stopped = false;
  let bring: (value: typeof made) => void = () => undefined;
  const one = coming((signal) => {
    signal.addEventListener("abort", () => (stopped = true));
    return new Promise<typeof made>((resolve) => (bring = resolve));
  });
  const asked = one.get();
  one.dispose();
  bring(made);
  expect([await asked, await one.get(), one.here, stopped, made.thrownAway]).toEqual([null, null, null, true, 1]);
});

test("what fails because one left is no failure, and what is there is thrown away", async () => {
  const left = coming(
    (signal) =>
      new Promise<ReturnType<typeof thing>>((_, reject) => signal.addEventListener("abort", () => reject(new Error()))),
  );
  const asked = left.get();
  left.dispose();
  expect(await asked).toBeNull();
  const made = thing();
  const there = coming(() => Promise.resolve(made));
  await there.get();
  there.dispose();
  there.dispose();
  expect([there.here, made.thrownAway]).toEqual([null, 1]);
});
