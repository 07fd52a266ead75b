import { expect, test } from "vitest";
import { type Clock, keepRunning, pauseBeforeRestart, type Running } from "./keep-running.ts";

/** A part whose life the test ends, and a clock that notes pauses instead of waiting. */
function aStage(livesMs: number[] = []) {
  const pauses: number[] = [];
  const deaths: ((how: string) => void)[] = [];
  let time = 0;
  const clock: Clock = {
    now: () => time,
    sleep: async (ms) => {
      pauses.push(ms);
    },
  };
  const start = async (): Promise<Running> => {
    const ended = new Promise<string>((resolve) =>
      deaths.push((how) => {
        time += livesMs[deaths.length - 1] ?? 0;
        resolve(how);
      }),
    );
    const die = deaths.at(-1);
    return { ended, stop: async () => die?.("stopped") };
  };
  return { pauses, deaths, clock, start };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("the pause doubles from a quarter of a second to ten seconds", () => {
  expect([1, 2, 3, 4, 5, 6, 7, 50].map(pauseBeforeRestart)).toEqual([250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
});

test("a part that dies is started again and said, a little later every time", async () => {
  const stage = aStage();
  const said: string[] = [];
  const kept = keepRunning(
    { name: "director", start: stage.start },
    (event) => said.push(`${event.part} ${event.text}`),
    stage.clock,
  );
  await kept.started;
  for (let i = 0; i < 3; i += 1) {
    stage.deaths.at(-1)?.("SIGKILL");
    await turn();
  }
  expect(stage.pauses).toEqual([250, 500, 1000]);
  expect(stage.deaths).toHaveLength(4);
  expect(said[0]).toBe("director ended (SIGKILL); starting it again in 0.25 s");
  await kept.stop();
});

test("half a minute of health makes the next pause the first again", async () => {
  const stage = aStage([0, 0, 31_000]);
  const kept = keepRunning({ name: "app", start: stage.start }, () => undefined, stage.clock);
  await kept.started;
  for (let i = 0; i < 3; i += 1) {
    stage.deaths.at(-1)?.("exit code 1");
    await turn();
  }
  expect(stage.pauses).toEqual([250, 500, 250]);
  await kept.stop();
});

test("a part that was stopped stays stopped", async () => {
  const stage = aStage();
  const kept = keepRunning({ name: "app", start: stage.start }, () => undefined, stage.clock);
  await kept.started;
  await kept.stop();
  await turn();
  expect(stage.deaths).toHaveLength(1);
  expect(kept.current()).toBeNull();
});

test("a part that can't start at all says so instead of being tried for ever", async () => {
  const start = () => Promise.reject(new Error("no such program"));
  const kept = keepRunning({ name: "nats", start }, () => undefined);
  await expect(kept.started).rejects.toThrow("no such program");
});

test("a restart for live reload comes at once and is no failure", async () => {
  const stage = aStage();
  const said: string[] = [];
  const kept = keepRunning({ name: "director", start: stage.start }, (event) => said.push(event.text), stage.clock);
  await kept.started;
  await kept.restart();
  await turn();
  expect(stage.deaths).toHaveLength(2);
  expect([...stage.pauses, ...said]).toEqual([]);
  await kept.stop();
});
