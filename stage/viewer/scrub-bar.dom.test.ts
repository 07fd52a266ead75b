import { expect, test } from "vitest";
import { createScrubBar } from "./scrub-bar.ts";

test("keys go on from where the last key went, however late the next picture is", () => {
  const sought: number[] = [];
  const bar = createScrubBar(6, (seconds) => sought.push(seconds));
  bar.show(6);
  for (const key of ["Home", "ArrowRight", "ArrowRight", "PageUp", "PageUp", "ArrowLeft"])
    bar.element.dispatchEvent(new KeyboardEvent("keydown", { key }));
  expect(sought).toEqual([0, 1, 2, 6, 6, 5]);
  expect(bar.element.getAttribute("aria-valuetext")).toBe("0:05 of 0:06");
});

test("what people do is drawn in a row each, speech below, a sound as a point; nobody is drawn in a fourth row", () => {
  const bar = createScrubBar(10, () => undefined);
  const deed = (who: string, at: number) => ({ kind: "action" as const, who, at, seconds: 5, label: who });
  bar.setMarks([
    ...[deed("A", 0), deed("B", 0), deed("A", 5), deed("C", 0), deed("D", 0)],
    { kind: "line", who: "A", at: 2, seconds: 3, label: "A speaks" },
    { kind: "cue", who: "", at: 8, seconds: 0, label: "Door" },
    { kind: "music", who: "", at: 0, seconds: 10, label: "Music" },
  ]);
  const marks = [...bar.element.querySelectorAll<HTMLElement>(".bv-mark")];
  expect(marks.map(({ dataset, style }) => [dataset["kind"], style.left, style.width])).toEqual([
    ["action", "0.000%", "50.000%"],
    ["action", "0.000%", "50.000%"],
    ["action", "50.000%", "50.000%"],
    ["action", "0.000%", "50.000%"],
    ["line", "20.000%", "30.000%"],
    ["cue", "80.000%", ""],
  ]);
  expect(marks[0]!.style.top).toBe(marks[2]!.style.top);
  expect(marks[1]!.style.top).not.toBe(marks[0]!.style.top);
});
