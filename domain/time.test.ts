import { expect, test } from "vitest";
import { shortTimecode, timecode } from "./time.ts";

const film = { num: 24, den: 1 };

test("a length is said to the frame, without hours where there are none", () => {
  expect([0, 12, 156, 1080, 86_400].map((frames) => shortTimecode(frames, film))).toEqual([
    "00:00:00",
    "00:00:12",
    "00:06:12",
    "00:45:00",
    "01:00:00:00",
  ]);
  expect(shortTimecode(61, { num: 30_000, den: 1001 })).toBe("00:02:01");
});

test("what is shown of parts adds up to what is shown of the whole", () => {
  const scenes = [540, 336, 228];
  const framesIn = (shown: string) => {
    const [minutes = 0, seconds = 0, frames = 0] = shown.split(":").map(Number);
    return (minutes * 60 + seconds) * 24 + frames;
  };
  const whole = shortTimecode(
    scenes.reduce((sum, frames) => sum + frames, 0),
    film,
  );
  expect(scenes.map((frames) => shortTimecode(frames, film))).toEqual(["00:22:12", "00:14:00", "00:09:12"]);
  expect(framesIn(whole)).toBe(scenes.map((frames) => framesIn(shortTimecode(frames, film))).reduce((a, b) => a + b));
  expect(timecode(1104, film)).toBe(`00:${whole}`);
});
