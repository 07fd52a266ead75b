/**
 * Random sessions by the hundred. A failure names its seed; `testing/run-sessions.ts --seed … --weather …` runs that one
 * again, and thousands when asked.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Dice } from "./testing/dice.ts";
import { changeFilm } from "./testing/film-changes.ts";
import { until } from "./testing/peer.ts";
import { openRoughRoad } from "./testing/rough-road.ts";
import { runSessions } from "./testing/sessions.ts";
import { differenceOf, readStoredFilm } from "./testing/stored-film.ts";
import { openCollabStudio, startServer, type CollabStudio } from "./testing/studio.ts";
import { tightenLimits } from "./testing/tight-limits.ts";
import { weatherNames } from "./testing/weathers.ts";

tightenLimits();
let studio: CollabStudio;
beforeAll(async () => {
  studio = await openCollabStudio();
});
afterAll(() => studio.close());

test.each(weatherNames)("%s: everybody ends with the same film, which Postgres holds", async (weather) => {
  const seeds = [1, 2];
  const reports = await Promise.all(seeds.map((seed) => runSessions({ studio, seed, weather, steps: 180 })));
  expect(reports.flatMap(({ seed, faults }) => faults.map((fault) => `seed ${seed}: ${fault}`))).toEqual([]);
  for (const report of reports) expect(report).toMatchObject({ acknowledgedLost: 0, seenLost: 0 });
  expect(Math.min(...reports.map((report) => report.sessions))).toBeGreaterThan(10);
});

test("stock clients on a rough road to two servers, of which one leaves, end with the same film", async () => {
  const seed = 5;
  const dice = new Dice(seed);
  const [one, two] = [await startServer(studio), await startServer(studio)];
  const road = await openRoughRoad(dice.fork(), [one.port, two.port], 12);
  const projectId = await studio.addProject();
  const userId = await studio.addPerson(projectId, "editor");
  const peers = Array.from({ length: 6 }, () => studio.join(road, projectId, userId));
  for (let step = 0; step < 300; step += 1) {
    const peer = dice.pick(peers);
    const what = dice.weighted({ edit: 40, cut: 3, leave: 2, come: 4 });
    if (what === "edit") changeFilm(peer.doc, dice);
    else if (what === "cut") road.cutOne();
    else if (what === "leave") peer.provider.disconnect();
    else peer.provider.connect();
    await sleep(dice.below(8));
    if (step !== 200) continue;
    road.setServers([one.port]);
    await two.stop();
  }
  for (const peer of peers) peer.provider.connect();
  const differences = async () => {
    const { doc, disorder } = await readStoredFilm(studio.sql, projectId);
    return [disorder, ...peers.map((peer) => differenceOf(peer.doc, doc))].filter((one) => one !== null);
  };
  const isQuiet = () => peers.every((peer) => peer.provider.synced && peer.isSaved);
  await until(
    `all are equal and saved, seed ${seed}`,
    async () => isQuiet() && (await differences()).length === 0,
    10_000,
  );
  expect(
    peers.flatMap((peer) => [...peer.refusals, ...peer.closeCodes.filter((code) => code >= 4400 && code < 4500)]),
  ).toEqual([]);
  expect(road.connections).toBeGreaterThan(20);
  for (const peer of peers) peer.close();
  road.close();
  await one.stop();
});
