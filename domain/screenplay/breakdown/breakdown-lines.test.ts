import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultFrameRate as fps } from "#domain/time.ts";
import { breakDown } from "#domain/screenplay/breakdown.ts";
import { lexFountain } from "#domain/screenplay/fountain.ts";

const ferry = readFileSync(new URL("../fixtures/night-ferry.fountain", import.meta.url), "utf8");

/** What the script has at a shot's lines, blank ones left out. */
const textOf = (text: string, lines: { from: number; to: number } | undefined) =>
  text
    .split("\n")
    .slice(lines?.from, lines?.to)
    .filter((line) => line !== "")
    .join(" ");

test("each shot says which lines of the script it was read from", () => {
  const [harbour] = breakDown(ferry, { fps }).scenes;
  expect(textOf(ferry, harbour?.lines)).toMatch(/^EXT\. HARBOUR - DUSK .*with a crash\.$/);
  expect(harbour?.shots.map((shot) => textOf(ferry, shot.lines))).toEqual([
    expect.stringMatching(/^Rain hisses.*the pier\.$/),
    expect.stringMatching(/^MAYA OKAFOR, 30s.* MAYA \(calling out\) Wait! One more!$/),
    expect.stringMatching(/^At the rail.* CAPTAIN HALE Nobody crosses tonight by choice\.$/),
    "MAYA Then I haven't got one.",
    expect.stringMatching(/^He kicks the lever/),
  ]);
});

test("the parts of a long speech stand each at its own lines", () => {
  const text = `INT. A - DAY\n\nANN\n(low)\n${"One two three four five six seven eight nine ten.\n".repeat(6)}\nShe leaves.`;
  const { shots } = breakDown(text, { fps }).scenes[0]!;
  expect(shots.map(({ lines }) => lines)).toEqual([
    { from: 2, to: 6 },
    { from: 6, to: 8 },
    { from: 8, to: 10 },
    { from: 11, to: 12 },
  ]);
});

test("a framing on a line of its own belongs to the shot that it frames", () => {
  const text = "EXT. A - DAY\n\nA street.\n\nCLOSE ON:\n\nThe *lock*.\nIt turns.";
  expect(breakDown(text, { fps }).scenes[0]?.shots.map(({ lines }) => lines)).toEqual([
    { from: 2, to: 3 },
    { from: 4, to: 8 },
  ]);
});

test("numbered items and scene numbers are found again", () => {
  const list = breakDown("About a man.\n1. He comes.\n   Slowly.\n2. He goes.", { fps }).scenes[0];
  expect(list?.shots.map(({ lines }) => lines)).toEqual([
    { from: 1, to: 3 },
    { from: 3, to: 4 },
  ]);
  expect(list?.lines).toEqual({ from: 0, to: 4 });
  const { scenes } = breakDown("Title: A\n\nINT. A - DAY #12A#\n\nINT. B - DAY\n\nA dog.", { fps });
  expect(scenes).toMatchObject([
    { scriptNumber: "12A", lines: { from: 2, to: 4 }, shots: [{ lines: { from: 2, to: 3 } }] },
    { lines: { from: 4, to: 7 }, shots: [{ lines: { from: 6, to: 7 } }] },
  ]);
  expect(scenes[1]).not.toHaveProperty("scriptNumber");
});

test("whatever the text, scenes follow each other and shots stand inside theirs, with their first words", () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom(
      "",
      "",
      "INT. A - DAY",
      "# Act",
      "MAYA",
      "(low)",
      "MAYA, 30s, runs. He *stops.",
      "CLOSE ON:",
      "1. x",
      "他走了。再来。",
    ),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
      const text = lines.join("\n").replaceAll("\r", "");
      const count = lexFountain(text).length;
      let end = 0;
      for (const scene of breakDown(text, { fps }).scenes) {
        const { from, to } = scene.lines!;
        expect(from).toBeGreaterThanOrEqual(end);
        expect(to).toBeLessThanOrEqual(count);
        end = to;
        for (const shot of scene.shots) {
          expect(shot.lines!.from).toBeGreaterThanOrEqual(from);
          expect(shot.lines!.to).toBeGreaterThan(shot.lines!.from);
          expect(shot.lines!.to).toBeLessThanOrEqual(to);
          const first = /[\p{L}\p{N}]+/u.exec(shot.action)?.[0] ?? "";
          expect(
            text
              .split("\n")
              .slice(shot.lines!.from, shot.lines!.to)
              .join(" ")
              .replaceAll(/[*_\\]/g, ""),
          ).toContain(first === "Title" ? "" : first);
        }
      }
    }),
  );
});
