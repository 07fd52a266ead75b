import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ProjectEvent } from "#domain/jobs/messages/project-event.ts";
import { newestEventPosition } from "./event-position.ts";
import { eventsAfter, eventsIn, readNotice, recordEvent, recordEvents } from "./project-events.ts";
import { openTestFilm, type TestFilm } from "./testing/test-film.ts";

let film: TestFilm;
beforeAll(async () => {
  film = await openTestFilm();
});
afterAll(() => film.close());

const anEvent = (agents: number): ProjectEvent => ({ type: "queue", positions: {}, agents });
const numbersOf = (events: { event: ProjectEvent }[]) =>
  events.map(({ event }) => (event.type === "queue" ? event.agents : -1));

test("events have positions from 1 without a gap, each project its own", async () => {
  const [one, other] = [await film.addProject(), await film.addProject()];
  expect(await newestEventPosition(film.db, one)).toBe(0);
  await film.db.transaction((tx) => recordEvents(tx, one, [anEvent(1), anEvent(2)]));
  await recordEvent(film.db, other, anEvent(9));
  await film.db
    .transaction(async (tx) => {
      await recordEvent(tx, one, anEvent(7));
      throw new Error("not after all");
    })
    .catch(() => undefined);
  await recordEvent(film.db, one, anEvent(3));
  const events = await eventsAfter(film.db, one, 0);
  expect(events.map(({ position }) => position)).toEqual([1, 2, 3]);
  expect(numbersOf(events)).toEqual([1, 2, 3]);
  expect(await newestEventPosition(film.db, one)).toBe(3);
  expect(await eventsAfter(film.db, other, 0)).toMatchObject([{ position: 1 }]);
});

test("whoever follows by position misses nothing, however the writers' commits come", async () => {
  const projectId = await film.addProject();
  const writers = 12;
  const each = 15;
  let isWriting = true;
  const read: number[] = [];
  const follow = async () => {
    for (let last = 0; ;) {
      const wasWriting = isWriting;
      const events = await eventsAfter(film.db, projectId, last, 7);
      read.push(...events.map(({ position }) => position));
      last = read.at(-1) ?? 0;
      if (events.length === 0 && !wasWriting) return;
      await sleep(1);
    }
  };
  const write = async (writer: number) => {
    for (let count = 0; count < each; count++) {
      await film.db.transaction(async (tx) => {
        await recordEvent(tx, projectId, anEvent(writer));
        // The one that began first is not the one that commits first.
        await sleep((writer * 7 + count * 3) % 5);
      });
    }
  };
  const following = follow();
  await Promise.all(Array.from({ length: writers }, (_, index) => write(index)));
  isWriting = false;
  await following;
  expect(read).toEqual(Array.from({ length: writers * each }, (_, index) => index + 1));
});

test("a notice names a stretch of events that can be read by it", async () => {
  const projectId = await film.addProject();
  await recordEvents(film.db, projectId, [anEvent(1), anEvent(2), anEvent(3)]);
  const range = readNotice(`${projectId} 2 3`);
  expect(range).toEqual({ projectId, first: 2, last: 3 });
  expect(numbersOf(await eventsIn(film.db, [range!]))).toEqual([2, 3]);
  expect(readNotice("17")).toBe(null);
});

test("an event of a project that is not there is an error, not silence", async () => {
  await expect(recordEvent(film.db, "00000000-0000-7000-8000-000000000000", anEvent(1))).rejects.toThrow(/not there/);
});
