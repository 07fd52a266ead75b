import { expect, test } from "vitest";
import { minutesAndSeconds, spokenTime, timecode } from "./time.ts";

const film = { num: 24, den: 1 };

test("a timecode has all its four fields, however short what it measures", () => {
  expect([0, 12, 156, 1080, 86_400].map((frames) => timecode(frames, film))).toEqual([
    "00:00:00:00",
    "00:00:00:12",
    "00:00:06:12",
    "00:00:45:00",
    "01:00:00:00",
  ]);
  expect(timecode(61, { num: 30_000, den: 1001 })).toBe("00:00:02:01");
});

test("what is shown of parts adds up to what is shown of the whole", () => {
  const scenes = [540, 336, 228];
  const framesIn = (shown: string) => {
    const [hours = 0, minutes = 0, seconds = 0, frames = 0] = shown.split(":").map(Number);
    return ((hours * 60 + minutes) * 60 + seconds) * 24 + frames;
  };
  const sum = (of: number[]) => of.reduce((all, one) => all + one, 0);
  const whole = timecode(sum(scenes), film);
  expect(whole).toBe("00:00:46:00");
  expect(sum(scenes.map((frames) => framesIn(timecode(frames, film))))).toBe(framesIn(whole));
});

test("a length in a sentence is minutes and seconds, to the nearest", () => {
  expect([0, 1080, 1093, 2088, 90_000].map((frames) => minutesAndSeconds(frames, film))).toEqual([
    "0:00",
    "0:45",
    "0:46",
    "1:27",
    "62:30",
  ]);
});

test("said aloud, a place is whole seconds that have passed", () => {
  expect([0, 24, 1080, 1103, 1560, 86_400 + 1440].map((frames) => spokenTime(frames, film))).toEqual([
    "0 seconds",
    "1 second",
    "45 seconds",
    "45 seconds",
    "1 minute 5 seconds",
    "1 hour 1 minute",
  ]);
});
