import { expect, test } from "vitest";
import { decodeRoomNews, encodeRoomNews, type RoomNews } from "./backplane.ts";

test.each<RoomNews>([
  { kind: "stored", position: 3_000_000_000, bytes: Uint8Array.of(1, 2, 3) },
  { kind: "stored", position: 1, bytes: null },
  { kind: "late", bytes: Uint8Array.of(0, 0) },
  { kind: "awareness", bytes: Uint8Array.of(9) },
  { kind: "drag", json: '{"type":"drag"}' },
  { kind: "hello" },
])("what one instance says of $kind the other reads", (news) => {
  expect(decodeRoomNews(encodeRoomNews("instance a", news))).toEqual({ from: "instance a", news });
});

test("a message of another version, of no known kind or cut short is refused", () => {
  const whole = encodeRoomNews("a", { kind: "late", bytes: Uint8Array.of(1, 2, 3) });
  expect(() => decodeRoomNews(Uint8Array.of(2, ...whole.slice(1)))).toThrow("version 2");
  expect(() => decodeRoomNews(Uint8Array.of(1, 1, 97, 9))).toThrow("message 9");
  for (let length = 0; length < whole.length; length += 1)
    expect(() => decodeRoomNews(whole.slice(0, length))).toThrow();
});
