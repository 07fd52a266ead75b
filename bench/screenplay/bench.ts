/**
 * Reading a screenplay, beside fountain-js: from scratch, and again after every key. fountain-js has no way to read again,
 * so a key costs it the whole script; it is asked for its tokens alone, and makes less of them (no offsets, no notes).
 */
import { parseArgs } from "node:util";
import { Fountain } from "fountain-js";
import { lexFountain } from "#domain/screenplay/fountain.ts";
import { measureScenes } from "#domain/screenplay/pages/measure-scenes.ts";
import { layOutPages, type Page } from "#domain/screenplay/pages/pages.ts";
import { lexScript, relexScript, type LexedScript } from "#domain/screenplay/fountain/relex.ts";
import { conditions } from "../measure/conditions.ts";
import { markdownTable } from "../measure/markdown.ts";
import { readable } from "../measure/summary.ts";
import { keysOf, places, type Place } from "./keys.ts";
import { longScript } from "./long-script.ts";

const usage = `usage: npm run bench -- screenplay [options]
  --pages a,b   how long the scripts are (120,1000)
  --samples N   readings from scratch of each (20)
  --rounds N    how often each place is typed at (30)
  --quick       a short script, few samples: does it work?`;

/** For the script of a film: a reading that is hardly a pause, a key that nobody feels. */
const goals = { pages: 120, scratchMs: 50, keyMs: 2 };

interface Taken {
  what: string;
  who: string;
  pages: number;
  samples: number;
  medianMs: number;
  p99Ms: number;
  maxMs: number;
}

export function runBench(args: string[]): Promise<boolean> {
  const { values } = parseArgs({
    args,
    options: {
      pages: { type: "string", default: "120,1000" },
      samples: { type: "string", default: "20" },
      rounds: { type: "string", default: "30" },
      quick: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return Promise.resolve(true);
  }
  const sizes = values.quick ? [20] : values.pages.split(",").map(Number);
  const samples = values.quick ? 5 : Number(values.samples);
  const rounds = values.quick ? 3 : Number(values.rounds);
  const taken: Taken[] = [];
  for (const size of sizes) {
    const script = longScript(size);
    console.error(`${script.pages} pages, ${script.lines} lines, ${Math.round(script.text.length / 1000)} kB`);
    const mine = [
      ...fromScratch(script, samples),
      ...places.flatMap((place) => perKey(place, script, rounds)),
      ...onPages(script, samples),
    ];
    console.log(`\n${tableOf(mine)}`);
    taken.push(...mine);
  }
  const verdicts = judge(taken);
  for (const verdict of verdicts) console.log(verdict.sentence);
  console.log(`\n${JSON.stringify({ bench: "screenplay", ...conditions(), goals, verdicts, taken })}`);
  return Promise.resolve(true);
}

type Script = ReturnType<typeof longScript>;

function fromScratch({ text, pages }: Script, samples: number): Taken[] {
  const readers = {
    "backlot (the editor's)": () => lexScript(text),
    "backlot (with offsets)": () => lexFountain(text),
    "fountain-js": () => new Fountain().parse(text, true),
  };
  const times = new Map(Object.keys(readers).map((who): [string, number[]] => [who, []]));
  for (let round = 0; round < samples + warmUp; round += 1)
    for (const [who, read] of Object.entries(readers)) {
      const taken = times.get(who) ?? [];
      if (who === "fountain-js" && pages > longPages && (round < warmUp || taken.length >= theirReadings)) continue;
      if (round < warmUp) read();
      else taken.push(timed(read));
    }
  return [...times].map(([who, ms]) => figures({ what: "from scratch", who, pages }, ms));
}

/** The compiler has seen the code by then. */
const warmUp = 3;

/** fountain-js needs ten seconds for a thousand pages, whatever was typed: so it is asked less often then. */
const longPages = 300;
const theirReadings = 4;

function perKey(place: Place, { text, pages }: Script, rounds: number): Taken[] {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds + warmUp; round += 1) {
    let script = lexScript(text);
    for (const key of keysOf(place, () => script)) {
      let read: LexedScript | undefined;
      const ms = timed(() => {
        read = relexScript(script, key).script;
      });
      script = read ?? script;
      if (round >= warmUp) ours.push(ms);
    }
    // A whole reading costs the same at every key, so a few tell it.
    if (round < warmUp || theirs.length >= (pages > longPages ? 1 : theirReadings)) continue;
    const typed = script.lines.map((line) => line.text).join("\n");
    theirs.push(timed(() => new Fountain().parse(typed, true)));
  }
  const what = `key: ${place.name}`;
  return [
    figures({ what, who: "backlot (the editor's)", pages }, ours),
    figures({ what, who: "fountain-js", pages }, theirs),
  ];
}

function onPages({ text, pages }: Script, samples: number): Taken[] {
  const first: number[] = [];
  const again: number[] = [];
  const scenes: number[] = [];
  for (let round = 0; round < samples + warmUp; round += 1) {
    const script = lexScript(text);
    const fresh = timed(() => layOutPages(script.lines, { paper: "letter" }));
    const key = { from: script.lines.length >> 1, to: (script.lines.length >> 1) + 1, text: "One more line." };
    const after = relexScript(script, key).script;
    let laid: Page[] = [];
    const next = timed(() => {
      laid = layOutPages(after.lines, { paper: "letter" });
    });
    const measured = timed(() => measureScenes(after.lines, laid));
    if (round < warmUp) continue;
    first.push(fresh);
    again.push(next);
    scenes.push(measured);
  }
  const who = "backlot (the editor's)";
  return [
    figures({ what: "pages, from scratch", who, pages }, first),
    figures({ what: "pages, after a key", who, pages }, again),
    figures({ what: "scenes measured, once", who, pages }, scenes),
  ];
}

function timed(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

function figures(of: Pick<Taken, "what" | "who" | "pages">, ms: readonly number[]): Taken {
  const sorted = ms.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { ...of, samples: sorted.length, medianMs: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}

function tableOf(taken: readonly Taken[]): string {
  return markdownTable(
    ["what", "who", "pages", "median ms", "p99 ms", "most ms", "samples"],
    taken.map(({ what, who, pages, samples, ...ms }) => [
      what,
      who,
      String(pages),
      readable(ms.medianMs),
      readable(ms.p99Ms),
      readable(ms.maxMs),
      String(samples),
    ]),
  );
}

function judge(taken: readonly Taken[]): { isMet: boolean; sentence: string }[] {
  const ours = taken.filter(({ who, pages }) => who !== "fountain-js" && pages <= goals.pages * 1.25);
  const worst = (begins: string) =>
    ours.filter(({ what }) => what.startsWith(begins)).toSorted((a, b) => b.p99Ms - a.p99Ms)[0];
  const say = (found: Taken | undefined, limit: number) =>
    found
      ? [
          {
            isMet: found.p99Ms <= limit,
            sentence: `${found.p99Ms <= limit ? "met" : "MISSED"}: ${found.what}, ${found.pages} pages, 99 of 100 within ${readable(found.p99Ms)} ms (goal ${limit} ms)`,
          },
        ]
      : [];
  return [...say(worst("from scratch"), goals.scratchMs), ...say(worst("key:"), goals.keyMs)];
}
