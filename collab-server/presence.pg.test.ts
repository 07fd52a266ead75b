/** Who is here is seen by the others, also after the mess of a bad line. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "./testing/peer.ts";
import { SmallCrowd } from "./testing/small-crowd.ts";
import { openCollabStudio, type CollabStudio } from "./testing/studio.ts";

let studio: CollabStudio;
beforeAll(async () => {
  studio = await openCollabStudio();
});
afterAll(() => studio.close());

test("what an old line of somebody's brings late does not take their place on the new one", async () => {
  const crowd = await SmallCrowd.gather(studio);
  const server = await crowd.server();
  const [a, b, c] = [crowd.person("editor"), crowd.person("editor"), crowd.person("editor")];
  crowd.join(b, server);
  await until("b is in", () => b.isSynced);
  // a's first line gets stuck with its greeting on it; a comes in on another, and then the first one moves on and ends.
  const old = crowd.join(a, server);
  const goOn = old.stall();
  await until("a is on the line", () => a.isOpen);
  const fresh = crowd.join(a, server);
  await until("b sees a", () => b.sees.includes(a.name));
  const goOnWithNews = fresh.stall();
  goOn();
  // Stock clients say again what they hear of others: a will speak of c, who came and left meanwhile.
  crowd.join(c, server);
  await until("c is in", () => b.sees.includes(c.name));
  c.unplug();
  await until("c is gone", () => !b.sees.includes(c.name));
  goOnWithNews();
  const isSeen = () => {
    a.pointAgain();
    return b.sees.includes(a.name);
  };
  await sleep(100);
  await until("b sees a again", isSeen, 2000).catch(() => {});
  expect(b.sees).toContain(a.name);
  expect(crowd.faults).toEqual([]);
  await crowd.disperse();
});
