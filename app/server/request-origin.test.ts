import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { tellAddress } from "./http-server.ts";
import { isSameOrigin, originOf, socketOrigin } from "./request-origin.ts";

const rules = { publicUrl: "https://studio.example" };
const asked = (headers: Record<string, string>, method = "POST") =>
  new Request("http://inner:4000/v1/me", { method, headers });

test("the origin is the one the browser sees: any host it used, the public scheme where we know it", () => {
  expect(originOf(asked({ host: "192.168.1.20:3000" }), rules)).toBe("http://192.168.1.20:3000");
  expect(originOf(asked({ host: "studio.example" }), rules)).toBe("https://studio.example");
  expect(
    originOf(asked({ host: "inner:4000", "x-forwarded-host": "a.example", "x-forwarded-proto": "https" }), rules),
  ).toBe("https://a.example");
  expect(socketOrigin("https://a.example")).toBe("wss://a.example");
  expect(originOf(asked({ host: "bad host" }), rules)).toBe("https://studio.example");
});

test("a change by cookie must come from a page of this very origin", () => {
  const may = (headers: Record<string, string>, method?: string) =>
    isSameOrigin(asked({ host: "a:3000", ...headers }, method), rules);
  expect(may({ origin: "http://a:3000", "sec-fetch-site": "same-origin" })).toBe(true);
  expect(may({ origin: "http://a:3000" })).toBe(true);
  expect(may({ "sec-fetch-site": "same-origin" })).toBe(true);
  expect(may({ origin: "http://a:3001" })).toBe(false);
  expect(may({ origin: "null", "sec-fetch-site": "same-origin" })).toBe(false);
  expect(may({ origin: "http://a:3000", "sec-fetch-site": "same-site" })).toBe(false);
  expect(may({})).toBe(false);
  expect(may({ origin: "https://evil.example" }, "GET")).toBe(true);
});

test("who asks is read from the socket, and from a proxy only when it may say so", () => {
  const tell = (remoteAddress: string, headers: Record<string, string>, trustProxy = false) => {
    const request = { socket: { remoteAddress }, headers: { ...headers }, rawHeaders: Object.entries(headers).flat() };
    tellAddress(request as unknown as IncomingMessage, trustProxy);
    const raw = Object.fromEntries(
      Array.from({ length: request.rawHeaders.length / 2 }, (_, i) => request.rawHeaders.slice(i * 2, i * 2 + 2)),
    );
    // Whoever reads what is parsed reads the same.
    expect(request.headers).toEqual(raw);
    return { address: raw["x-backlot-address"], host: raw["x-forwarded-host"] };
  };
  const said = {
    "x-forwarded-for": "9.9.9.9, 8.8.8.8",
    "x-forwarded-host": "evil.example",
    "x-backlot-address": "7.7.7.7",
  };
  expect(tell("203.0.113.5", said)).toEqual({ address: "203.0.113.5", host: undefined });
  expect(tell("::ffff:127.0.0.1", said)).toEqual({ address: "8.8.8.8", host: "evil.example" });
  expect(tell("203.0.113.5", said, true)).toEqual({ address: "8.8.8.8", host: "evil.example" });
  for (const [hop, address] of [
    ["8.8.8.8:51234", "8.8.8.8"],
    ["[2001:db8::1]:51234", "2001:db8::1"],
    ["2001:db8::1", "2001:db8::1"],
  ] as const)
    expect(tell("127.0.0.1", { "x-forwarded-for": hop }).address).toBe(address);
});
