import { expect, test } from "vitest";
import type { CueSection, CueSheet } from "#domain/screenplay/plan/cue-sheet.ts";
import { composeStretch, type Note, type Player, stretchesOf } from "./compose-score.ts";

const section = (more: Partial<CueSection> = {}): CueSection => ({
  ...{ start: 0, seconds: 12, mood: "calm", energy: 0.4, mode: "major" },
  ...{ instruments: ["pad", "piano", "bass"], ambience: [], steps: 0 },
  ...more,
});
const sheet = (sections: CueSection[], more: Partial<CueSheet> = {}): CueSheet => ({
  ...{ version: 1, seed: 3, tempo: 80, key: 0, seconds: 12, cues: [] },
  sections,
  ...more,
});
const compose = (cues: CueSheet): Note[] =>
  stretchesOf(cues, cues.seconds).flatMap((stretch) => composeStretch(cues, stretch));
const of = (notes: readonly Note[], ...players: Player[]) => notes.filter(({ player }) => players.includes(player));
const classes = (notes: readonly Note[]) => new Set(notes.map(({ pitch }) => ((pitch % 12) + 12) % 12));

test("at 80 beats a minute a lo-fi kit has the kick on one, the snare on two and four, and the hat between", () => {
  const notes = compose(
    sheet([section({ mode: "dorian", energy: 0.35, instruments: ["piano", "pluck", "bass", "pad", "pulse"] })]),
  );
  const at = (player: Player) => of(notes, player).map((note) => note.at);
  for (const beat of [0.75, 2.25, 3.75]) expect(at("snare")).toContainEqual(expect.closeTo(beat, 3));
  for (const bar of [0, 3, 6]) expect(at("kick")).toContainEqual(expect.closeTo(bar, 3));
  // Every beat has somebody on it; the off-beats drag.
  const hats = at("hat");
  for (let beat = 0; beat < 10; beat += 1) expect(hats.some((one) => Math.abs(one - beat * 0.75) < 0.001)).toBe(true);
  expect(hats.some((one) => Math.abs(one - 0.375 - 0.085 * 0.75) < 0.001)).toBe(true);
  expect(notes.some(({ player }) => player === "pulse")).toBe(false);
});

test.each([
  ["beside strings", ["pulse", "bass", "strings"], ["tom", "pulse"], ["snare", "clap"]],
  ["alone with what is electric", ["pulse", "bass", "pad"], ["kick", "clap", "pulse"], ["snare", "tom"]],
  ["beside a guitar", ["pluck", "pulse", "bass"], ["brush", "shaker"], ["pulse", "clap"]],
  ["nowhere, where it is not asked for", ["pad", "piano", "bass"], [], ["kick", "snare", "hat", "tom"]],
] as const)("what keeps time goes by who plays: %s", (_name, instruments, heard, silent) => {
  const players = new Set(compose(sheet([section({ instruments: [...instruments] })])).map(({ player }) => player));
  for (const one of heard) expect([...players]).toContain(one);
  for (const one of silent) expect([...players]).not.toContain(one);
});

test("everybody who is asked for plays", () => {
  for (const instruments of [
    ["piano", "pad"],
    ["strings", "cello"],
    ["pluck", "bass", "pad"],
    ["pad", "bell"],
  ] as const)
    expect(new Set(compose(sheet([section({ instruments: [...instruments] })])).map(({ player }) => player))).toEqual(
      new Set(instruments),
    );
  expect(compose(sheet([section({ instruments: [] })]))).toEqual([]);
});

test("the music comes home: the last chord is the key's own, on a beat, with time to ring, and nothing is struck after it", () => {
  for (const [mode, third] of [
    ["major", 4],
    ["lydian", 4],
    ["minor", 3],
    ["aeolian-sparse", 3],
  ] as const)
    for (const seconds of [6, 12, 31.5]) {
      const cues = sheet([section({ seconds, mode, instruments: ["pad", "piano", "bass", "pulse"] })], { seconds });
      const notes = compose(cues);
      const last = Math.max(...of(notes, "bass").map(({ at }) => at));
      const ends = of(notes, "pad", "bass", "piano").filter(({ at }) => at >= last - 0.01);
      expect(classes(ends)).toEqual(new Set([0, third, 7]));
      expect(last / 0.75).toBeCloseTo(Math.round(last / 0.75), 5);
      expect(seconds - last).toBeGreaterThan(1.9);
      expect(seconds - last).toBeLessThan(4.5);
      // A chord that is rolled is struck within a fifth of a second.
      expect(Math.max(...notes.map(({ at }) => at))).toBeLessThan(last + 0.25);
      const before = of(notes, "bass")
        .filter(({ at }) => at < last - 0.01)
        .at(-1);
      expect(before!.pitch % 12).not.toBe(0);
    }
});

test("what is cut goes on: only the last stretch comes home", () => {
  const cues = sheet([section({ seconds: 6 }), section({ start: 6, seconds: 6, mood: "tense" })]);
  expect(stretchesOf(cues, 12).map(({ last }) => last)).toEqual([false, true]);
  const notes = compose(cues);
  expect(of(notes, "piano").filter(({ at }) => at > 4.5 && at < 6).length).toBeGreaterThan(0);
});

test("each mode has its own notes, and fear its second step", () => {
  const heard = (more: Partial<CueSection>) =>
    classes(of(compose(sheet([section({ seconds: 40, ...more })], { seconds: 40 })), "pad", "piano", "strings"));
  const strings = ["strings", "pad"] as const;
  expect([...heard({ mode: "major" })].every((one) => [0, 2, 4, 5, 7, 9, 11].includes(one))).toBe(true);
  expect([...heard({ mode: "lydian" })]).toContain(6);
  expect([...heard({ mode: "minor", instruments: [...strings] })]).toContain(3);
  expect([...heard({ mode: "minor", mood: "tense", instruments: [...strings] })]).toContain(1);
});

test("a chase is several times as dense as a lament, and louder in its strokes", () => {
  const chase = compose(
    sheet(
      [section({ mood: "action", energy: 1, mode: "dorian", instruments: ["pulse", "bass", "strings", "pluck"] })],
      {
        tempo: 114,
      },
    ),
  );
  const lament = compose(
    sheet([section({ mood: "sad", energy: 0.2, mode: "aeolian-sparse", instruments: ["piano", "pad"] })], {
      tempo: 62,
    }),
  );
  expect(chase.length).toBeGreaterThan(lament.length * 4);
});

test("a melody says again what it said: bars three and four have the rhythm of one and two", () => {
  const notes = compose(sheet([section({ seconds: 24, energy: 0.45, instruments: ["cello"] })], { seconds: 24 }));
  const rhythm = (from: number) =>
    of(notes, "cello")
      .filter(({ at }) => at >= from - 0.01 && at < from + 2.9)
      .map(({ at }) => Math.round((at - from) * 20));
  expect(rhythm(0)).toEqual(rhythm(6));
  expect(rhythm(0).length).toBeGreaterThan(0);
});

test("the same sheet is the same music, note by note; another seed or key another", () => {
  const cues = sheet([section()]);
  expect(compose(cues)).toEqual(compose(cues));
  expect(compose({ ...cues, seed: 4 })).not.toEqual(compose(cues));
  expect(compose({ ...cues, key: 5 })).not.toEqual(compose(cues));
});

test("the shortest and the longest film have music that lies within them", () => {
  for (const seconds of [0.5, 1, 2, 3, 600]) {
    const notes = compose(sheet([section({ seconds, instruments: ["pad", "piano", "bass", "pulse"] })], { seconds }));
    expect(notes.length).toBeGreaterThan(0);
    const strange = notes.filter(
      ({ at, seconds: long, pitch, loud }) =>
        at < 0 || at + long > seconds + 1e-6 || pitch <= 20 || pitch >= 100 || loud >= 1.1,
    );
    expect(strange).toEqual([]);
  }
});

test.each([
  ["action", 112, 600, ["pulse", "bass", "strings", "pluck"], 0.85, "dorian"],
  ["warm", 84, 1200, ["pad", "piano", "pluck", "bass"], 0.45, "major"],
] as const)(
  "long music of %s is played to its end by everybody who began it",
  (mood, tempo, seconds, who, energy, mode) => {
    const cues = sheet([section({ seconds, mood, energy, mode, instruments: [...who] })], { seconds, tempo });
    const notes = compose(cues);
    const players = (list: readonly Note[]) => new Set(list.map(({ player }) => player));
    const late = players(notes.filter(({ at }) => at > seconds - 10));
    expect(late).toEqual(players(notes.filter(({ at }) => at < 20)));
    expect([...late]).toEqual(expect.arrayContaining([...who]));
    const last = Math.max(...of(notes, "bass").map(({ at }) => at));
    expect(seconds - last).toBeLessThan(4.5);
    expect(classes(notes.filter(({ at, player }) => player === who[0] && at >= last - 0.01))).toContain(0);
  },
);

test("the longest film, as lively as can be, is music of no more than sixty notes a second", () => {
  const seconds = 3600;
  const instruments = ["pulse", "piano", "pluck", "strings", "bass", "cello"] as const;
  const loudest = section({ seconds, mood: "action", energy: 1, mode: "dorian", instruments: [...instruments] });
  const notes = compose(sheet([loudest], { seconds, tempo: 200 }));
  expect(notes.length / seconds).toBeGreaterThan(20);
  expect(notes.length / seconds).toBeLessThan(60);
});

test("nothing is held for longer than a breath or two, however long the music is: a record's dust comes in turns", () => {
  const seconds = 600;
  const notes = compose(sheet([section({ seconds, instruments: ["piano", "pad", "pulse"] })], { seconds, tempo: 40 }));
  const dust = of(notes, "crackle");
  expect(dust[0]?.at).toBe(0);
  for (const [index, { at }] of dust.slice(1).entries())
    expect(dust[index]!.at + dust[index]!.seconds).toBeGreaterThan(at);
  expect(dust.at(-1)!.at + dust.at(-1)!.seconds).toBeCloseTo(seconds);
  expect(Math.max(...notes.map((note) => note.seconds))).toBeLessThan(12);
});
