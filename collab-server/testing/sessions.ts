/**
 * Random sessions: people come, edit, get stuck, are cut off and leave, in a film or two on one or two servers, while
 * servers die and lines break as the weather has it. Real Postgres, real NATS, seeded dice; only the sockets are ours.
 * What the dice throw comes again with the seed; what the machine takes how long for does not.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { audit } from "./audit.ts";
import { Content } from "./content.ts";
import { Crowd } from "./crowd.ts";
import { Dice } from "./dice.ts";
import { slate } from "./film-changes.ts";
import type { SeededPeer } from "./seeded-peer.ts";
import { differenceOf, readStoredFilm, type StoredFilm } from "./stored-film.ts";
import type { CollabStudio } from "./studio.ts";
import { weathers, type WeatherName } from "./weathers.ts";

export interface SessionsOptions {
  studio: CollabStudio;
  seed: number;
  weather: WeatherName;
  /** How many things happen. */
  steps: number;
}

export interface SessionsReport {
  seed: number;
  weather: WeatherName;
  /** One person on one line. */
  sessions: number;
  edits: number;
  cuts: number;
  kills: number;
  /** Given out in the logs of the films. */
  rows: number;
  acknowledgedLost: number;
  seenLost: number;
  /** What the servers did that they must not; empty when all is well. */
  faults: string[];
  seconds: number;
}

/** How long everything may take to be everywhere, once nobody edits and nothing fails any more. */
const quietWithinMs = 8000;

export async function runSessions({ studio, seed, weather, steps }: SessionsOptions): Promise<SessionsReport> {
  const startedAt = performance.now();
  const crowd = new Crowd(studio, weathers[weather], new Dice(seed));
  const lost = { acknowledgedLost: 0, seenLost: 0 };
  const look = async (when: string) => {
    const { faults, acknowledgedLost, seenLost } = await audit(studio.sql, crowd.films);
    lost.acknowledgedLost += acknowledgedLost;
    lost.seenLost += seenLost;
    for (const fault of faults) crowd.fault(`${when} ${fault}`);
  };
  await crowd.begin();
  for (let step = 0; step < steps; step += 1) {
    await takeStep(crowd, look);
    await sleep(crowd.dice.below(7));
  }
  const stored = await comeToRest(crowd);
  await look("at the end");
  await welcomeNewcomers(crowd);
  await crowd.stop();
  return {
    seed,
    weather,
    sessions: crowd.sessions,
    edits: crowd.peers.reduce((sum, peer) => sum + peer.edits, 0),
    cuts: crowd.cuts,
    kills: crowd.kills,
    rows: stored.reduce((sum, film) => sum + film.head, 0),
    ...lost,
    faults: crowd.faults,
    seconds: (performance.now() - startedAt) / 1000,
  };
}

async function takeStep(crowd: Crowd, look: (when: string) => Promise<void>): Promise<void> {
  const { dice, weather, peers } = crowd;
  const peer = dice.pick(peers);
  const isGuest = peer.role === "viewer" || peer.role === "commenter";
  const away = peers.filter((one) => one.line === null);
  const what = dice.weighted({
    edit: 50,
    burst: 4,
    point: 5,
    join: 16,
    leave: 4,
    cut: 5,
    reload: 3,
    stall: 4,
    trespass: isGuest ? 3 : 0,
    ask: 2,
    look: 0.5,
    pause: weather.pauses ? 2 : 0,
    outage: weather.broker === "lossy" ? 1.5 : 0,
    kill: weather.kills ? 1.5 : 0,
  });
  switch (what) {
    case "edit":
      return peer.edit();
    case "burst":
      for (let left = dice.between(5, 30); left > 0; left -= 1) peer.edit();
      return;
    case "point":
      return peer.point();
    case "join":
      if (away.length > 0) crowd.join(dice.pick(away));
      return;
    case "leave":
      return peer.unplug();
    case "cut":
      return crowd.cut(peer);
    case "reload":
      return peer.beginAnew();
    case "stall":
      return crowd.stall(peer);
    case "trespass":
      return peer.trespass();
    case "ask":
      return crowd.askForEdit();
    case "look":
      return look("in between");
    case "pause":
      return sleep(dice.between(200, 500));
    case "outage":
      return crowd.loseBroker();
    case "kill":
      // Before anybody can come back and bring what was lost.
      if (crowd.kill()) await look("at a kill");
  }
}

/** Nothing fails any more, everybody is there: soon all are equal, and equal to what Postgres holds. */
async function comeToRest(crowd: Crowd): Promise<StoredFilm[]> {
  crowd.isCalm = true;
  await crowd.metEachOther();
  for (const instance of crowd.instances) instance.setAway(false);
  await crowd.askAgain();
  for (const peer of crowd.peers) if (peer.isSpoiled || mayBeHaunted(crowd, peer)) peer.beginAnew();
  // Whoever is on a line stays on it: nothing may have passed them by.
  const endAt = performance.now() + quietWithinMs;
  let looksAt = performance.now();
  for (;;) {
    for (const peer of crowd.peers) {
      if (peer.line === null) crowd.join(peer);
      peer.pointAgain();
    }
    // What a broker lost is found at the next look at the heads, which takes long to come.
    if (crowd.weather.broker === "lossy" && performance.now() > looksAt) {
      looksAt += 200;
      for (const { rooms } of crowd.instances) void rooms.checkHeads();
    }
    const isOver = performance.now() > endAt;
    if (isOver || crowd.peers.every(isAtRest)) {
      const stored = await Promise.all(crowd.films.map((film) => readStoredFilm(crowd.studio.sql, film.projectId)));
      const wrong = crowd.peers.flatMap((peer) => whatIsWrong(crowd, peer, stored));
      if (wrong.length === 0) return stored;
      if (isOver) {
        for (const what of wrong) crowd.fault(what);
        return stored;
      }
      for (const film of stored) film.doc.destroy();
    }
    await sleep(20);
  }
}

/**
 * What was shown before it was stored is gone when the server and the author go. Others who may edit bring it back; those
 * who may not keep it to themselves until they reload.
 */
const mayBeHaunted = ({ kills }: Crowd, { role, film }: SeededPeer): boolean =>
  (role === "viewer" || role === "commenter") && kills > 0 && !film.late.isEmpty;

const isAtRest = (peer: SeededPeer): boolean => peer.isSynced && peer.isSaved;

function whatIsWrong(crowd: Crowd, peer: SeededPeer, stored: readonly StoredFilm[]): string[] {
  const film = stored[crowd.films.indexOf(peer.film)] as StoredFilm;
  const here = crowd.peers.filter((one) => one.film === peer.film).map((one) => one.name);
  const wrong: string[] = [];
  if (!peer.isSynced) wrong.push("is not in sync");
  if (!peer.isSaved) wrong.push(`sent ${peer.sent} frames, of which ${peer.saved} are saved`);
  const difference = compare(peer, film);
  if (difference !== null) wrong.push(`is not what Postgres holds: ${difference}`);
  // Of somebody who left while it was behind it hears no more; a client forgets them after half a minute.
  const unseen = here.filter((name) => !peer.sees.includes(name));
  if (unseen.length > 0) wrong.push(`does not see ${unseen.join(", ")}`);
  return wrong.map((what) => `at the end ${peer.name} ${what}`);
}

function compare(peer: SeededPeer, stored: StoredFilm): string | null {
  const difference = differenceOf(peer.doc, stored.doc);
  if (difference === null) return null;
  const own = Content.ofDoc(peer.doc);
  const lacks = peer.film.describe(own.lacks(Content.ofDoc(stored.doc)));
  const has = peer.film.describe(stored.content.lacks(own));
  return `${difference}; lacks ${lacks || "nothing"}; has besides ${has || "nothing"}`;
}

/** Whoever comes now gets the film as Postgres holds it, from every server; and nobody's slate is gone. */
async function welcomeNewcomers(crowd: Crowd): Promise<void> {
  for (const film of crowd.films) {
    for (const instance of crowd.instances) {
      const newcomer = crowd.newcomer(film);
      crowd.join(newcomer, instance);
      const difference = await differenceInTheEnd(crowd, newcomer);
      if (difference !== null) crowd.fault(`a newcomer got something else than Postgres holds: ${difference}`);
      if (!newcomer.doc.getText("screenplay").toString().includes(slate)) crowd.fault("the slate is gone");
      newcomer.end();
    }
  }
}

async function differenceInTheEnd(crowd: Crowd, newcomer: SeededPeer): Promise<string | null> {
  for (const endAt = performance.now() + quietWithinMs; ;) {
    const stored = await readStoredFilm(crowd.studio.sql, newcomer.film.projectId);
    const difference = newcomer.isSynced ? compare(newcomer, stored) : "never in sync";
    stored.doc.destroy();
    if (difference === null || performance.now() > endAt) return difference;
    await sleep(20);
  }
}
