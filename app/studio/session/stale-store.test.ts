import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { TakeView } from "#domain/jobs/messages/views.ts";
import { aFilm, aShot } from "#domain/prompt/testing/a-film.ts";
import { watchStale } from "./stale-store.ts";
import { createStore } from "./store.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const aTake = (shotId: string): TakeView => ({
  ...{
    id: `t ${shotId}`,
    projectId: "p",
    shotId,
    number: 1,
    engine: "previz",
    seed: 1,
    prompt: "hale grips the wheel",
  },
  ...{ width: 640, height: 360, frames: 48, fps: { num: 24, den: 1 }, videoAssetId: "a", videoUrl: "/v1/assets/a" },
  createdAt: "2026-01-01T00:00:00Z",
});
const shots = ["a", "b", "c"].map((id) => aShot({ id, action: "Hale grips the wheel" }));

test("a shot that changes is stale a moment later, and fresh again when it is as it was", async () => {
  const film = createStore(aFilm({ shots }));
  const work = createStore({ takes: ["a", "b"].map(aTake) });
  const stale = watchStale(film, work);
  const heard = vi.fn();
  const leave = stale.subscribe(heard);
  await vi.advanceTimersByTimeAsync(1000);
  expect([[...stale.get().shots], heard.mock.calls.length]).toEqual([[], 0]);

  film.set((before) => ({ ...before, shots: shots.map((shot) => ({ ...shot, durationFrames: 60 })) }));
  await vi.advanceTimersByTimeAsync(1000);
  // One without a take is not stale: it has never been shot.
  expect([...stale.get().shots]).toEqual(["a", "b"]);
  expect([...stale.get().toShoot]).toEqual(["a", "b"]);
  const found = stale.get();
  film.set((before) => ({ ...before, screenplay: "typing" }));
  await vi.advanceTimersByTimeAsync(1000);
  expect(stale.get()).toBe(found);

  // Somebody plays the old take though a newer one fits: stale, but nothing is to be shot.
  const newer = { ...aTake("a"), id: "newer", number: 2, frames: 60 };
  work.set(({ takes }) => ({ takes: [newer, ...takes] }));
  film.set((before) => ({ ...before, shots: before.shots.map((shot) => ({ ...shot, takeId: `t ${shot.id}` })) }));
  await vi.advanceTimersByTimeAsync(1000);
  expect([[...stale.get().shots], [...stale.get().toShoot]]).toEqual([["a", "b"], ["b"]]);

  film.set((before) => ({ ...before, shots }));
  work.set({ takes: ["a", "b"].map(aTake) });
  await vi.advanceTimersByTimeAsync(1000);
  expect([...stale.get().shots]).toEqual([]);
  expect(heard).toHaveBeenCalledTimes(3);

  leave();
  film.set((before) => ({ ...before, shots: [] }));
  await vi.advanceTimersByTimeAsync(1000);
  expect(vi.getTimerCount()).toBe(0);
});
