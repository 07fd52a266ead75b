/**
 * What the way from the page to the file costs: a job's render beside the bare loop of the same scene at the same size in
 * the same browser, in turns; and how long a shot takes by its length. Both frame rates leave out building the scene,
 * which stands beside them. Where software draws on all cores, CPU time says the same as the clock, and says it on a busy
 * machine too.
 */
import { parseArgs } from "node:util";
import { tierForHeight, tiers, type Tier } from "#domain/jobs/tiers.ts";
import { conditions } from "../measure/conditions.ts";
import { markdownTable } from "../measure/markdown.ts";
import { medianOf, readable, round, summarise, type Spread } from "../measure/summary.ts";
import { fitLine } from "./fit-line.ts";
import { shotNames, shotPlan } from "./shots.ts";
import { openRenderStudio, type RenderStudio, type Timed } from "./studio.ts";

const usage = `usage: npm run bench -- render [options]
  --sizes a,b    640x360,1280x720
  --shots a,b    ${shotNames.join(",")}
  --tier name    draft, standard or fine; as suits the height unless said
  --frames N     of each rendering (48)
  --rounds N     turns of bare and full (3)
  --lengths a,b  seconds of the shots whose whole time is taken (1,2,5,10); of the first of --shots
  --quick        one shot, small, one round: does it work?`;

/** Of the bare loop's frames a second, at this height. */
const goal = { height: 720, ratio: 0.85 };

type Pair = {
  shot: string;
  size: string;
  height: number;
  bareFps: number;
  previzFps: number;
  ratio: number;
  /** Of a frame, on all cores, building included. */
  bareCpuMs: number;
  previzCpuMs: number;
  cpuRatio: number;
  buildMs: number;
  drawMs: number;
  readMs: number;
  waitMs: number;
  calls: number;
  triangles: number;
};
type Whole = { shot: string; size: string; seconds: number; frames: number; wallSeconds: number; realTime: number };

type Size = { width: number; height: number; tier: Tier };
function sizeOf(size: string, tier?: string): Size {
  const [width = 0, height = 0] = size.split("x").map(Number);
  return { width, height, tier: tiers.find((one) => one === tier) ?? tierForHeight(height) };
}

const nameOf = ({ width, height, tier }: Size) => `${width}x${height} ${tier}`;

export async function runBench(args: string[]): Promise<boolean> {
  const { values } = parseArgs({
    args,
    options: {
      sizes: { type: "string", default: "640x360,1280x720" },
      shots: { type: "string", default: shotNames.join(",") },
      tier: { type: "string" },
      frames: { type: "string", default: "48" },
      rounds: { type: "string", default: "3" },
      lengths: { type: "string", default: "1,2,5,10" },
      quick: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return true;
  }
  const sizes = values.quick ? ["320x180"] : values.sizes.split(",");
  const shots = values.quick ? shotNames.slice(0, 1) : values.shots.split(",");
  const frames = values.quick ? 8 : Number(values.frames);
  const rounds = values.quick ? 1 : Number(values.rounds);
  const lengths = values.quick ? [0.25, 0.5] : values.lengths.split(",").map(Number);
  const studio = await openRenderStudio();
  try {
    console.error(studio.device);
    const pairs: Pair[] = [];
    for (const size of sizes)
      for (const shot of shots) pairs.push(...(await inTurns(studio, shot, sizeOf(size, values.tier), frames, rounds)));
    console.log(`\n${pairTable(pairs)}`);
    const wholes: Whole[] = [];
    for (const size of sizes)
      for (const seconds of lengths) wholes.push(await whole(studio, shots[0], sizeOf(size, values.tier), seconds));
    console.log(`\n${wholeTable(wholes)}`);
    // One length makes no line.
    const fits =
      new Set(lengths).size < 2 ? [] : [...new Set(wholes.map(({ size }) => size))].map((size) => fitOf(size, wholes));
    for (const { sentence } of fits) console.log(sentence);
    const verdicts = judge(pairs);
    for (const { sentence } of verdicts) console.log(sentence);
    const { device } = studio;
    console.log(
      `\n${JSON.stringify({ bench: "render", ...conditions(), device, goal, verdicts, fits, pairs, wholes })}`,
    );
    return true;
  } finally {
    await studio.close();
  }
}

async function inTurns(
  studio: RenderStudio,
  name: string,
  asked: Size,
  frames: number,
  rounds: number,
): Promise<Pair[]> {
  const shot = { plan: shotPlan(name, frames), ...asked, frames };
  const size = nameOf(asked);
  // The first drawing of a scene compiles its shaders, for whoever comes first, and keeps its set for the next.
  await studio.bare({ ...shot, frames: 2 });
  await studio.full({ ...shot, frames: 2 });
  const pairs: Pair[] = [];
  for (let turn = 0; turn < rounds; turn += 1) {
    // Neither always meets the machine as the other has left it.
    const bareFirst = turn % 2 === 0;
    const first = await (bareFirst ? studio.bare(shot) : studio.full(shot));
    const second = await (bareFirst ? studio.full(shot) : studio.bare(shot));
    const pair = pairOf(name, asked, frames, bareFirst ? [first, second] : [second, first]);
    console.error(
      `${name} ${size}: bare ${pair.bareFps}, previz ${pair.previzFps}, ratio ${pair.ratio}, by CPU ${pair.cpuRatio} (${pair.bareCpuMs} of ${pair.previzCpuMs} ms)`,
    );
    pairs.push(pair);
  }
  return pairs;
}

function pairOf(shot: string, asked: Size, frames: number, [bare, full]: readonly [Timed, Timed]): Pair {
  const bareFps = frames / (bare.times.draw / 1000);
  const previzFps = frames / ((full.wallMs - full.times.build) / 1000);
  return {
    shot,
    size: nameOf(asked),
    height: asked.height,
    bareFps: round(bareFps),
    previzFps: round(previzFps),
    ratio: round(previzFps / bareFps, 3),
    bareCpuMs: round(bare.cpuMs / frames),
    previzCpuMs: round(full.cpuMs / frames),
    cpuRatio: round(bare.cpuMs / full.cpuMs, 3),
    buildMs: Math.round(full.times.build),
    drawMs: Math.round(full.times.draw),
    readMs: Math.round(full.times.read),
    waitMs: Math.round(full.times.wait),
    calls: full.calls,
    triangles: full.triangles,
  };
}

async function whole(studio: RenderStudio, shot = "", asked: Size, seconds: number): Promise<Whole> {
  const size = nameOf(asked);
  const frames = Math.round(seconds * 24);
  const { wallMs } = await studio.full({ plan: shotPlan(shot, frames), ...asked, frames });
  console.error(`${shot} ${size}, ${seconds} s: ${readable(wallMs / 1000)} s`);
  return {
    shot,
    size,
    seconds,
    frames,
    wallSeconds: round(wallMs / 1000),
    realTime: round((seconds * 1000) / wallMs, 3),
  };
}

function fitOf(size: string, wholes: readonly Whole[]) {
  const mine = wholes.filter((one) => one.size === size);
  const { a, b } = fitLine(mine.map(({ frames, wallSeconds }) => ({ x: frames, y: wallSeconds })));
  return {
    size,
    a: round(a),
    b: round(b, 4),
    sentence: `${size}: a shot takes ${readable(a)} s and ${readable(b * 1000)} ms a frame`,
  };
}

function pairTable(pairs: readonly Pair[]): string {
  const keys = [...new Set(pairs.map(({ shot, size }) => `${size} ${shot}`))];
  const cell = ({ median, min, max }: Spread) => `${readable(median)} [${readable(min)} … ${readable(max)}]`;
  const rows = keys.map((key) => {
    const mine = pairs.filter(({ shot, size }) => `${size} ${shot}` === key);
    const figures = summarise(mine);
    const at = (name: string) => {
      const spread = figures[name];
      return spread === undefined ? "" : cell(spread);
    };
    const [first] = mine;
    return [
      key,
      at("bareFps"),
      at("previzFps"),
      at("ratio"),
      ...(["bareCpuMs", "previzCpuMs"] as const).map((name) => readable(figures[name]?.median ?? 0)),
      at("cpuRatio"),
      ...(["buildMs", "drawMs", "readMs", "waitMs"] as const).map((name) => readable(figures[name]?.median ?? 0)),
      `${first?.calls ?? 0} / ${readable((first?.triangles ?? 0) / 1000)}k`,
    ];
  });
  const head = ["shot", "bare, frames/s", "previz, frames/s", "previz of bare"];
  const cpu = ["bare, CPU ms a frame", "previz, CPU ms", "bare of previz"];
  return markdownTable([...head, ...cpu, "build ms", "draw ms", "read ms", "wait ms", "draws / triangles"], rows);
}

function wholeTable(wholes: readonly Whole[]): string {
  return markdownTable(
    ["shot", "length, s", "frames", "whole time, s", "frames/s", "times real time"],
    wholes.map(({ shot, size, seconds, frames, wallSeconds, realTime }) => [
      `${size} ${shot}`,
      String(seconds),
      String(frames),
      readable(wallSeconds),
      readable(frames / wallSeconds),
      readable(realTime),
    ]),
  );
}

function judge(pairs: readonly Pair[]): { isMet: boolean; sentence: string }[] {
  const judged = pairs.filter(({ height }) => height === goal.height);
  if (judged.length === 0) return [];
  const ratio = medianOf(judged.map((pair) => pair.ratio));
  const isMet = ratio >= goal.ratio;
  const sentence = `${isMet ? "met" : "MISSED"}: at ${goal.height}p previz draws ${readable(ratio)} of the bare loop's frames a second (goal ${goal.ratio})`;
  return [{ isMet, sentence }];
}
