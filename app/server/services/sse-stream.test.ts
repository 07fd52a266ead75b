import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { openSseStream, Stale } from "./sse-stream.ts";

const padding = "x".repeat(4000);

test("events are written as the protocol has them", async () => {
  const stream = openSseStream(async (sink) => {
    await sink.comment("open");
    await sink.event({ id: "7", event: "job", data: "{}" });
    await sink.event({ event: "progress", data: "1" });
  }, 1000);
  expect(await new Response(stream).text()).toBe(
    ": open\n\nid: 7\nevent: job\ndata: {}\n\nevent: progress\ndata: 1\n\n",
  );
});

test("nothing is written far ahead of a slow reader", async () => {
  let written = 0;
  const stream = openSseStream(async (sink) => {
    while (written < 50 && !sink.isOver) {
      await sink.event({ event: "job", data: padding });
      written += 1;
    }
  }, 5000);
  const reader = stream.getReader();
  await sleep(20);
  expect(written).toBeLessThan(6);
  for (let count = 0; count < 10; count++) await reader.read();
  await sleep(20);
  expect(written).toBeGreaterThan(9);
  expect(written).toBeLessThan(16);
  await reader.cancel();
});

test("a reader who takes nothing for too long is let go", async () => {
  const stream = openSseStream(async (sink) => {
    while (!sink.isOver) await sink.event({ event: "job", data: padding });
  }, 30);
  const reader = stream.getReader();
  await sleep(80);
  // What errs breaks the connection off; the reader does not see a good end.
  await expect(
    (async () => {
      while (!(await reader.read()).done);
    })(),
  ).rejects.toThrow(Stale);
});

test("whoever writes hears that the reader has gone", async () => {
  let heard = false;
  const stream = openSseStream(async (sink) => {
    await new Promise<void>((resolve) =>
      sink.onEnd(() => {
        heard = sink.isOver;
        resolve();
      }),
    );
  }, 1000);
  await stream.cancel();
  expect(heard).toBe(true);
});
