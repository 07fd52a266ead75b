import { expect, test } from "vitest";
import { checkPicture } from "./bring-picture.ts";

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
const wav = new TextEncoder().encode("RIFF\0\0\0\0WAVEfmt ");

test("a picture is taken for what its bytes say", () => {
  expect(checkPicture({ name: "hale.jpg", type: "image/jpeg", size: 100 }, png)).toBe("image/png");
});

test("what is no picture, is empty or enormous is refused with a sentence", () => {
  const refusal = (file: { name: string; type: string; size: number }, head: Uint8Array) => () =>
    checkPicture(file, head);
  expect(refusal({ name: "rain.wav", type: "audio/wav", size: 9 }, wav)).toThrow("rain.wav is not a picture. JPEG");
  expect(refusal({ name: "x.heic", type: "image/heic", size: 9 }, wav)).toThrow("not a picture that can be used");
  expect(refusal({ name: "hale.png", type: "image/png", size: 0 }, png)).toThrow("hale.png is empty");
  expect(refusal({ name: "hale.png", type: "image/png", size: 60_000_000 }, png)).toThrow("larger than the 50 MB");
});
