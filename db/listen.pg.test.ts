import { expect, test } from "vitest";
import { startTestCluster } from "#testing/cluster.ts";
import { openDb } from "./client.ts";
import { listenPatiently } from "./listen.ts";

test("who listens while Postgres is away waits for it, and hears what is said after it was away again", async () => {
  const cluster = await startTestCluster();
  const handle = openDb(cluster.url("postgres"), { name: "test", max: 2 });
  try {
    await cluster.kill();
    const heard: string[] = [];
    let times = 0;
    const listening = listenPatiently(
      handle.sql,
      "news",
      (payload) => heard.push(payload),
      () => (times += 1),
    );
    await cluster.restart();
    await listening;
    await handle.sql.notify("news", "one");
    await expect.poll(() => heard).toEqual(["one"]);
    await cluster.restart();
    await expect.poll(() => times, { timeout: 15_000 }).toBeGreaterThan(1);
    await expect
      .poll(
        () =>
          handle.sql.notify("news", "two").then(
            () => heard,
            () => heard,
          ),
        { timeout: 15_000 },
      )
      .toContain("two");
  } finally {
    await handle.close();
    await cluster.stop();
  }
}, 60_000);
