import { expect, test } from "vitest";
import { createRuns } from "./runs.ts";

/** Work that lasts until it is told to end. */
function work(log: string[], name: string) {
  let end = () => {};
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  const run = async () => {
    log.push(`${name} begins`);
    await over;
    log.push(`${name} ends`);
  };
  return { run, end: () => end() };
}
const aMoment = () => new Promise<void>((resolve) => void setTimeout(resolve, 0));

test("the next run begins when the one before has left the canvas, also where that one was called off", async () => {
  const log: string[] = [];
  const runs = createRuns();
  const [still, film] = [work(log, "still"), work(log, "film")];
  runs.begin(1, 1, still.run);
  await aMoment();
  runs.stop(1);
  runs.begin(2, 4, film.run);
  await aMoment();
  expect(log).toEqual(["still begins"]);
  expect([runs.isWanted(1), runs.isWanted(2)]).toEqual([false, true]);
  expect(await runs.mayGoOn(1, 0)).toBe(false);
  still.end();
  await aMoment();
  expect(log).toEqual(["still begins", "still ends", "film begins"]);
  film.end();
  await aMoment();
  expect(runs.isWanted(2)).toBe(false);
});

test("a run that is called off while it waits for another is never begun", async () => {
  const log: string[] = [];
  const runs = createRuns();
  const [first, second, third] = [work(log, "first"), work(log, "second"), work(log, "third")];
  runs.begin(1, 1, first.run);
  runs.begin(2, 1, second.run);
  runs.begin(3, 1, third.run);
  runs.stop(2);
  first.end();
  third.end();
  await aMoment();
  expect(log).toEqual(["first begins", "first ends", "third begins", "third ends"]);
});

test("so many pictures go as were asked for; a run that waits for more hears that it is called off", async () => {
  const runs = createRuns();
  const said: boolean[] = [];
  runs.begin(1, 2, async () => {
    for (let index = 0; index < 5; index += 1) {
      const goesOn = await runs.mayGoOn(1, index);
      said.push(goesOn);
      if (!goesOn) return;
    }
  });
  await aMoment();
  expect(said).toEqual([true, true]);
  runs.more(1, 3);
  await aMoment();
  expect(said).toEqual([true, true, true]);
  runs.stop(1);
  await aMoment();
  expect(said).toEqual([true, true, true, false]);
});
