import { setTimeout as sleep } from "node:timers/promises";
import { leaveAll, type Member } from "../crowd.ts";
import { scenario } from "../scenario.ts";
import { count, crashRows, gather, lost, reachedIn, room, takeStock, untilTheCrash } from "./crash.ts";
import { readFilm } from "../read-film.ts";

export const durabilityPair = scenario({
  name: "durability-pair",
  about: "two servers on one Postgres and broker, half of the room on each; one is killed, the other goes on",
  runs: 20,
  company: "alone",
  defaults: { clients: 20, rate: 10, seconds: 4 },
  quick: { clients: 8, seconds: 3 },
  rows: [
    ...crashRows,
    { figure: "lostOnTheOther", label: "acknowledged or seen, missing on the survivor", goals: [{ atMost: 0 }] },
    { figure: "crossed", label: "edits that crossed from one server to the other" },
    { figure: "survivorsCutOff", label: "cut off on the survivor", goals: [{ atMost: 0 }] },
  ],
  run: async (arena, { clients, rate, seconds }) => {
    const [victim, survivor] = [await arena.start(), await arena.start()];
    const isOnVictim = ({ index }: Member) => index % 2 === 0;
    const watch = await gather(arena, clients, (index) => (index % 2 === 0 ? victim : survivor));
    watch.begin(rate);
    await untilTheCrash(seconds);
    await victim.stop("SIGKILL");
    watch.stop(isOnVictim);
    // Those on the other server go on as if nothing had happened, and then stop, and all of theirs is acknowledged.
    await sleep(1500);
    watch.stop();
    await sleep(1000);
    const left = watch.members.filter((member) => !isOnVictim(member));
    const survivorsCutOff = left.filter(({ client }) => client.isClosed).length;
    const onSurvivor = reachedIn(await readFilm(arena, survivor, room, 1000), clients);
    leaveAll(watch.members.map(({ client }) => client));
    const { figures } = await takeStock(arena, await arena.start(), watch);
    const lostOnTheOther = Math.max(lost(watch.seen, onSurvivor), lost(watch.acknowledged, onSurvivor));
    const crossed = count(watch.seenByFirst.filter((_, index) => index % 2 === 1));
    return { ...figures, lostOnTheOther, crossed, survivorsCutOff };
  },
});
